"""Finds a text in an article word for word; white space, quotation marks and dashes may differ."""

import re
from collections.abc import Iterator

from rag.text.sentences import Span

_DASH = r"\s*[-–—−‑]{1,3}\s*"
_DOUBLE, _SINGLE = r"(?:[\"“”„«»‟]|''|``)", r"['‘’‚`´]"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<dash>{_DASH})|(?P<double>{_DOUBLE})|(?P<single>{_SINGLE})"
    r"|(?P<dots>…|\.\.\.)|(?P<unseen>[\u00ad\u200b\u200c\u200d\ufeff]+)|(?P<other>.)",
    re.DOTALL,
)
_CLASSES = {
    "space": r"\s+",
    "dash": _DASH,
    "double": _DOUBLE,
    "single": _SINGLE,
    "unseen": "[\u00ad\u200b\u200c\u200d\ufeff]*",
    "dots": r"(?:…|\.\s?\.\s?\.)",
}
# What an excerpt may have around the words that were taken.
_AROUND = " \t\r\n\"“”„«»‟'‘’…."


def pattern_of(excerpt: str, *, any_case: bool = False) -> re.Pattern[str]:
    """Return the pattern of a text, without the marks around it that whoever quotes it may add.

    With `any_case`, capitals and small letters are the same.
    """
    words = excerpt.strip(_AROUND)
    parts = []
    for token in _TOKEN.finditer(words):
        kind = token.lastgroup or "other"
        parts.append(_CLASSES.get(kind) or re.escape(token[0]))
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)", re.IGNORECASE if any_case else 0)


def find_exactly(pattern: re.Pattern[str], text: str) -> Span | None:
    """Return the first place of a text in an article; None if it is not there word for word."""
    found = pattern.search(text)
    return Span(found.start(), found.end()) if found else None


def find_each(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield every place of a text in an article."""
    for found in pattern.finditer(text):
        yield Span(found.start(), found.end())
