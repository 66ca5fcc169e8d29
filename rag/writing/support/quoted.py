"""Checks whether the words that a sentence puts in quotation marks are in the quotes verbatim."""

import re
from collections.abc import Iterator, Sequence

from rag.writing.support.problems import Problem

# A single mark opens before a letter and closes after one. Otherwise it is an apostrophe.
_QUOTED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]"
    r"|(?<!\w)‘([^‘]+?)’(?!\w)|(?<!\w)'(?=\S)([^']+(?:'\w[^']*)*)(?<=\S)'(?!\w)"
)
_GAP = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")
_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_DASHES = re.compile(r"\s*[–—]\s*|\s-\s")


def find_quoted(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Yield the places of quoted words, marks included, with the words."""
    for match in _QUOTED.finditer(sentence):
        yield match.start(), match.end(), next(group for group in match.groups() if group)


def check_quoted(sentence: str, quotes: Sequence[str]) -> list[Problem]:
    """Return the quoted words that are in no quote; a gap ("...", "[...]") may skip words."""
    texts = [_normal(quote) for quote in quotes]
    return [
        Problem(kind="quote", value=" ".join(words.split()))
        for _, _, words in find_quoted(sentence)
        if not any(_holds(text, words) for text in texts)
    ]


def _holds(text: str, words: str) -> bool:
    place = 0
    for piece in _GAP.split(words):
        wanted = _normal(piece).strip(" ,.;:!?\"'")
        if not wanted:
            continue
        found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(text, place)
        if found is None:
            return False
        place = found.end()
    return place > 0


def _normal(text: str) -> str:
    """Return a text in lower case with single spaces and one style of marks and dashes."""
    return " ".join(_DASHES.sub(" - ", text.translate(_MARKS)).casefold().split())
