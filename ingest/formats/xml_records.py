"""Read XML whose elements are named as the fields of an article are, in any of many systems.

A record is an element that holds a title and a text under one of their usual names
(`fieldnames.ALIASES`), as the messages of Ritzau, the Reuters corpus RCV1 or the export of a small
editorial system do. Also read is what wraps items of a known format in elements of its own.
"""

from collections.abc import Iterator
from typing import Any

from ingest.formats import newsml, newsml1, nitf
from ingest.formats.fieldnames import all_names, map_names, record_fields
from ingest.formats.markup import local_name
from ingest.formats.xml_text import (
    content_paragraphs,
    join_paragraphs,
    line_text,
    parse_xml,
    root_name,
    string_paragraphs,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

# How far down the records may stand: `export/articles/article` is at 3.
_LEVELS = 4
_WRAPPED = {"nitf": nitf.record_of, "newsItem": newsml.record_of}
_WORDS = ("title", "text")
_NAMES = ("name", "label")
# What only an entry of a calendar has: a beginning and an end.
_BEGINS = frozenset("timestart starttime startdate eventstart dtstart".split())
_ENDS = frozenset("timeend endtime enddate eventend dtend".split())


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is XML; what kind of XML is told in reading."""
    declared = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")
    return declared or (suffix == ".xml" and root_name(head) != "")


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the records, or the reason why it has none."""
    name = root_name(source.head())
    if not name:
        yield _unknown("it has no root element", source.name)
        return
    root = parse_xml(source.read_whole(), source.name)
    if isinstance(root, Skip):
        yield root
        return
    wrapped = list(_wrapped(root, source.name))
    if wrapped:
        yield from wrapped
        return
    found = _records(root)
    for number, element in enumerate(found, start=1):
        yield _record(element, source, None if len(found) == 1 else number)
    if not found:
        yield _none(root, source.name)


def _wrapped(root: Any, path: str) -> Iterator[FoundRecord | Skip]:
    """Yield the items of known formats that stand somewhere inside."""
    if next(root.iter("{*}NewsItem"), None) is not None:
        yield from newsml1.records_in(root, path)
        return
    items = [one for one in root.iter() if local_name(one) in _WRAPPED and not _is_inner(one)]
    for number, item in enumerate(items, start=1):
        yield _WRAPPED[local_name(item)](item, path, number)


def _is_inner(element: Any) -> bool:
    return any(local_name(outer) in _WRAPPED for outer in element.iterancestors())


def _records(root: Any) -> list[Any]:
    """Return the elements that hold a title and a text, the innermost of each branch."""
    level, found = [root], []
    for _ in range(_LEVELS):
        following = []
        for element in level:
            if _is_record(element):
                found.append(element)
            else:
                following += [child for child in element if local_name(child)]
        level = following
    return found


def _is_record(element: Any) -> bool:
    """Say whether an element has a title and a text, which is no record itself."""
    parts = _parts(element)
    names = map_names(parts)
    if any(field not in names for field in _WORDS):
        return False
    text = parts[names["text"]][0]
    return not (isinstance(text, str) or _is_record(text)) and bool(content_paragraphs(text))


def _parts(element: Any) -> dict[str, list[Any]]:
    """Return what an element says of itself: its attributes, and its children by their names."""
    parts: dict[str, list[Any]] = {}
    for child in element:
        if name := local_name(child):
            parts.setdefault(name, []).append(child)
    for name, value in element.attrib.items():
        parts.setdefault(str(name).rpartition("}")[2], []).append(value)
    return parts


def _record(element: Any, source: Input, line: int | None) -> FoundRecord | Skip:
    parts = _parts(element)
    names = {name.lower() for name in parts}
    if names & _BEGINS and names & _ENDS:
        detail = "it is not a news text but an event"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name, line=line)
    named = source.columns.get("text")
    text_names = (named,) if named else all_names(tuple(parts))["text"]
    values: dict[str, object] = {}
    for name, found in parts.items():
        if name in text_names:
            paragraphs = [text for part in found for text in _text(part)]
            values[name] = join_paragraphs(paragraphs)
        else:
            said = [one.strip() if isinstance(one, str) else _said(one) for one in found]
            given = [one for one in said if one]
            values[name] = given[0] if len(given) == 1 else given
    fields, notes = record_fields(values, source.columns)
    title = fields.get("title")
    if isinstance(title, list):
        fields["title"] = title[0]
    return FoundRecord(fields=fields, path=source.name, line=line, notes=notes)


def _text(part: Any) -> list[str]:
    return string_paragraphs(part) if isinstance(part, str) else content_paragraphs(part)


def _said(element: Any) -> str:
    """Return what an element says; of one that describes a person or an outlet, the name."""
    named = (child for child in element if local_name(child).lower() in _NAMES)
    return next(filter(None, map(line_text, named)), "") or line_text(element)


def _none(root: Any, path: str) -> Skip:
    """Say why XML has no record: it only lists headlines, or is of an unknown format."""
    headlines = sum(1 for one in root.iter() if _names_only(one))
    if not headlines:
        return _unknown(f"its root is '{local_name(root)[:100]}'", path)
    detail = f"it lists {headlines} headlines without their texts; fetch the stories"
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=path)


def _names_only(element: Any) -> bool:
    """Say whether an element has a headline with an address, an id or a date, but no text."""
    names = map_names(_parts(element)) if local_name(element) else {}
    return (
        "title" in names and "text" not in names and bool(names.keys() & {"id", "url", "published"})
    )


def _unknown(what: str, path: str) -> Skip:
    detail = f"it is XML, but of no known format: {what}"
    return Skip(reason=Reason.NOT_TEXT, detail=detail, path=path)
