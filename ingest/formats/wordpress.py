"""Read an export of WordPress (WXR): its published posts, and its pages where they are asked for.

What readers never saw is counted by kind: drafts, private and protected posts, the trash, and what
is no post at all. Source: https://github.com/WordPress/wordpress-develop, export.php, versions 1.0
to 1.2.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ingest.formats.markup import fragment_text, looks_marked_up
from ingest.formats.publication import (
    COMMENTS,
    PAGES,
    PROTECTED,
    passed_over,
    unpublished_state,
    utc_of,
)
from ingest.formats.shortcodes import without_shortcodes
from ingest.formats.values import host_of, is_address, iso_date, language_code, qualified_id
from ingest.formats.xml_stream import BrokenXml, elements
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_NAMESPACE = re.compile(rb"wordpress\.org/export/1\.\d")
_PARTS = frozenset(("item", "author", "link", "base_blog_url", "language"))
# Types of WordPress that are no text for readers; those of plugins are, where they are published.
_NOT_POSTS = frozenset(
    "attachment custom_css customize_changeset feedback nav_menu_item oembed_cache revision "
    "user_request".split()
)
_SUMMARY = "it contains only an excerpt"
_NO_SECTION = "uncategorized"
# The year of the date that WordPress gives to what was never published.
_NO_YEAR = " -0001 "


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is an export of WordPress: RSS that names its namespace."""
    return b"<rss" in head and _NAMESPACE.search(head) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the published posts, then one skip for each kind of what is none."""
    passed: Counter[tuple[Reason, str]] = Counter()
    export = _Export(source)
    number = 0
    with source.open() as stream:
        try:
            for element in elements(stream, _PARTS):
                if not element.tag.endswith("item"):
                    export.learn(element)
                    continue
                number += 1
                passed[Reason.NO_TEXT, COMMENTS] += len(element.findall("{*}comment"))
                instead = export.instead(element)
                if instead:
                    passed[instead] += 1
                else:
                    yield export.record(element, number)
        except BrokenXml as error:
            detail = f"the export is damaged ({error}); {number} items were read; export it again"
            yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
    yield from passed_over(passed, source.name)
    if not number:
        yield Skip(reason=Reason.NO_TEXT, detail="the export has no items", path=source.name)


class _Export:
    """An export that is being read: what its head says of authors, language and site."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._names: dict[str, str] = {}
        self._site = self._language = ""

    def learn(self, element: Any) -> None:
        """Take what the channel says of itself, and the name that an author is shown by."""
        value = _said(element, ".")
        if element.tag.endswith("author"):
            login, name = (
                _said(element, "{*}author_login"),
                _said(element, "{*}author_display_name"),
            )
            self._names[login] = name
        elif element.tag.endswith("language"):
            self._language = language_code(value)
        else:
            self._site = self._site or host_of(value)

    def instead(self, item: Any) -> tuple[Reason, str] | None:
        """Return what an item is that is no published post, None if it is one."""
        kind = _said(item, "{*}post_type") or "post"
        status = _said(item, "{*}status").lower() or "publish"
        if kind in _NOT_POSTS or kind.startswith("wp_"):
            return Reason.NO_TEXT, f"of the type '{kind}'"
        if status != "publish":
            return Reason.UNPUBLISHED, unpublished_state(status) or f"of the status '{status}'"
        if _said(item, "{*}post_password"):
            return Reason.UNPUBLISHED, PROTECTED
        if kind == "page" and not self._source.pages:
            return Reason.NO_TEXT, PAGES
        return None

    def record(self, item: Any, number: int) -> FoundRecord | Skip:
        """Return the record of a published item, or that it has no text."""
        name = self._source.name
        texts = [_body(one.text) for one in item.findall("{*}encoded") if one.text]
        # The body and the excerpt have the same name in two namespaces.
        text = _body(_said(item, "{http://purl.org/rss/1.0/modules/content/}encoded"))
        notes = () if text or not any(texts) else (_SUMMARY,)
        text = text or next(filter(None, texts), "")
        if not text:
            detail = "the post has no text; is it a gallery or a film?"
            return Skip(reason=Reason.NO_TEXT, detail=detail, path=name, line=number)
        fields = {**self._fields(item), "text": text}
        kept = {field: value for field, value in fields.items() if value}
        return FoundRecord(fields=kept, path=name, line=number, notes=notes)

    def _fields(self, item: Any) -> dict[str, object]:
        login, link = _said(item, "{*}creator"), _said(item, "{*}link")
        site = host_of(link) or self._site
        given = _said(item, "{*}post_date").replace("0000-00-00 00:00:00", "")
        title, dated = _said(item, "{*}title"), _said(item, "{*}pubDate")
        sections = (one.text or "" for one in item.findall("{*}category[@domain='category']"))
        return {
            "id": qualified_id(_said(item, "{*}guid") or _said(item, "{*}post_id"), site),
            "url": link if is_address(link) else "",
            "title": " ".join((fragment_text(title) if looks_marked_up(title) else title).split()),
            "published": utc_of(_said(item, "{*}post_date_gmt"))
            or iso_date(given)
            or ("" if _NO_YEAR in dated else iso_date(dated)),
            "updated": utc_of(_said(item, "{*}post_modified_gmt")),
            "authors": [name] if (name := self._names.get(login) or login) else [],
            "source": site,
            "section": next((s for s in sections if s and s.lower() != _NO_SECTION), ""),
            "language": self._language,
        }


def _said(element: Any, path: str) -> str:
    found = element if path == "." else element.find(path)
    return "" if found is None else (found.text or "").strip()


def _body(post: str | None) -> str:
    return fragment_text(without_shortcodes(post or ""), blank_lines=True)
