"""Finds words of a sentence where other texts have an opposite: "rose" instead of "fell".

Two words are in the same place if they share a content word around them. If the quotes also have
the word itself in such a place, or another word of its side, nothing is found. Such quotes may well
say both what began and what ended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from rag.text.numerals import NUMERALS
from rag.text.units import TIME_UNITS
from rag.text.words import Word, stem_of, words_of

_IN_NEWS, _IN_LEXICON = "opposites_in_news.txt", "opposites.txt"
# The sections of the file of news. The words of two of them need more than a word in common.
_OPPOSITES, _OF_SENTENCES, _OF_QUESTIONS = "[opposites]", "[of sentences]", "[of questions]"
_ORDER, _TWO_SIDES = "[order]", "[of questions, one event from two sides]"
# These say one thing from two sides too, but are no opposites: who replaced Orr succeeded Orr.
_ONE_DEED = "[one deed from two sides]"
# Questions are compared by more opposites than written sentences, which know fewer ways to go
# wrong: with all of them, 2 of 26 reversals in sentences that were held back are no longer found.
_USED = {
    False: frozenset({_OPPOSITES, _ORDER, _OF_SENTENCES}),
    True: frozenset({_OPPOSITES, _ORDER, _OF_QUESTIONS, _TWO_SIDES}),
}
_BACKED = r"(?:vot(?:es?|ed|ing)|argu(?:es?|ed|ing)|campaign(?:s|ed|ing)?|sp(?:eaks?|oke|oken))"


def _phrases(listed: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE), word) for phrase, word in listed)


_AFTER_NOUN = (
    r"in|of|at|on|against|between|with|when|last|and|to|for|by|was|is|were|this|after|before"
)
_PHRASES = _phrases(
    (
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
_IN_YEARS = r"in (?:[\w-]+ ){0,3}?(?:years?|decades?|months?|century|generation)"
# In these, a word that has an opposite is no side of it: "how high", "at least", "the cup final".
_WITHOUT_SIDES = (
    (r"how (?:high|low|long|large|big|small|short|early|late|wide|narrow|full)", "how-much"),
    # "The first levy since 2015" tells when there was one last.
    (rf"first(?= (?:[\w’'-]+ ){{0,6}}?(?:since|{_IN_YEARS})\b)", "first-since"),
    (r"at (?:the )?(?:very )?(?:most|least|earliest|latest)", "at-all-events"),
    (r"the latest(?! (?:date|day|time|start|finish)\b)", "the-newest"),
    (rf"(?:semi-?|quarter-?)?finals?(?=\W*(?:$|[?.,;:!)(]|(?:{_AFTER_NOUN})\b))", "final-match"),
    (r"shortly|as long as|so long as|no longer", "soon-after"),
)
_PHRASES_OF_QUESTIONS = _PHRASES + _phrases(
    (
        *_WITHOUT_SIDES,
        (r"(?:steps?|stepped|stepping) (?:down|aside)", "stepped-down"),
        (r"(?:takes?|took|taken|taking) over", "took-over"),
        (r"(?:lays?|laid|laying) off", "laid-off"),
        (r"(?:comes?|came|coming) back", "came-back"),
        (r"lets? out|letting out", "let-out"),
        (rf"{_BACKED} for|in favou?r(?: of)?", "voted-for"),
        (
            rf"{_BACKED} against|against(?=\W*(?:$|[.,;)]|and\b|with\b))",
            "voted-against",
        ),
        # Before "came out of", which workers do at the beginning of a strike.
        (
            r"(?:down(?:s|ed|ing)?|laid down) tools|walk(?:s|ed|ing)? (?:out|off the job)",
            "downed-tools",
        ),
        (
            r"(?:go|goes|going|went|gone|return(?:s|ed|ing)?) (?:back )?to work|back at work",
            "returned-to-work",
        ),
        (
            r"(?:placed|put) under(?= (?:quarantine|curfew|lockdown|restrictions?|embargo))",
            "imposed",
        ),
        (r"(?:strikes?|struck|striking) down|(?:throws?|threw|thrown) out", "quashed"),
        (r"(?:puts?|putting) (?:off|back)", "postponed"),
        (r"(?:puts?|putting) out", "extinguished"),
        (r"(?:brings?|brought|bringing) forward", "brought-forward"),
        (r"(?:go|goes|going|went|gone|been taken) into", "moved-into"),
        (r"(?:comes?|coming|came|walked|get|got) out(?: of)?", "moved-out"),
    )
)
_BREAK = re.compile(r"[,;:()—–]|\s-\s")
_CONJUNCTIONS = frozenset("but while although because which who".split())
_NEGATION = re.compile(r"\b(?:not|never|no|without|neither|nor|cannot|\w+n[’']t)\b", re.IGNORECASE)
# What stands before a participle in the passive, within so many characters.
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:(?:\w+ly|also|later)\s+)?$", re.IGNORECASE
)
_REACH_OF_PASSIVE = 24
# How many content words on each side count as the surroundings of a word.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Opposition:
    """Two sides of opposite words, and the section of the file that they are in."""

    sides: tuple[str, str]
    kind: str


@dataclass(frozen=True, slots=True)
class SidedWord:
    """A word of an opposition in its text: the opposition, its side, and its surroundings."""

    text: str
    opposition: _Opposition
    side: int
    left: frozenset[int]
    right: frozenset[int]
    is_denied: bool
    is_passive: bool

    def is_in_place_of(self, other: "SidedWord") -> bool:
        """Say whether both words have a content word beside them in common.

        "A before B" means "B after A", so such words need the common word on the same side. What
        was sold was bought, so such words need the common word before them, where the one is who
        sold or bought.
        """
        if self.opposition.kind == _TWO_SIDES:
            return bool(self.left & other.left) and not (self.is_passive or other.is_passive)
        if self.opposition.kind == _ORDER:
            same = (self.left & other.left) | (self.right & other.right)
            crossed = (self.left & other.right) | (self.right & other.left)
            return bool(same - _numerals()) and not crossed - _numerals()
        return bool((self.left | self.right) & (other.left | other.right))


def find_opposites(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the words of the sentence that are where the quotes have an opposite."""
    given = [sided for quote in quotes for sided in _sided(quote, of_questions=False)]
    yield from _opposed(list(_sided(sentence, of_questions=False)), given)


def find_opposed(said: Sequence[SidedWord], text: str) -> Iterator[str]:
    """Yield words of a question where a text has an opposite, and nothing of their side."""
    given = sided_words(text)
    told = {(word.opposition, word.side) for word in given}
    yield from _opposed([w for w in said if (w.opposition, w.side) not in told], given)


def _opposed(said: Iterable[SidedWord], given: Sequence[SidedWord]) -> Iterator[str]:
    for word in said:
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
    known = _sides(of_questions=False)
    others = {(opposition, 1 - side) for opposition, side in known.get(_key(word), ())}
    return any(
        others.intersection(known.get(_key(other), ()))
        for text in texts
        for other in words_of(text)
    )


@cache
def allied_stems(stem: int) -> frozenset[int]:
    """Return the stems of the words that are on the same side as a word: "die" for "kill"."""
    return frozenset(
        other.stem
        for opposition, side in _sides(of_questions=True).get(stem, ())
        for other in words_of(opposition.sides[side])
        if other.stem is not None
    )


def is_told_in(stem: int, told: Set[int]) -> bool:
    """Say whether the words of a text, by their stems, have a word or another one for it."""
    return stem in told or bool(allied_stems(stem) & told)


@cache
def opposed_stems(stem: int) -> frozenset[int]:
    """Return the stems of the words that are opposites of a word: "reject" for "approve"."""
    return frozenset(
        other.stem
        for opposition, side in _sides(of_questions=True).get(stem, ())
        if opposition.kind in (_OPPOSITES, _OF_QUESTIONS)
        for other in words_of(opposition.sides[1 - side])
        if other.stem is not None
    )


def converse_stems(stem: int) -> frozenset[int]:
    """Return the stems of the words that say the same from the other side: "sell" for "buy"."""
    return _converse().get(stem, frozenset())


@cache
def _converse() -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for kind, *sides in _lines():
        if kind in (_TWO_SIDES, _ONE_DEED):
            one, other = (set(filter(None, map(stem_of, side.split()))) for side in sides)
            for own, across in ((one, other), (other, one)):
                found |= {stem: found.get(stem, frozenset()) | across for stem in own}
    return found


def sided_words(text: str) -> tuple[SidedWord, ...]:
    """Return the words of a question, or of a text to compare with it, that have an opposite."""
    return tuple(_sided(text, of_questions=True))


def _sided(text: str, *, of_questions: bool) -> Iterator[SidedWord]:
    for pattern, single in _PHRASES_OF_QUESTIONS if of_questions else _PHRASES:
        text = pattern.sub(single, text)
    words = words_of(text)
    sides = _sides(of_questions=of_questions)
    for place, word in enumerate(words):
        for opposition, side in sides.get(_key(word), ()):
            clause = _clause(text, words, place)
            yield SidedWord(
                text=word.text.replace("-", " "),
                opposition=opposition,
                side=side,
                left=_stems_near([words[p] for p in range(place - 1, clause.start - 1, -1)]),
                right=_stems_near([words[p] for p in range(place + 1, clause.stop)]),
                is_denied=_NEGATION.search(text[words[clause[0]].start : word.start]) is not None,
                is_passive=_PASSIVE.search(
                    text[max(0, word.start - _REACH_OF_PASSIVE) : word.start]
                )
                is not None,
            )


@cache
def _numerals() -> frozenset[int]:
    return frozenset(stem for word in NUMERALS if (stem := stem_of(word)) is not None)


@cache
def _sides(*, of_questions: bool) -> dict[int | str, list[tuple[_Opposition, int]]]:
    """Return, for the key of each word, its oppositions and its side in each."""
    found: dict[int | str, list[tuple[_Opposition, int]]] = {}
    for opposition in _oppositions(of_questions=of_questions):
        for side, listed in enumerate(opposition.sides):
            for word in words_of(listed):
                found.setdefault(_key(word), []).append((opposition, side))
    return found


def _oppositions(*, of_questions: bool) -> Iterator[_Opposition]:
    """Yield the oppositions of the data files, without pairs that another one has already.

    The words are base forms, and the irregular forms that `rag.text.verbs` leaves alone.
    """
    known: set[frozenset[str]] = set()
    for kind, one, other in _lines():
        if kind in _USED[of_questions] and frozenset((one, other)) not in known:
            yield _Opposition((one, other), kind)
            known |= {frozenset(pair) for pair in product(one.split(), other.split())}


def _lines() -> Iterator[tuple[str, str, str]]:
    """Yield the section and the two sides of each line; the lexicon is for questions only."""
    for name in (_IN_NEWS, _IN_LEXICON):
        kind = _OF_QUESTIONS
        for line in (files("rag.text") / name).read_text(encoding="utf-8").splitlines():
            one, bar, other = line.partition(" | ")
            if line.startswith("["):
                kind = line
            elif bar and not line.startswith("#"):
                yield kind, one, other


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
