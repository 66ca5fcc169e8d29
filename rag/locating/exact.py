"""Finds a text in an article word for word; white space, quotation marks and dashes may differ."""

import re

from rag.text.sentences import Span

_DASH = r"\s*[-–—−‑]{1,3}\s*"
_DOUBLE, _SINGLE = r"(?:[\"“”„«»‟]|''|``)", r"['‘’‚`´]"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<dash>{_DASH})|(?P<double>{_DOUBLE})|(?P<single>{_SINGLE})"
    r"|(?P<dots>…|\.\.\.)|(?P<other>.)",
    re.DOTALL,
)
_LEFT_OUT = "\u00ad\u200b\u200c\u200d\ufeff"
_CLASSES = {
    "space": r"\s+",
    "dash": _DASH,
    "double": _DOUBLE,
    "single": _SINGLE,
    "dots": r"(?:…|\.\s?\.\s?\.)",
}
# What an excerpt may have around the words that were taken.
_AROUND = " \t\r\n\"“”„«»‟'‘’…."


def pattern_of(excerpt: str) -> re.Pattern[str]:
    """Return the pattern of a text, without the marks around it that whoever quotes it may add."""
    words = excerpt.strip(_AROUND).translate(dict.fromkeys(map(ord, _LEFT_OUT)))
    parts = []
    for token in _TOKEN.finditer(words):
        kind = token.lastgroup or "other"
        parts.append(_CLASSES.get(kind) or re.escape(token[0]))
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)")


def find_exactly(pattern: re.Pattern[str], text: str) -> Span | None:
    """Return the first place of a text in an article; None if it is not there word for word."""
    found = pattern.search(text)
    return Span(found.start(), found.end()) if found else None
