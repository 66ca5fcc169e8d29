"""Writes each letter with its accent as one character, and letters that were joined as several.

A reader sees no difference, and a search would find none of the other form: "é" may be an "e" with
an accent behind it, and a PDF may have the "fi" of "financial" as one character.
"""

import re
import unicodedata
from dataclasses import dataclass

from rag.text.sentences import Span

# ff, fi, fl, ffi, ffl and st as one character, the last in two forms.
_JOINED = re.compile("[\ufb00-\ufb06]")


def composed(text: str) -> str:
    """Return a text in the form NFC of Unicode, without joined letters."""
    if text.isascii():
        return text
    parted = _JOINED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", parted)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text that was composed, and for each of its characters the place of those it is from."""

    text: str
    places: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "Composed":
        """Return a text composed, one letter with its accents after the other."""
        characters: list[str] = []
        places: list[Span] = []
        start = 0
        for end in range(1, len(text) + 1):
            if end < len(text) and _belongs_to_last(text[end]):
                continue
            letter = composed(text[start:end])
            characters.append(letter)
            places += [Span(start, end)] * len(letter)
            start = end
        return cls("".join(characters), tuple(places))

    def place_before(self, place: Span) -> Span:
        """Return where a place of the composed text was in the text before."""
        start = self.places[place.start].start if place.start < len(self.places) else self._end
        return Span(start, self.places[place.end - 1].end if place.start < place.end else start)

    @property
    def _end(self) -> int:
        return self.places[-1].end if self.places else 0


def _belongs_to_last(character: str) -> bool:
    """Say whether a character is written with the one before it: an accent, a part of a Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
