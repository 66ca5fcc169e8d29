"""Read JSON Feed 1 and 1.1, with one record for each item.

Source: https://www.jsonfeed.org/version/1.1/
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.formats.markup import fragment_text, plain_text
from ingest.formats.values import (
    host_of,
    is_address,
    iso_date,
    language_code,
    qualified_id,
    strings_in,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_VERSION = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(www\.)?jsonfeed\.org\\?/version")

Node = Mapping[str, Any]


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001 - a format module's interface
    """Say whether an input is a JSON Feed, by the version that it names."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and bool(_VERSION.search(head))


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every item that has text, and a skip for each that has none."""
    try:
        feed = json.loads(source.read_whole().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield _broken(source.name, f"byte {error.start + 1} is not UTF-8, as JSON must be")
        return
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        yield _broken(
            source.name, f"not JSON at {where}: {error.msg}; download it from its outlet again"
        )
        return
    except RecursionError:
        yield _broken(source.name, "the JSON is nested too deep for a feed")
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        yield _broken(source.name, "the feed has no list of 'items'")
        return
    if not items:
        yield Skip(reason=Reason.NO_TEXT, detail="the feed has no items", path=source.name)
    for number, item in enumerate(items, start=1):
        yield _record(item, feed, name=source.name, number=number)


def _record(item: object, feed: Node, *, name: str, number: int) -> FoundRecord | Skip:
    if not isinstance(item, dict):
        detail = f"the item should be a JSON object, but it is of type {type(item).__name__}"
        return Skip(reason=Reason.BROKEN, detail=detail, path=name, line=number)
    choices = [
        (fragment_text(_string(item, "content_html")), False),
        (plain_text(_string(item, "content_text")), False),
        (plain_text(_string(item, "summary")), True),
    ]
    text, is_summary = next((choice for choice in choices if choice[0]), ("", False))
    if not text:
        detail = "the item has no text; save the page that it links to"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=name, line=number)
    notes = ("the feed contains only a summary",) if is_summary else ()
    fields = _fields(item, feed) | {"text": text}
    kept = {key: value for key, value in fields.items() if value}
    return FoundRecord(fields=kept, path=name, line=number, notes=notes)


def _fields(item: Node, feed: Node) -> dict[str, object]:
    url = _string(item, "url") or _string(item, "external_url")
    outlet = host_of(url) or host_of(_string(feed, "home_page_url")) or _string(feed, "title")
    return {
        "id": qualified_id(item.get("id"), outlet),
        "url": url if is_address(url) else "",
        "title": _string(item, "title"),
        "published": _date(item, "date_published"),
        "updated": _date(item, "date_modified"),
        "authors": _authors(item) or _authors(feed),
        "source": outlet,
        "section": next(strings_in(item.get("tags")), ""),
        "language": language_code(item.get("language")) or language_code(feed.get("language")),
    }


def _authors(node: Node) -> list[str]:
    """Return the names of version 1.1's `authors`, else of version 1's `author`."""
    listed = node.get("authors")
    persons = listed if isinstance(listed, list) and listed else [node.get("author")]
    names = (_string(person, "name") for person in persons if isinstance(person, dict))
    return [name for name in names if name]


def _date(item: Node, name: str) -> str:
    return iso_date(item.get(name)) or _string(item, name)


def _string(node: Node, name: str) -> str:
    value = node.get(name)
    return value.strip() if isinstance(value, str) else ""


def _broken(name: str, detail: str) -> Skip:
    return Skip(reason=Reason.BROKEN, detail=detail, path=name)
