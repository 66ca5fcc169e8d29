"""Knows how else a word may be written: "labor" for "labour", "women", "F16" for "F-16".

A search tells such words apart, because its index has stems. The words that are written in two ways
are in the file `spellings.tsv`, and irregular plurals in `plurals.tsv`; both are ours.
"""

import re
from collections.abc import Iterator
from functools import cache

from rag.text.data_rows import rows_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W_]+)*")
# "Organise" and "organize", "travelled" and "traveled".
_ISE = re.compile(
    r"(?P<stem>\w{3,}[^\Waeiou_])i(?P<letter>[sz])(?P<ending>e[ds]?|ers?|ing|ations?)"
)
_DOUBLED = re.compile(
    r"(?P<stem>cancel|channel|counsel|dial|equal|fuel|initial|label|level|marvel|model|panel|quarrel"
    r"|rival|shovel|signal|total|travel|tunnel)(?P<doubled>l?)(?P<ending>ed|ers?|ing|ors?)"
)
_OF_MAN = re.compile(r"(?P<stem>\w{3,})(?P<ending>man|men)")


def other_spellings(text: str) -> list[str]:
    """Return other ways to write words of a text, in lower case, each once.

    An irregular plural is another way to write its noun, and "ceasefire" one to write "cease-fire".
    That some of the spellings are used by nobody does no harm in a search.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    found = dict.fromkeys(way for word in words for way in (*_forms(word), *spellings_of(word)))
    return list(found)


def spellings_of(word: str) -> list[str]:
    """Return how a word is written in the other English, British or American, in lower case."""
    return list(dict.fromkeys(_spelt(word.lower())))


def _forms(word: str) -> Iterator[str]:
    """Yield a word without its hyphens, and the plural or the singular of an irregular noun."""
    if "-" in word:
        yield word.replace("-", "")
    if word in _plurals():
        yield _plurals()[word]
    elif found := _OF_MAN.fullmatch(word):
        yield found["stem"] + ("men" if found["ending"] == "man" else "man")


def _spelt(word: str) -> Iterator[str]:
    begins = max((one for one in _spellings() if word.startswith(one)), key=len, default="")
    if begins:
        yield _spellings()[begins] + word.removeprefix(begins)
    if found := _ISE.fullmatch(word):
        letter = "z" if found["letter"] == "s" else "s"
        yield f"{found['stem']}i{letter}{found['ending']}"
    if found := _DOUBLED.fullmatch(word):
        yield found["stem"] + ("" if found["doubled"] else "l") + found["ending"]


@cache
def _spellings() -> dict[str, str]:
    """Return the beginnings of words in both ways, in both directions."""
    pairs = _pairs("spellings.tsv")
    return dict(pairs) | {american: british for british, american in pairs}


@cache
def _plurals() -> dict[str, str]:
    pairs = _pairs("plurals.tsv")
    return dict(pairs) | {plural: singular for singular, plural in pairs}


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in rows_of(name))
