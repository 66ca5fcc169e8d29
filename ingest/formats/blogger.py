"""Read an export of Blogger, the backup in Atom and the feed of Takeout: its published posts.

What readers never saw is counted by kind, as in an export of WordPress.
Source: https://developers.google.com/blogger, and the two exports as they are.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ingest.formats.markup import fragment_text, looks_marked_up, plain_text
from ingest.formats.publication import PAGES, passed_over, unpublished_state
from ingest.formats.values import host_of, is_address
from ingest.formats.xml_stream import BrokenXml, elements
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_KIND = "http://schemas.google.com/g/2005#kind"
_LABEL = "http://www.blogger.com/atom/ns#"
_TAKEOUT = b"schemas.google.com/blogger/2018"


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is a backup of Blogger, not one of its feeds, which are read as such."""
    backup = b"tag:blogger.com" in head and b".archive<" in head
    return b"<feed" in head and (backup or _TAKEOUT in head)


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the published posts, then one skip for each kind of what is none."""
    passed: Counter[tuple[Reason, str]] = Counter()
    number = 0
    with source.open() as stream:
        try:
            for entry in elements(stream, frozenset(("entry",))):
                number += 1
                instead = _instead(entry, pages=source.pages)
                if instead:
                    passed[instead] += 1
                else:
                    yield _record(entry, source.name, number)
        except BrokenXml as error:
            detail = f"the export is damaged ({error}); {number} entries were read; export it again"
            yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
    yield from passed_over(passed, source.name)
    if not number:
        yield Skip(reason=Reason.NO_TEXT, detail="the export has no entries", path=source.name)


def _instead(entry: Any, *, pages: bool) -> tuple[Reason, str] | None:
    """Return what an entry is that is no published post, None if it is one."""
    terms = (
        one.get("term") or "" for one in entry.findall("{*}category") if one.get("scheme") == _KIND
    )
    kind = (_said(entry, "{*}type") or next(terms, "").rpartition("#")[2] or "post").lower()
    if kind not in ("post", "page"):
        return Reason.NO_TEXT, f"of the type '{kind}'"
    draft = _said(entry, "{*}control/{*}draft") == "yes"
    status = "draft" if draft else _said(entry, "{*}status").lower() or "live"
    if status != "live":
        return Reason.UNPUBLISHED, unpublished_state(status) or f"of the status '{status}'"
    if kind == "page" and not pages:
        return Reason.NO_TEXT, PAGES
    return None


def _record(entry: Any, path: str, number: int) -> FoundRecord | Skip:
    content = entry.find("{*}content")
    body = "" if content is None else content.text or ""
    text = (
        fragment_text(body, blank_lines="<br" not in body)
        if looks_marked_up(body)
        else plain_text(body)
    )
    if not text:
        detail = "the post has no text; is it a gallery or a film?"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=number)
    links = [one.get("href") or "" for one in entry.findall("{*}link[@rel='alternate']")]
    url = next(filter(is_address, links), "")
    labels = (
        one.get("term") or "" for one in entry.findall("{*}category") if one.get("scheme") == _LABEL
    )
    fields: dict[str, object] = {
        "id": _said(entry, "{*}id"),
        "url": url,
        "title": " ".join(fragment_text(_said(entry, "{*}title")).split()),
        "published": _said(entry, "{*}published"),
        "updated": _said(entry, "{*}updated"),
        "authors": [name for one in entry.findall("{*}author") if (name := _said(one, "{*}name"))],
        "source": host_of(url),
        "section": next(filter(None, labels), ""),
        "text": text,
    }
    kept = {field: value for field, value in fields.items() if value}
    return FoundRecord(fields=kept, path=path, line=number)


def _said(element: Any, path: str) -> str:
    found = element.find(path)
    return "" if found is None else (found.text or "").strip()
