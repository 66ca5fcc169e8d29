"""Makes links that open a page at a quote and mark it.

Source: WICG, URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/. A
browser looks for `#:~:text=[prefix-,]start[,end][,-suffix]`, without regard to case, where words
begin and end. Each part must stand in one block of the page, such as a paragraph. It marks the
first place that fits, so a link is made only if one place of the article fits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from rag.text.sentences import Span

# A quote of more words is given by its first and its last words.
_WHOLE_WORDS = 12
_EDGE_WORDS = (4, 6, 9)
_CONTEXT_WORDS = (2, 4, 7)
# Browsers and mail programs cut very long addresses.
_LONGEST = 1500
_DIRECTIVE = ":~:"
_SPACE = re.compile(r"\s+")
_IN_WORD = re.compile(r"\w\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fragment:
    """The words of a text directive; `end` is empty if `start` is the whole quote."""

    start: Sequence[str]
    end: Sequence[str] = ()
    prefix: Sequence[str] = ()
    suffix: Sequence[str] = ()

    def finds_only(self, place: Span, page: str) -> bool:
        """Say whether this fits one place of a page, as `_plain` gives it, and that is the one."""
        gaps = [" " if edge == " " else "" for edge in (page[place.start - 1], page[place.end])]
        before = f"{_plain(' '.join(self.prefix))}{gaps[0]}" if self.prefix else ""
        after = f"{gaps[1]}{_plain(' '.join(self.suffix))}" if self.suffix else ""
        words, last = _plain(" ".join(self.start)), _plain(" ".join(self.end))
        found = list(islice(_places(f"{before}{words}{'' if last else after}", page, 0), 2))
        if len(found) != 1:
            return False
        start = found[0] + len(before)
        end = start + len(words)
        if last:
            # The first end behind the start counts, whatever comes behind it.
            end = next(_places(f"{last}{after}", page, end), -1) + len(last)
        return (start, end) == place

    def __str__(self) -> str:
        """Return the value of the directive, percent-encoded."""
        parts = [
            f"{_encoded(self.prefix)}-" if self.prefix else "",
            _encoded(self.start),
            _encoded(self.end),
            f"-{_encoded(self.suffix)}" if self.suffix else "",
        ]
        return ",".join(part for part in parts if part)


def link_to_quote(url: str, text: str, place: Span, *, title: str = "") -> str:
    """Return the address that opens a page at a quote; the address itself if that cannot be.

    `place` is that of the quote in `text`, the article's, and `title` the headline above it. The
    address stays as it is if it is no web page, or if no directive fits the quote alone.
    """
    if not is_web_page(url):
        return url
    quote = text[place.start : place.end]
    start = place.start + len(quote) - len(quote.lstrip())
    quote = quote.strip()
    before, after = text[:start], text[start + len(quote) :]
    above, own = _plain(f" {title}\n{before}"), _plain(quote)
    page = f"{above}{own}{_plain(after)} "
    at = Span(len(above), len(above) + len(own))
    if _is_inside(page, at.start) or _is_inside(page, at.end):
        return url
    for fragment in _fragments(quote, before, after):
        if fragment.finds_only(at, page):
            return _with_directive(url, fragment)
    return url


def is_web_page(url: str) -> bool:
    """Say whether an address is that of a web page, which may be opened."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _fragments(quote: str, before: str, after: str) -> Iterator[_Fragment]:
    """Yield the directives for a quote, with more and more of what stands around it.

    Other paragraphs come last: on the page, a picture may stand between them and the quote.
    """
    parts = list(_parts(quote))
    yield from (_Fragment(start=start, end=end) for start, end in parts)
    beside = before.rpartition("\n")[2], after.partition("\n")[0]
    for around in (beside, (before, after)):
        for start, end in parts:
            for count in _CONTEXT_WORDS:
                prefix, suffix = _last_words(around[0], count), _first_words(around[1], count)
                for left, right in ((prefix, ()), ((), suffix), (prefix, suffix)):
                    if left or right:
                        yield _Fragment(start=start, end=end, prefix=left, suffix=right)


def _parts(quote: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield a quote as a whole or by its edges, each of which stands in one line."""
    words = quote.split()
    if not words:
        return
    is_in_one_line = "\n" not in quote
    if is_in_one_line and len(words) <= _WHOLE_WORDS:
        yield words, ()
        return
    for count in _EDGE_WORDS:
        start, end = _first_words(quote, count), _last_words(quote, count)
        if len(start) + len(end) < len(words):
            yield start, end
    if is_in_one_line:
        yield words, ()


def _first_words(text: str, count: int) -> Sequence[str]:
    """Return the first words of a text, from its first line that has any."""
    line = text.lstrip().partition("\n")[0]
    return line.split()[:count]


def _last_words(text: str, count: int) -> Sequence[str]:
    line = text.rstrip().rpartition("\n")[2]
    return line.split()[-count:]


def _plain(text: str) -> str:
    """Return a text without case, and with one space for any white space."""
    return _SPACE.sub(" ", text).lower()


def _places(words: str, page: str, start: int) -> Iterator[int]:
    """Yield where words stand in a page and are no part of longer ones, from a place on."""
    place = page.find(words, start)
    while place >= 0:
        if not (_is_inside(page, place) or _is_inside(page, place + len(words))):
            yield place
        place = page.find(words, place + 1)


def _is_inside(page: str, place: int) -> bool:
    """Say whether a place is inside a word."""
    return bool(_IN_WORD.match(page, place - 1)) if 0 < place < len(page) else False


def _encoded(words: Sequence[str]) -> str:
    """Return words with all characters encoded that a directive gives a meaning to."""
    return percent_encode(" ".join(words), safe="").replace("-", "%2D")


def _with_directive(url: str, fragment: _Fragment) -> str:
    """Return an address with a directive behind its own fragment, if it has one."""
    address = url.strip().partition(_DIRECTIVE)[0]
    try:
        link = f"{address}{'' if '#' in address else '#'}{_DIRECTIVE}text={fragment}"
    except UnicodeEncodeError:  # half of a surrogate pair, which no address can hold
        return url
    return link if len(link) <= _LONGEST else url
