"""Read NewsML-G2: the text of a news item, or of each news item in a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ingest.formats import nitf
from ingest.formats.corrections import correction_note, joined_notes
from ingest.formats.markup import local_name
from ingest.formats.values import base64_text, is_taken_back
from ingest.formats.xml_text import (
    content_paragraphs,
    find_text,
    is_xhtml,
    join_paragraphs,
    line_text,
    paragraphs,
    parse_xml,
    root_name,
    string_paragraphs,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_NOT_NEWS = {
    "conceptItem": "a concept (a person, a place, an event)",
    "knowledgeItem": "a set of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of codes",
    "packageItem": "a package, a list of other items; ingest those",
    "contentMeta": "the metadata of an item without its content",
    "itemMeta": "the metadata of an item without its content",
    "groupSet": "a package's list of other items; ingest those",
    "newsMessage": "a message without items",
}
# http://cv.iptc.org/newscodes/ninature/; "composite" may hold text.
_MEDIA = ("animated", "audio", "graphic", "graphics", "photo", "picture", "video")
# What an agency's page says besides the story: date, keywords and byline; contacts and notes.
_BESIDE = frozenset(("footer", "header", "nav"))
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXT_TYPE = re.compile(r"text|html|xml")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """The text of an item, what NITF says besides, or what there is instead of a text."""

    paragraphs: list[str] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    instead: str = ""


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is NewsML-G2: its first element is an item, a message or a part."""
    return root_name(head) in ("newsItem", "newsMessage", "contentSet", *_NOT_NEWS)


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the item, or every item of a message; what is not news text is a skip."""
    root = parse_xml(source.read_whole(), source.name)
    if isinstance(root, Skip):
        yield root
        return
    if local_name(root) != "newsMessage":
        yield record_of(root, source.name, None)
        return
    items = [item for item in root.iterfind(".//{*}itemSet/*") if local_name(item)]
    if not items:
        detail = "the news message has no item"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)
    for number, item in enumerate(items, start=1):
        yield record_of(item, source.name, number)


def record_of(item: Any, path: str, line: int | None) -> FoundRecord | Skip:
    """Return the record of an item, or what it is that is no news text."""
    name = local_name(item)
    nature = _code(item.find("{*}itemMeta/{*}itemClass"))
    if name not in ("newsItem", "contentSet"):
        detail = f"it is not a news text but {_NOT_NEWS.get(name, f'a {name}')}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    if nature in _MEDIA:
        detail = f"it is not a news text: its class is '{nature}'"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    content = _content(item if name == "contentSet" else item.find("{*}contentSet"))
    # What the text's own document says is nearer to it than these, further from it than the rest.
    metadata = _metadata(item)
    fields = {**_defaults(item), **content.fields, **metadata}
    notes_given = (str(one.get("note", "")) for one in (metadata, content.fields))
    if note := joined_notes(*notes_given):
        fields["note"] = note
    text = join_paragraphs(content.paragraphs, str(fields.get("title", "")))
    notes: tuple[str, ...] = ()
    if not text and nature == "text":
        # An agency's flash has no more than this.
        text = find_text(item, "{*}contentMeta/{*}description")
        notes = ("it has no body; the text is its description",)
    if not text and is_taken_back(fields):
        return FoundRecord(fields=fields, path=path, line=line)
    if not text:
        detail = f"the news item has no text: {content.instead or 'its body has no word'}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    return FoundRecord(fields={**fields, "text": text}, path=path, line=line, notes=notes)


def _content(content_set: Any) -> _Content:
    """Return the first rendition with a text: they are the same content in several forms."""
    if content_set is None:
        return _Content(instead="it has no contentSet")
    seen = []
    for rendition in content_set:
        read_rendition = _RENDITIONS.get(local_name(rendition))
        if read_rendition is None:
            continue
        content = read_rendition(rendition)
        if join_paragraphs(content.paragraphs):
            return content
        seen.append(content.instead)
    return _Content(instead="; ".join(sorted(set(filter(None, seen)))) or "its content is empty")


def _inline_xml(part: Any) -> _Content:
    document = next(part.iter("{*}nitf"), None)
    if document is not None:
        fields = {name: value for name, value in nitf.read_fields(document).items() if value}
        text = str(fields.pop("text", "")) or nitf.abstract_text(document)
        return _Content(paragraphs=text.split("\n\n"), fields=fields, instead="its NITF is empty")
    children = [child for child in part if local_name(child)]
    if any(is_xhtml(child) for child in children):
        language = part.get(_LANGUAGE) or children[0].get(_LANGUAGE) or ""
        title = find_text(part, ".//{*}h1") or find_text(part, ".//{*}head/{*}title")
        beside = (one for one in part.iter() if local_name(one) in _BESIDE)
        fields = {"language": language, "title": title, "note": correction_note(beside)}
        return _Content(
            paragraphs=paragraphs(part, _BESIDE) or paragraphs(part),
            fields={name: value for name, value in fields.items() if value},
            instead="its XHTML is empty",
        )
    if children and next(part.iter("{*}p"), None) is None:
        name = local_name(children[0])
        return _Content(instead=f"its inline content is '{name}', not XHTML or NITF")
    found = content_paragraphs(part, part.get("contenttype") or "")
    return _Content(paragraphs=found, instead="its inlineXML is empty")


def _inline_data(part: Any) -> _Content:
    kind = (part.get("contenttype") or "text/plain").lower()
    encoding = part.get("encoding") or part.get("encodinguri") or ""
    decoded = base64_text(line_text(part)) if encoding.lower().endswith("base64") else ""
    if not _TEXT_TYPE.search(kind) or (encoding and not decoded):
        return _Content(instead=f"its inline data is {kind}, encoded")
    found = string_paragraphs(decoded, kind) if decoded else content_paragraphs(part, kind)
    return _Content(paragraphs=found, instead="its inline data is empty")


def _remote_content(part: Any) -> _Content:
    kind = part.get("contenttype") or part.get("format") or "of unknown type"
    return _Content(instead=f"its content is elsewhere ({kind}) and nothing is fetched")


_RENDITIONS = {
    "inlineXML": _inline_xml,
    "inlineData": _inline_data,
    "remoteContent": _remote_content,
}


def _defaults(item: Any) -> dict[str, object]:
    """Return what an item says of its creators, who may be a company, and of its own language."""
    creators = _all(item.find("{*}contentMeta"), "{*}creator")
    names = [name for one in creators if (name := find_text(one, "{*}name"))]
    title = find_text(item, "{*}itemMeta/{*}title")
    fields = {"authors": names, "language": item.get(_LANGUAGE), "title": title}
    return {name: value for name, value in fields.items() if value}


def _metadata(item: Any) -> dict[str, object]:
    """Return the fields that an item's own metadata have."""
    management, content = item.find("{*}itemMeta"), item.find("{*}contentMeta")
    guid = (item.get("guid") or "").strip()
    version_created = find_text(management, "{*}versionCreated")
    created = [find_text(management, "{*}firstCreated"), find_text(content, "{*}contentCreated")]
    provider = None if management is None else management.find("{*}provider")
    holder = find_text(item, "{*}rightsInfo/{*}copyrightHolder/{*}name")
    credit = find_text(content, "{*}creditline")
    languages = _all(content, "{*}language")
    fields: dict[str, object] = {
        "id": guid,
        "url": guid if guid.startswith(("http://", "https://")) else "",
        "title": _headline(content),
        "published": _first_date([*created, version_created]),
        "updated": version_created,
        "authors": [nitf.strip_by(line_text(by)) for by in _all(content, "{*}by")],
        "source": _party(provider) or holder or credit,
        "language": next((tag for one in languages if (tag := one.get("tag"))), ""),
        "version": item.get("version"),
        "pubstatus": _code(None if management is None else management.find("{*}pubStatus")),
        "agency": _agency(content) or credit,
        "rights": _rights(item),
        "dateline": find_text(content, "{*}dateline") or find_text(content, "{*}located/{*}name"),
        "note": find_text(management, "{*}edNote"),
    }
    fields = {name: value for name, value in fields.items() if value}
    embargoed = None if management is None else management.find("{*}embargoed")
    if embargoed is not None:
        # Empty means that it is embargoed until further notice, so it is handed on.
        fields["embargoed"] = line_text(embargoed)
    return fields


def _headline(content: Any) -> str:
    """Return the main headline, else the first that is one: others may stand before it."""
    headlines = _all(content, "{*}headline")
    roles = ("", "main")
    headlines.sort(key=lambda one: (one.get("role") or "").rpartition(":")[2].lower() not in roles)
    return next(filter(None, map(line_text, headlines)), "")


def _all(parent: Any, path: str) -> list[Any]:
    return [] if parent is None else list(parent.iterfind(path))


def _first_date(values: list[str]) -> str:
    """Return the first whole date: contentCreated may be no more than a year."""
    given = [value for value in values if value]
    return next((value for value in given if _DAY.match(value)), given[0] if given else "")


def _code(element: Any) -> str:
    """Return what a QCode or URI says without its scheme: "usable" for "stat:usable"."""
    if element is None:
        return ""
    if element.get("qcode"):
        return str(element.get("qcode").rpartition(":")[2]).strip()
    return str((element.get("uri") or "").rstrip("/").rpartition("/")[2]).strip()


def _party(element: Any) -> str:
    """Return the name of a party, else its code, else the host of its address."""
    if element is None:
        return ""
    name = find_text(element, "{*}name") or (element.get("literal") or "").strip()
    if name or element.get("qcode"):
        return name or _code(element)
    try:
        host = urlsplit(element.get("uri") or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _agency(content: Any) -> str:
    """Return the first source of information without a role: with one it may be a person asked."""
    sources = _all(content, "{*}infoSource")
    roleless = (_party(one) for one in sources if not (one.get("role") or one.get("roleuri")))
    return next(filter(None, roleless), "")


def _rights(item: Any) -> str:
    parts = ("copyrightNotice", "usageTerms")
    found = (find_text(item, f"{{*}}rightsInfo/{{*}}{part}") for part in parts)
    return " ".join(filter(None, found))
