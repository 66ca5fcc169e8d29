"""Find the day of publication that a page shows, where it declares none.

What the page labels as such comes first: "First published 4 March 2021". Else the library guesses,
which takes any day that stands in a likely place; so it is not shown what the page says of its
changes and of other stories, nor a date that may be either of two days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.beside import without_beside
from ingest.formats.linked_data import tells_of_article
from ingest.formats.markup import BLOCKS
from ingest.formats.values import iso_date
from ingest.written_dates import day_in, is_open

# A date guessed from the running text is worse than none: it would be cited.
DATE_OPTIONS = {"original_date": True, "extensive_search": False}

_LABEL = re.compile(
    r"\b(?:(?P<first>(?:first|originally)\s+(?:published|posted))"
    r"|(?P<updated>(?:last\s+)?(?:updated?|modified|amended|revised|edited|corrected|reviewed))"
    r"|(?P<published>published|posted))\b",
    re.I,
)
_CHANGED = re.compile(r"updat|modif|revis|amend|lastmod|lastdate|moddate|utime", re.I)
_PUBLISHED = re.compile(r"publi|posted|entry-date|pubdate|created|issued", re.I)
_NUMBERS = re.compile(r"(?<![\d/.-])\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/-])")
_NAMING = ("property", "name", "itemprop", "http-equiv")
# A line of its own, not a sentence that says when a report was published.
_LINE_CHARACTERS = 150
_LABELLED_CHARACTERS = 60
_BREAKS = BLOCKS | {"br"}
_UNREAD = frozenset(("script", "style", "noscript", "template"))


@dataclass(slots=True)
class _Line:
    """What a page shows between two ends of blocks: labels, each with what follows it."""

    parts: list[tuple[str, str]] = field(default_factory=list)

    def length(self) -> int:
        return sum(len(text) for _, text in self.parts)

    def open_label(self) -> str:
        """Return the label that nothing follows in this line, as `<dt>Updated</dt>`."""
        label, text = self.parts[-1] if self.parts else ("", "")
        return "" if re.search(r"\w", text) else label


def shown_day(tree: HtmlElement, *, address: str, updated: str) -> tuple[str, str]:
    """Return the day that a page shows as that of its publication, and a date that may be two days.

    Both are empty if there is none. `updated` is when the page says that it was changed: that day
    is taken only if it is labelled as that of publication, or in the address.
    """
    own = without_beside(tree)
    for element in list(own.iter(etree.Element)):
        # What JSON-LD says of this article is known; it may tell of others too.
        if _tells_change(element) or (_is_data(element) and tells_of_article(element.text or "")):
            _empty(element)
    lines = list(_lines(own))
    open_date = next((date for line in lines if (date := _open_date(line))), "")
    if labelled := _labelled_day(lines):
        return labelled, ""
    day = iso_date(
        trafilatura.extract_metadata(
            own, default_url=address or None, date_config=DATE_OPTIONS
        ).date
    )
    is_change = day == updated[:10] and not _is_in(address, day)
    return ("" if is_change else day), open_date


def _is_data(element: HtmlElement) -> bool:
    return element.tag == "script" and "ld+json" in (element.get("type") or "").lower()


def _tells_change(element: HtmlElement) -> bool:
    """Say whether an element says by its name that it holds the time of a change."""
    names = " ".join(element.get(name) or "" for name in (*_NAMING, "class", "id"))
    if not _CHANGED.search(names) or _PUBLISHED.search(names):
        return False
    if element.tag == "meta":
        return True
    text = element.text_content()
    return len(text) < _LINE_CHARACTERS and not _PUBLISHED.search(text)


def _empty(element: HtmlElement) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


def _lines(tree: HtmlElement) -> Iterator[_Line]:
    """Yield the lines of a page, and take out of it what they say of changes, and open dates."""
    line = _Line()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _UNREAD:
            if event == "end":
                element.tail = _read(line, element.tail)
            continue
        if element.tag in _BREAKS:
            before, line = line, _Line([(line.open_label(), "")])
            yield before
        if event == "end":
            element.tail = _read(line, element.tail)
            continue
        if element.tag == "time" and (day := (element.get("datetime") or "")[:10]):
            _read(line, f" {day} ")
            if line.parts[-1][0] == "updated":
                element.attrib.pop("datetime")
        element.text = _read(line, element.text)
    yield line


def _read(line: _Line, text: str | None) -> str:
    """Add a string to a line; return it without what is said of changes, and without open dates."""
    kept, label, start = [], line.parts[-1][0] if line.parts else "", 0
    text = text or ""
    for found in (*_LABEL.finditer(text), None):
        part = text[start : found.start() if found else len(text)]
        if line.parts:
            line.parts[-1] = (label, line.parts[-1][1] + part)
        else:
            line.parts.append((label, part))
        kept.append("" if label == "updated" else _NUMBERS.sub(_without_open, part))
        if found:
            label, start = str(found.lastgroup), found.end()
            line.parts.append((label, ""))
            kept.append("" if label == "updated" else found[0])
    return "".join(kept)


def _without_open(found: re.Match[str]) -> str:
    return "" if _is_open(found[0]) else found[0]


def _is_open(date: str) -> bool:
    """Say whether a date in numbers may be of several days, as one with two digits for a year."""
    return is_open(date) or len(re.split(r"\D", date)[2]) == 2


def _open_date(line: _Line) -> str:
    """Return the date of a short line that may be of two days, if it is all that the line tells."""
    if line.length() > _LABELLED_CHARACTERS:
        return ""
    dates = (
        found[0]
        for label, text in line.parts
        if label != "updated"
        for found in _NUMBERS.finditer(text)
    )
    return next((date for date in dates if _is_open(date)), "")


def _labelled_day(lines: list[_Line]) -> str:
    """Return the day that is labelled as the first of publication, else as that of publication."""
    parts = [part for line in lines if line.length() < _LINE_CHARACTERS for part in line.parts]
    for wanted in ("first", "published"):
        for label, text in parts:
            if label == wanted and (day := day_in(text[:_LABELLED_CHARACTERS])):
                return day
    return ""


def _is_in(address: str, day: str) -> bool:
    return re.search(day.replace("-", r"\D?0?").replace("0?0", "0?"), address) is not None
