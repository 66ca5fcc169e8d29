"""Read an NITF 3 document, also inside NewsML-G2 and ninjs."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from ingest.formats.corrections import correction_note, joined_notes
from ingest.formats.markup import local_name
from ingest.formats.standfirsts import with_standfirst
from ingest.formats.values import is_taken_back
from ingest.formats.xml_text import (
    content_paragraphs,
    find_text,
    join_paragraphs,
    line_text,
    paragraphs,
    parse_xml,
    root_name,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, Input

_DATE = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|[+-]\d{2}(?::?\d{2})?)?"
)
# A note and a picture may have a `body.content` of their own, and a note also headings.
_BESIDE_STORY = frozenset("abstract body.end body.head media media-caption note".split())
_BY = re.compile(r"by\b[\s:]*", re.IGNORECASE)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is NITF: its first element is `nitf`."""
    return root_name(head) == "nitf"


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the document as one record, or the reason why it is none."""
    root = parse_xml(source.read_whole(ARTICLE_BYTES), source.name)
    yield root if isinstance(root, Skip) else record_of(root, source.name, None)


def record_of(root: Any, path: str, line: int | None) -> FoundRecord | Skip:
    """Return the record of an `nitf` element, or the reason why it is none."""
    fields = read_fields(root)
    notes: tuple[str, ...] = ()
    if not fields["text"]:
        fields["text"] = abstract_text(root)
        notes = ("it has no body; the text is its abstract",) if fields["text"] else ()
    if not fields["text"] and not is_taken_back(fields):
        detail = "the NITF document has no text in body.content; is it a picture or a test?"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    kept = {name: value for name, value in fields.items() if value}
    return FoundRecord(fields=kept, path=path, line=line, notes=notes)


def read_fields(root: Any) -> dict[str, object]:
    """Return the fields of an `nitf` element; those it does not have are empty."""
    docdata, pubdata = root.find(".//{*}docdata"), root.find(".//{*}pubdata")
    head = root.find(".//{*}body.head")
    title = (
        line_text(_own(head, "hl1"))
        or find_text(head, "{*}hedline")
        or find_text(root, "{*}head/{*}title")
    )
    distributor = find_text(head, "{*}distributor")
    holder = _attribute(docdata, "doc.copyright", "holder")
    registrar = _attribute(docdata, "doc-id", "regsrc")
    owner = find_text(head, ".//{*}rights.agent") or find_text(head, ".//{*}rights.owner")
    source = _get(pubdata, "name") or distributor or holder or registrar
    link = _get(pubdata, "ex-ref")
    fields: dict[str, object] = {
        "id": _id(_attribute(docdata, "doc-id", "id-string"), registrar or source),
        "url": link if link.startswith(("http://", "https://")) else "",
        "title": title,
        "published": _published(docdata, pubdata, head),
        "updated": _revised(root),
        "authors": _authors(head),
        "source": source or owner,
        "section": _get(pubdata, "position.section"),
        "language": root.get("baselang") or root.get(_LANGUAGE) or "",
        "text": join_paragraphs(_body(root), title),
        "version": _attribute(docdata, "du-key", "version"),
        "pubstatus": _get(docdata, "management-status"),
        "embargoed": extended_date(_attribute(docdata, "date.release", "norm")),
        "expires": extended_date(_attribute(docdata, "date.expire", "norm")),
        "agency": distributor,
        "rights": find_text(head, "{*}rights") or _copyright(docdata),
        "dateline": _dateline(head),
        "note": joined_notes(
            _attribute(docdata, "ed-msg", "info") or find_text(head, "{*}note"),
            correction_note(root.iterfind("{*}body/{*}body.end")),
        ),
    }
    return with_standfirst(fields, _standfirst(head))


def _standfirst(head: Any) -> str:
    """Return the second headline; the New York Times corpus has another form of the first there."""
    for line in () if head is None else head.iterfind("{*}hedline/{*}hl2"):
        if line.get("class") != "online_headline":
            return line_text(line)
    return ""


def abstract_text(root: Any) -> str:
    """Return the summary of an `nitf` element, empty if it has none."""
    abstract = root.find(".//{*}body.head/{*}abstract")
    return "" if abstract is None else join_paragraphs(paragraphs(abstract))


def extended_date(value: str) -> str:
    """Return a date of NITF in the extended form of ISO 8601, what is no date as it stands.

    A zone at a day without a time says nothing that ISO 8601 can say; it is left out.
    """
    found = _DATE.fullmatch(value.strip())
    if not found:
        return value
    year, month, day, hour, minute, second, zone = found.groups()
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
    return f"{date}T{hour}:{minute}:{second or '00'}{zone or ''}"


def strip_by(byline: str) -> str:
    """Return a byline without its "By" and the commas that are left of a name's title."""
    return _BY.sub("", byline.strip(), count=1).strip(" ,") if _BY.match(byline) else byline.strip()


def _body(root: Any) -> list[str]:
    content = _own(root, "body.content")
    if content is None:
        return []
    # The New York Times corpus gives the first paragraphs twice, as "lead_paragraph" too.
    full = [block for block in content.iter("{*}block") if block.get("class") == "full_text"]
    return [text for part in full or [content] for text in content_paragraphs(part)]


def _own(parent: Any, name: str) -> Any:
    """Return the first element of a name that stands in no note or picture, None without one."""
    for element in () if parent is None else parent.iter(f"{{*}}{name}"):
        outer = takewhile(lambda one: one is not parent, element.iterancestors())
        if _BESIDE_STORY.isdisjoint(map(local_name, outer)):
            return element
    return None


def _get(element: Any, name: str) -> str:
    return "" if element is None else (element.get(name) or "").strip()


def _attribute(parent: Any, child: str, name: str) -> str:
    return "" if parent is None else _get(parent.find(f"{{*}}{child}"), name)


def _id(given: str, registrar: str) -> str:
    """Return the id with who gave it: one number is another article at another agency."""
    return f"{registrar}:{given}" if given and registrar and ":" not in given else given


def _published(docdata: Any, pubdata: Any, head: Any) -> str:
    story = None if head is None else head.find("{*}dateline/{*}story.date")
    return extended_date(
        _attribute(docdata, "date.issue", "norm")
        or _get(pubdata, "date.publication")
        or _get(story, "norm")
    )


def _revised(root: Any) -> str:
    dates = (extended_date(_get(item, "norm")) for item in root.iter("{*}revision-history"))
    return max(dates, default="")


def _authors(head: Any) -> list[str]:
    names: list[str] = []
    for byline in () if head is None else head.findall("{*}byline"):
        # The New York Times corpus repeats the byline in capitals for sorting.
        if byline.get("class") == "normalized_byline":
            continue
        people = [line_text(child) for child in byline if local_name(child) == "person"]
        whole = line_text(byline, frozenset({"byttl"})) or line_text(byline)
        names += people or [strip_by(whole).strip(" ,")]
    return [name for name in names if name]


def _dateline(head: Any) -> str:
    dateline = None if head is None else head.find("{*}dateline")
    return line_text(dateline, frozenset({"story.date"}))


def _copyright(docdata: Any) -> str:
    year = _attribute(docdata, "doc.copyright", "year")[:4]
    return f"{_attribute(docdata, 'doc.copyright', 'holder')} {year}".strip()
