"""Read the entries of a live blog from a page, with a line above each that tells its time.

They are those in the page's JSON-LD, or those that it shows below `<time>` elements, if the page
says that it is a live blog. The text alone then carries their times: "2 April 2024, 16:05", and
only "16:05" for the next entry of that day (see `rag.text.live_entries`).
"""

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from lxml.html import HtmlElement

from ingest.formats.linked_data import Node, live_blog_node, live_updates
from ingest.formats.markup import fragment_text, letters_of, tree_paragraphs
from ingest.formats.page_facts import linked_data_scripts
from rag.text.calendar import day_in_words
from rag.text.live_entries import find_live_entries, is_called_live

_FEWEST = 3
# The names of elements and of their classes by which pages mark a live blog.
_MARKED = re.compile(
    r"(?:^|[\s_-])live[_-]?(?:blog|updates?|feed|coverage|ticker|entr(?:y|ies)|post)|liveblog", re.I
)
_BESIDE = frozenset("nav aside footer form".split())
_COMMENT = re.compile(r"(?:^|[\s_-])(?:comments?|related|sidebar|promo)(?:$|[\s_-])", re.I)
# A time as the page shows it. Its `datetime` may be that of another zone.
_SHOWN = re.compile(r"(?<!\d)(\d{1,2})[:.]([0-5]\d)(?!\d)\s?(?:([ap])\.?\s?m\b)?", re.I)
_LEADING = re.compile(r"^[\s:|–—-]+")
_HALF_DAY, _DAY = 12 * 60, 24 * 60
# Entries with less of the shown text than this are something else, such as a list of headlines.
_SHARE = 0.5
_PARAGRAPH_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """An entry of a live blog: when it was written, by the page's clock, and its paragraphs."""

    at: datetime
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePage:
    """The entries of a page, none if it is no live blog, and the paragraphs shown above them."""

    entries: Sequence[PageEntry] = ()
    above: Sequence[str] = ()


def read_live_page(tree: HtmlElement) -> LivePage:
    """Return the entries of a page that is a live blog.

    Of those declared, newest first, and those shown, in their order, the ones with more text count.
    """
    node = live_blog_node(linked_data_scripts(tree))
    declared = list(_declared(node)) if node is not None else []
    declared.sort(key=lambda entry: entry.at, reverse=True)
    page = _shown(tree, is_declared=node is not None)
    entries = max(declared, page.entries, key=_length)
    return replace(page, entries=entries) if len(entries) >= _FEWEST else LivePage()


def live_text(page: LivePage, text: str, title: str) -> str:
    """Return the text of a live blog, with what its page says above the entries.

    `text` is what was read of the page without them. The result is empty if the entries are not
    the main part of that, or not such as a text shows.
    """
    entries = page.entries
    if not entries or _length(entries) < _SHARE * len(text):
        return ""
    told = {letters_of(part) for entry in entries for part in entry.paragraphs}
    parts = text.split("\n\n")
    first = next((n for n, part in enumerate(parts) if letters_of(part) in told), None)
    # Where every entry is an article of HTML, the first one may have been all that was read.
    lines = (parts[:first] if first is not None else []) or list(page.above)
    for before, entry in pairwise([None, *entries]):
        assert entry is not None
        lines.append(_head(entry, before))
        lines += entry.paragraphs
    joined = "\n\n".join(lines)
    return joined if len(find_live_entries(joined, title)) >= _FEWEST else ""


def _head(entry: PageEntry, before: PageEntry | None) -> str:
    """Return the line above an entry: its time, after the day if the entry before has another."""
    is_same_day = before is not None and before.at.date() == entry.at.date()
    return f"{'' if is_same_day else f'{day_in_words(entry.at)}, '}{entry.at:%H:%M}"


def _length(entries: Iterable[PageEntry]) -> int:
    return sum(len(part) for entry in entries for part in entry.paragraphs)


def _declared(node: Node) -> Iterator[PageEntry]:
    """Yield the entries that the node of a live blog holds."""
    for update in live_updates(node):
        at = _instant(update.get("datePublished"))
        texts = (update.get("headline"), update.get("articleBody"))
        paragraphs = [part for text in texts for part in _paragraphs(text)]
        if at is not None and paragraphs:
            # Some pages begin the text of an entry with its headline.
            is_twice = len(paragraphs) > 1 and letters_of(paragraphs[1]) == letters_of(
                paragraphs[0]
            )
            yield PageEntry(at=at, paragraphs=tuple(paragraphs[is_twice:]))


def _paragraphs(text: object) -> list[str]:
    if not isinstance(text, str):
        return []
    marked = re.search(r"</?[a-z]|&#?\w+;", text, re.I) is not None
    parts = fragment_text(text).split("\n\n") if marked else text.splitlines()
    return [cleaned for part in parts if (cleaned := " ".join(part.split()))]


def _instant(value: object) -> datetime | None:
    """Return a day with a time of day as the page writes it, in its own zone."""
    if not isinstance(value, str) or "T" not in (value := value.strip().replace(" ", "T", 1)):
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None


def _shown(tree: HtmlElement, *, is_declared: bool) -> LivePage:
    """Return the entries that a page shows below times, if it is marked as a live blog."""
    times = [time for time in tree.iter("time") if _is_of_entry(time)]
    container, children = _container(times)
    if len(times) < _FEWEST or container is None:
        return LivePage()
    if not (is_declared or _is_marked(tree, container)):
        return LivePage()
    entries: list[PageEntry] = []
    for child in container:
        # The time above the headline is that of the whole page.
        time = children.get(child) if next(child.iter("h1"), None) is None else None
        if time is not None and (at := _time_of(time)) is not None:
            entries.append(PageEntry(at=at, paragraphs=()))
        if entries:
            parts = _paragraphs_of(child, time)
            entries[-1] = PageEntry(at=entries[-1].at, paragraphs=(*entries[-1].paragraphs, *parts))
    kept = [entry for entry in entries if entry.paragraphs]
    return LivePage(entries=kept, above=_above(container))


def _above(container: HtmlElement) -> list[str]:
    """Return the long paragraphs that a page shows above the element with its entries."""
    found: list[str] = []
    for element in (container, *container.iterancestors()):
        for sibling in element.itersiblings(preceding=True):
            if isinstance(sibling.tag, str) and sibling.tag not in _BESIDE:
                texts = (" ".join(p.text_content().split()) for p in sibling.iter("p"))
                found += [text for text in texts if len(text) >= _PARAGRAPH_CHARACTERS][::-1]
        if element.tag in ("article", "main", "body"):
            break
    return found[::-1]


def _is_of_entry(time: HtmlElement) -> bool:
    """Say whether a time has a clock, and is not beside the text, nor that of a change."""
    if _instant(time.get("datetime")) is None or time.get("itemprop") == "dateModified":
        return False
    return not any(
        element.tag in _BESIDE or _COMMENT.search(element.get("class") or "")
        for element in time.iterancestors()
    )


def _container(times: Sequence[HtmlElement]) -> tuple[HtmlElement | None, dict[Any, HtmlElement]]:
    """Return the element with the most children that hold times, and the first time of each."""
    held: dict[HtmlElement, dict[Any, HtmlElement]] = {}
    for time in times:
        child = time
        for parent in time.iterancestors():
            held.setdefault(parent, {}).setdefault(child, time)
            child = parent
    # Of several, the innermost, which comes first.
    best = max(held, key=lambda parent: len(held[parent]), default=None)
    return best, held.get(best, {}) if best is not None else {}


def _is_marked(tree: HtmlElement, container: HtmlElement) -> bool:
    """Say whether a page says that it is a live blog: in microdata, in a class, or in a heading."""
    for element in (container, *container.iterancestors(), *container):
        if not isinstance(element.tag, str):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        kind = f"{element.get('itemtype') or ''} {element.get('itemprop') or ''}"
        if "liveblog" in kind.lower() or _MARKED.search(names):
            return True
    headings = [*tree.iter("h1"), *tree.iter("title")]
    return any(is_called_live(" ".join(h.text_content().split())) for h in headings)


def _time_of(time: HtmlElement) -> datetime | None:
    """Return the time of an entry as the page shows it, on the day that this is there."""
    at = _instant(time.get("datetime"))
    shown = _SHOWN.search(time.text_content())
    if at is None or shown is None:
        return at
    hour, minute = int(shown[1]), int(shown[2])
    if hour >= 24 or (shown[3] and not 1 <= hour <= 12):
        return at
    if shown[3]:
        hour = hour % 12 + 12 * (shown[3].lower() == "p")
    apart = hour * 60 + minute - (at.hour * 60 + at.minute)
    return at + timedelta(minutes=(apart + _HALF_DAY) % _DAY - _HALF_DAY)


def _paragraphs_of(element: HtmlElement, time: HtmlElement | None) -> list[str]:
    """Return the paragraphs of an element without the time that heads it."""
    if not isinstance(element.tag, str):
        return []
    place = list(element.iter("time")).index(time) if time is not None else -1
    own = copy.deepcopy(element)
    own.tail = None
    if place >= 0:
        heading = list(own.iter("time"))[place]
        heading.text = None
        for child in list(heading):
            heading.remove(child)
    parts = (_LEADING.sub("", part) for part in tree_paragraphs(own))
    tail = " ".join((element.tail or "").split())
    return [part for part in (*parts, _LEADING.sub("", tail)) if part]
