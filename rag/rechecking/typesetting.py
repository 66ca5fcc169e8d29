"""Finds words of a quote that a text sets otherwise: reflowed, or with other marks and dashes.

A text that is taken from another page or file has its line breaks and spaces at other places, and
curly quotation marks for straight ones. Nothing was said otherwise.
"""

import re
from collections.abc import Iterator

from rag.locating.aligning import words_of
from rag.text.sentences import Span

# White space, soft hyphens, and characters without a width.
_SPACE = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]"
_MARK = r"[\"'`´“”„‟‘’‚‛«»‹›]"
_DASH = r"[-‐‑‒–—―−]"
_DOTS = rf"(?:…|\.{_SPACE}*\.{_SPACE}*\.)"
_SPACES = re.compile(_SPACE)
_MARKS, _DASHES = re.compile(rf"{_MARK}+"), re.compile(rf"{_DASH}+")
_PIECE = re.compile(rf"{_MARK}+|{_DASH}+|…|\.\.\.|.", re.DOTALL)
# A soft hyphen, or a character without a width, may stand inside a word.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")


def find_set_otherwise(quote: str, text: str) -> Iterator[Span]:
    """Yield the places of a text with the words of a quote, however they are set."""
    pieces = _PIECE.findall(_SPACES.sub("", quote))
    if not pieces:
        return
    words = _words(quote)
    pattern = f"{_SPACE}*".join(map(_pattern_of, pieces))
    for found in re.finditer(pattern, text):
        # "1 4" is another number than "14".
        if _words(found[0]) == words:
            yield Span(*found.span())


def is_set_otherwise(one: str, other: str) -> bool:
    """Say whether two headlines have the same words; capitals are a matter of style in these."""
    return _letters(one) == _letters(other) and _words(one) == _words(other)


def _pattern_of(piece: str) -> str:
    for marks, known in ((_MARK, _MARKS), (_DASH, _DASHES)):
        if known.fullmatch(piece):
            return f"{marks}(?:{_SPACE}*{marks})*"
    return _DOTS if piece in ("…", "...") else re.escape(piece)


def _letters(text: str) -> str:
    """Return a text without spaces and capitals, with one form of each mark."""
    squeezed = _SPACES.sub("", text).replace("…", "...")
    return _DASHES.sub("-", _MARKS.sub("'", squeezed)).casefold()


def _words(text: str) -> list[str]:
    plain = re.sub(_MARK, "'", _UNSEEN.sub("", text))
    return [word.same for word in words_of(plain)]
