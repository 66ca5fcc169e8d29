"""Read ninjs 1 to 3 (IPTC news in JSON): one object, a list, or a collection."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.formats import nitf
from ingest.formats.json_values import json_values
from ingest.formats.markup import looks_marked_up
from ingest.formats.publication import unpublished_state
from ingest.formats.values import host_of, is_taken_back
from ingest.formats.xml_text import join_paragraphs, parse_xml, root_name, string_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, Input

_MEDIA = {
    "audio": "an audio item",
    "event": "an event",
    "graphic": "a graphic",
    "image": "a picture",
    "picture": "a picture",
    "planning": "a plan of coverage",
    "video": "a video",
}
# The states in which Superdesk takes an item back, in IPTC's words.
_STATES = {"killed": "killed", "recalled": "withheld"}
# In lower case, as ninjs 3 writes camel case where ninjs 1 and 2 do not.
_NINJS_KEYS = frozenset(
    "$standard altids associations bodies body_html body_text body_xhtml byline by "
    "contentcreated copyrightholder copyrightnotice description_text descriptions ednote "
    "embargoed eventdetails firstcreated headline headlines infosource infosources located "
    "plannedcoverage pubstatus renditions representationtype slugline standard subject subjects "
    "trustindicators type urgency usageterms version versioncreated".split()
)
# Keys that hardly anything but ninjs has, and keys of the texts of other records.
_OWN_KEYS = _NINJS_KEYS - frozenset(
    "$standard by expires located standard subject subjects".split()
)
_OTHER_TEXTS = frozenset("_source article articlebody body content html maintext text".split())
_KEYS_FOR_SURE = 2
_SEVERAL_LINES = re.compile(r"\s*[{\[][^\S\n]*\n")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)("?)\s*(:?)|([{}\[\]])', re.DOTALL)


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is ninjs: its first record has a `uri` and no `text`.

    Article JSON Lines without a `text` would be skipped anyway. Where the first record goes on
    after the head, it must have another key of ninjs too, or stand on several lines.
    """
    text = head.decode("utf-8-sig", "replace")
    keys, closed = _first_keys(text)
    if keys & _OTHER_TEXTS or "web_url" in keys:
        return False
    if "guid" in keys and len(keys & _OWN_KEYS) >= _KEYS_FOR_SURE:
        return True
    known = closed or bool(keys & _NINJS_KEYS) or _SEVERAL_LINES.match(text) is not None
    return "uri" in keys and known


def is_item(record: Mapping[str, object]) -> bool:
    """Say whether a JSON object is an item of ninjs, or of Superdesk, which has a `guid`."""
    if not record.keys() & {"uri", "guid"}:
        return False
    keys = {str(key).lower() for key in record}
    return len(keys & _OWN_KEYS) >= _KEYS_FOR_SURE and not keys & _OTHER_TEXTS


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every record that holds a news text; what is something else is a skip."""
    listed = source.head().removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    with source.open() as stream:
        number, held = 0, None
        for number, value in enumerate(json_values(stream, source.name), start=1):
            if number > 1:
                yield from _records(held, source.name, number - 1)
            held = value
        if number:
            line = number if listed or number > 1 else None
            yield from _records(held, source.name, line)


def _first_keys(text: str) -> tuple[frozenset[str], bool]:
    """Return the keys of the first record, in lower case, and whether its end was seen."""
    stack, found_depth = "", 0
    keys: set[str] = set()
    for token in _TOKEN.finditer(text if text.lstrip().startswith(("{", "[")) else ""):
        name, closing, colon, bracket = token.groups()
        if not bracket and not closing:
            # The head ends in a string; what follows the quote is no structure.
            break
        if bracket in ("{", "["):
            stack += bracket
        elif bracket:
            if len(stack) == found_depth:
                return frozenset(keys), True
            stack = stack[:-1]
        elif colon and stack == "{" and name in ("items", "_items"):
            # A collection: its first item tells what it is.
            keys, found_depth = set(), 3
        elif colon and len(stack) == (found_depth or len(stack)) and stack in ("{", "[{", "{[{"):
            found_depth = len(stack)
            keys.add(name.lower())
    return frozenset(keys), False


def _records(value: object, path: str, line: int | None) -> Iterator[FoundRecord | Skip]:
    if isinstance(value, Skip):
        yield replace(value, line=line)
    elif isinstance(value, dict) and (listed := _items_of(value)) is not None:
        for number, item in enumerate(listed, start=1):
            yield _item(item, path, number)
    else:
        yield _item(value, path, line)


def _items_of(value: Mapping[str, object]) -> list[object] | None:
    """Return the items of a collection, None for an item; Superdesk's own have an underline."""
    for name in ("items", "_items"):
        listed = value.get(name)
        if isinstance(listed, list):
            return listed
    return None


def _item(value: object, path: str, line: int | None) -> FoundRecord | Skip:
    if isinstance(value, dict):
        return record_of(value, path, line)
    detail = f"it should be a JSON object, but it is of type {type(value).__name__}"
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)


def record_of(value: Mapping[str, object], path: str, line: int | None) -> FoundRecord | Skip:
    """Return the record of an item, or what it is that is no published news text."""
    record: dict[str, object] = {str(key).lower(): item for key, item in value.items()}
    kind = str(record.get("type") or "").lower()
    if not kind:
        kind = "event" if record.get("eventdetails") else ""
        kind = "planning" if record.get("plannedcoverage") else kind
    if kind in _MEDIA:
        detail = f"it is not a news text but {_MEDIA[kind]}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    if state := unpublished_state(record.get("state")):
        detail = f"it is not published for readers: it is {state}"
        return Skip(reason=Reason.UNPUBLISHED, detail=detail, path=path, line=line)
    title = _title(record)
    text = _body(record, title)
    notes: tuple[str, ...] = ()
    if not text and kind == "text":
        text = _first_text(_contents(record, "description"), title)
        notes = ("it has no body; the text is its description",) if text else ()
    fields = {**_metadata(record), "title": title, "text": text}
    fields = {name: value for name, value in fields.items() if value}
    if not text and not is_taken_back(fields):
        detail = "the ninjs record has no body with a word in it (bodies, body_text, body_xhtml)"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    return FoundRecord(fields=fields, path=path, line=line, notes=notes)


def _metadata(record: Mapping[str, object]) -> dict[str, object]:
    uri = _text(record, "uri") or _text(record, "guid")
    created = [record.get(f"{name}created") for name in ("first", "content", "version")]
    # One that is no string is handed on to be noted.
    dates = sorted((value for value in created if value), key=lambda one: not isinstance(one, str))
    origin = _origin(record)
    version = record.get("version") or record.get("_current_version")
    rights = (_text(record, "copyrightnotice"), _text(record, "usageterms"))
    return {
        "id": uri,
        "url": uri if uri.startswith(("http://", "https://")) else "",
        "published": next(iter(dates), None),
        "updated": record.get("versioncreated"),
        "authors": _authors(record),
        "source": _text(record, "copyrightholder")
        or origin
        or _text(record, "source")
        or host_of(uri),
        "language": record.get("language"),
        "version": version if isinstance(version, (str, int)) else "",
        "pubstatus": _STATES.get(_text(record, "state")) or _text(record, "pubstatus"),
        "embargoed": _text(record, "embargoed") or _text(record, "embargo"),
        "expires": _text(record, "expires"),
        "agency": origin,
        "rights": " ".join(filter(None, rights)),
        "dateline": _text(record, "located") or _place(record),
        "note": _text(record, "ednote"),
    }


def _authors(record: Mapping[str, object]) -> list[str]:
    """Return who is named in the byline, else the authors or bylines that are listed."""
    byline = _text(record, "byline") or _text(record, "by")
    if byline:
        return [nitf.strip_by(_line(byline))]
    listed = (*_entries(record, "authors"), *_entries(record, "bylines"))
    names = (_text(one, "name") or _text(one, "by") for one in listed)
    return [nitf.strip_by(name) for name in names if name]


def _place(record: Mapping[str, object]) -> str:
    """Return where an item of Superdesk or AP says that it was written."""
    dateline, located = record.get("dateline"), record.get("datelinelocation")
    if isinstance(dateline, str):
        return dateline.strip()
    if isinstance(dateline, dict):
        place = dateline.get("located")
        located = place if isinstance(place, dict) else dateline
    return str(located.get("city") or "").strip() if isinstance(located, dict) else ""


def _line(text: str) -> str:
    """Return a line of text without the markup that some write into it."""
    return " ".join(string_paragraphs(text)) if looks_marked_up(text) else text


def _text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def _entries(record: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = record.get(name)
    entries = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [{str(key).lower(): item for key, item in entry.items()} for entry in entries]


def _title(record: Mapping[str, object]) -> str:
    headlines = _entries(record, "headlines")
    headlines.sort(key=lambda headline: headline.get("role") != "main")
    extended = (_text(record, key) for key in sorted(record) if key.startswith("headline_"))
    named = (_text(headline, "value") for headline in headlines)
    given = (_text(record, "headline"), *named, *extended, _text(record, "title"))
    return " ".join(_line(next(filter(None, given), "")).split())


def _origin(record: Mapping[str, object]) -> str:
    """Return the first source of information without a role: with one it may be a person asked."""
    entries = [*_entries(record, "infosources"), *_entries(record, "infosource")]
    return next((_text(one, "name") for one in entries if not one.get("rel")), "")


def _contents(record: Mapping[str, object], name: str) -> list[tuple[str, str]]:
    """Return what a record has under a name, each with what it says of its form."""
    plural = "bodies" if name == "body" else f"{name}s"
    listed = [
        (_text(entry, "value"), f"{_text(entry, 'role')} {_text(entry, 'contenttype')}")
        for entry in _entries(record, plural)
    ]
    single = [(_text(record, key), key) for key in sorted(record) if key.startswith(f"{name}_")]
    return [(value, form) for value, form in (*listed, *single) if value]


def _body(record: Mapping[str, object], title: str) -> str:
    """Return the best body: one with paragraphs marked rather than plain text."""
    contents = _contents(record, "body")
    contents.sort(key=lambda content: ("html" not in content[1], "nitf" not in content[1].lower()))
    return _first_text(contents, title)


def _first_text(contents: list[tuple[str, str]], title: str) -> str:
    for value, form in contents:
        if root_name(value[:HEAD_BYTES].encode("utf-8", "replace")) == "nitf":
            root = parse_xml(value.encode("utf-8", "replace"), "")
            text = "" if isinstance(root, Skip) else str(nitf.read_fields(root)["text"])
        else:
            text = join_paragraphs(string_paragraphs(value, form), title)
        if text:
            return text
    return ""
