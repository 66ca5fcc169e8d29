"""Finds words of a sentence where the quotes have an opposite: "rose" instead of "fell".

Two words are in the same place if they share a content word around them. If the quotes also have
the word itself in such a place, or another word of its side, nothing is found. Such quotes may well
say both what began and what ended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.text.numerals import NUMERALS
from rag.text.units import TIME_UNITS
from rag.text.words import Word, stem_of, words_of

# These are base forms, and the irregular forms that `rag.text.verbs` leaves alone. A hyphen joins
# the phrases that `_PHRASES` makes into one word.
_OPPOSITIONS = (
    (
        "begin start launch open resume erupt commence",
        "end stop halt cease finish collapse expire close shut suspend conclude",
    ),
    (
        "rise rose increase grow climb gain jump surge soar raise lift went-up",
        "fall drop decline decrease shrink plunge slump cut lower reduce went-down",
    ),
    ("win beat defeat victory triumph", "lose loss"),
    ("accept agree approve endorse adopt sign", "reject refuse veto turned-down"),
    ("confirm admit acknowledge", "deny"),
    ("before ahead-of precede", "after following follow"),
    ("above over more", "below under less fewer"),
    ("first", "last final"),
    ("high higher highest", "low lower lowest"),
    ("early earlier earliest", "late later latest"),
    ("best better improve", "worst worse worsen deteriorate"),
    ("most", "least"),
    ("full packed crowded", "empty"),
    ("alive survive", "dead die kill"),
    ("enter arrive moved-into", "leave left exit withdraw moved-out"),
    ("buy purchase", "sell"),
    ("free freed release", "capture detain arrest jail imprison seize"),
    ("score", "miss"),
    ("guilty convict", "acquit innocent"),
    ("legal lawful", "illegal unlawful"),
    ("allow permit", "ban forbid prohibit bar"),
    ("join", "quit leave left"),
    ("import", "export"),
    ("strengthen", "weaken"),
    ("success succeed successful", "failure fail unsuccessful"),
    ("support", "oppose"),
    ("long longer longest", "short shorter shortest"),
    ("large larger largest big bigger biggest", "small smaller smallest"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("inside", "outside"),
    ("up upward", "down downward"),
    ("widen", "narrow"),
)
_ORDER = next(i for i, (side, _) in enumerate(_OPPOSITIONS) if "before" in side.split())
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), word)
    for pattern, word in (
        (
            (
                r"(?:take|takes|took|taken|taking|come|comes|came|coming|entered|went) (?:into )?"
                r"(?:force|effect)|broke out|got under way"
            ),
            "began",
        ),
        (r"broke down|fell apart|came to an end", "collapsed"),
        (r"(?:moved|pulled) out(?: of)?", "moved-out"),
        (r"moved into", "moved-into"),
        (r"(?:rose|went|goes|gone) up", "went-up"),
        (r"(?:went|goes|gone) down", "went-down"),
        (r"turned down", "turned-down"),
        (r"ahead of", "ahead-of"),
        (r"lost (?:his|her|their) (?:life|lives)", "died"),
    )
)
_BREAK = re.compile(r"[,;:()—–]|\s-\s")
_CONJUNCTIONS = frozenset("but while although because which who".split())
_NEGATION = re.compile(r"\b(?:not|never|no|without|neither|nor|cannot|\w+n[’']t)\b", re.IGNORECASE)
# How many content words on each side count as the surroundings of a word.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Sided:
    """A word of an opposition in its text: the opposition, its side, and its surroundings."""

    text: str
    opposition: int
    side: int
    left: frozenset[int]
    right: frozenset[int]
    is_denied: bool

    def is_in_place_of(self, other: "_Sided") -> bool:
        """Say whether both words have a content word beside them in common.

        "A before B" means "B after A", so such words need the common word on the same side.
        """
        if self.opposition == _ORDER:
            same = (self.left & other.left) | (self.right & other.right)
            crossed = (self.left & other.right) | (self.right & other.left)
            return bool(same - _numerals()) and not crossed - _numerals()
        return bool((self.left | self.right) & (other.left | other.right))


def find_opposites(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the words of the sentence that are where the quotes have an opposite."""
    given = [sided for quote in quotes for sided in _sided(quote)]
    for word in _sided(sentence):
        if word.is_denied:
            continue
        near = [
            other
            for other in given
            if other.opposition == word.opposition and word.is_in_place_of(other)
        ]
        if near and all(other.side != word.side and not other.is_denied for other in near):
            yield word.text


def is_opposed(word: Word, texts: Sequence[str]) -> bool:
    """Say whether a text has a word from the other side of an opposition of a word."""
    sides = set(_sides().get(_key(word), ()))
    others = {(opposition, 1 - side) for opposition, side in sides}
    return any(
        others.intersection(_sides().get(_key(other), ()))
        for text in texts
        for other in words_of(text)
    )


def _sided(text: str) -> Iterator[_Sided]:
    for pattern, single in _PHRASES:
        text = pattern.sub(single, text)
    words = words_of(text)
    sides = _sides()
    for place, word in enumerate(words):
        for opposition, side in sides.get(_key(word), ()):
            clause = _clause(text, words, place)
            yield _Sided(
                text=word.text.replace("-", " "),
                opposition=opposition,
                side=side,
                left=_stems_near([words[p] for p in range(place - 1, clause.start - 1, -1)]),
                right=_stems_near([words[p] for p in range(place + 1, clause.stop)]),
                is_denied=_NEGATION.search(text[words[clause[0]].start : word.start]) is not None,
            )


@cache
def _numerals() -> frozenset[int]:
    return frozenset(stem for word in NUMERALS if (stem := stem_of(word)) is not None)


@cache
def _sides() -> dict[int | str, list[tuple[int, int]]]:
    """Return, for the key of each word, its oppositions and its side in each."""
    found: dict[int | str, list[tuple[int, int]]] = {}
    for number, pair in enumerate(_OPPOSITIONS):
        for side, listed in enumerate(pair):
            for word in words_of(listed):
                found.setdefault(_key(word), []).append((number, side))
    return found


def _key(word: Word) -> int | str:
    """Return the stem of a word, or the word itself if it is a stop word or a joined phrase."""
    text = word.text.lower()
    return text if word.stem is None or "-" in text else word.stem


def _clause(text: str, words: Sequence[Word], place: int) -> range:
    """Return the places of the words in the same clause."""
    first, last = place, place + 1
    while first and not _parts(text, words, first):
        first -= 1
    while last < len(words) and not _parts(text, words, last):
        last += 1
    return range(first, last)


def _parts(text: str, words: Sequence[Word], place: int) -> bool:
    """Say whether a clause ends before a word; "and" between two names does not end one."""
    word = words[place]
    if _BREAK.search(text, words[place - 1].end, word.start) or word.text in _CONJUNCTIONS:
        return True
    return word.text == "and" and place + 1 < len(words) and not words[place + 1].is_capitalised


def _stems_near(side: Sequence[Word]) -> frozenset[int]:
    """Return the stems of the nearest content words on a side, and of the parts of joined words.

    Lengths of time are left out, because "five days after" and "five days before" share them.
    """
    near = [word.text.lower() for word in side if word.stem is not None][:_NEAR]
    parts = (part for text in near for part in re.split(r"[-–]", text) if part not in TIME_UNITS)
    return frozenset(stem for part in parts if (stem := stem_of(part)) is not None)
