"""Says what the numbers of a sentence count: "50 hospitals", and whom: "5,700 were injured".

One sentence often counts several things. Which of its numbers a question asks for follows from the
word behind "how many", or, where all count people, from what happened to them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from rag.text.calendar import WEEKDAYS
from rag.text.figures import Figure, unhedged
from rag.text.numerals import NUMERALS
from rag.text.patterns import any_of
from rag.text.verbs import is_past_form
from rag.text.words import Word, stems_of, words_of

# The words after a number within which the thing that it counts is named: "49 confirmed cases".
_COUNTED_WORDS = 3
_REACH = 60
# What happened to them stands this many words behind a number, or before it, in its own clause.
_WORDS_BEHIND = 5
_WORDS_BEFORE = 4
CLAUSE_END = re.compile(r"[,;:.()—–]\s|\b(?:and|but|or|while|as|than|with)\b", re.IGNORECASE)
# "The toll rose to 39 yesterday" counts no days.
_DAYS = frozenset((*WEEKDAYS, *"yesterday today tonight tomorrow overnight".split()))
_OUT_OF = re.compile(r"\s+(?:out\s+of|in|of)\s+(?:every\s+)?", re.IGNORECASE)
# "How many people were hurt", not "how many people did it hurt".
_SUFFERED = re.compile(
    r"\s+(?:was|were|is|are|(?:has|have|had)\s+(?:to\s+be|(?:\w+\s+)?been)|will\s+be)\b",
    re.IGNORECASE,
)
# "620 passengers a day" are not those of a year.
_RATE = re.compile(
    r"\s+(?:(?!(?:on|in|for|at|of|within|after|over)\b)[\w-]+\s+){0,3}?"
    r"(?:(?:an?|per|each|every)\s+(?:working\s+)?"
    r"(?:minute|hour|day|night|week|month|quarter|year|head|person|household)\b"
    r"(?!\s+(?:ago|earlier|later|before|after|old)\b)"
    # "£4 buys a day ticket" is no rate.
    r"(?!\s+(?:tickets?|pass(?:es)?|cards?|returns?|rates?|fees?|trips?|permits?|travelcards?)\b)"
    r"|(?-i:daily|weekly|monthly|yearly|annually|hourly|bpd)\b)|-a-(?:day|week|month|year)\b",
    re.IGNORECASE,
)
# "Voted 7-2", "won 3-1", "by 241 votes to 198": neither number is one of all.
_SCORE = re.compile(r"(?<![\d.,-])\d{1,3}[-–—]\d{1,3}(?![\d-]|[.,]\d)")
# "Voted nine to three", "passed by 241 votes to 198".
_VOTES = rf"(?:\d{{1,3}}|{any_of(NUMERALS)})"
_VOTED = re.compile(
    r"\b(?:vot(?:e[ds]?|ing)|carried|passed|approved|rejected|backed|defeated|split|by)\s+"
    rf"(?:(?:it|them|by|the\s+\w+)\s+){{0,2}}(?P<score>{_VOTES}(?:\s+votes?)?\s+(?:to|against)\s+{_VOTES})\b",
    re.IGNORECASE,
)
_SCORED = re.compile(
    r"\b(?:vot(?:e[ds]?|ing)|w[io]n(?:s|ning)?|beat(?:s|en|ing)?|los[est]\w*|draws?|drew|defeat\w*"
    r"|le?ads?|ruled|split|scores?|match|tie|final|confirm\w*|pass(?:ed)?|reject\w*|victory)\b",
    re.IGNORECASE,
)
_ON_TOP = re.compile(
    r"\b(?:another|(?:a|an)\s+(?:further|additional|extra)|(?:and|with)\s+further|additional|extra)"
    r"\s+(?:estimated\s+)?[$£€]?$",
    re.IGNORECASE,
)
_MORE_BEHIND = re.compile(
    r"\s+(?:more(?!\s+than)\s+[a-z]|(?:new|fresh)\s+(?:cases|infections|deaths))"
)
# Shorter words, such as "in" and "the", tell nothing of a number.
_LONG_WORD = re.compile(r"\w{4,}")
_HOW_MANY = re.compile(r"\b(?:how\s+many|more|fewer)\s+(?P<things>[^?]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a question asks the number of: stems of the things, and of what happened to them.

    `done` are those among the deeds that are participles: "moved" of "have been moved to the hall".
    `told` are the past forms right behind the things: "died" of "how many miners died".
    """

    things: frozenset[int]
    deeds: frozenset[int]
    done: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()


def counted_by(sentence: str, figure: Figure) -> frozenset[int]:
    """Return the stems of what a number counts: the content words right after one with no unit."""
    stems: set[int] = set()
    if figure.unit:
        return frozenset()
    end = figure.end
    # "A nine-piece band" counts pieces.
    start = end + 1 if re.match(r"-[^\W\d]", sentence[end : end + 2]) else end
    end = start
    for word in words_of(sentence[start : start + _REACH])[:_COUNTED_WORDS]:
        is_time = word.text.lower() in _DAYS
        if word.stem is None or is_time or sentence[end : start + word.start].strip():
            break
        stems.add(word.stem)
        end = start + word.end
    return frozenset(stems)


def is_rate(sentence: str, figure: Figure) -> bool:
    """Say whether a number is of a unit of time or of each person: "620 passengers a day"."""
    return _RATE.match(sentence, figure.end) is not None


def is_of_score(sentence: str, figure: Figure) -> bool:
    """Say whether a number is one of the two of a vote or a match: "voted 7-2", "won 3-1"."""
    if figure.unit or not _SCORED.search(sentence):
        return False
    scores = [*(found.span() for found in _SCORE.finditer(sentence))]
    scores += (found.span("score") for found in _VOTED.finditer(sentence))
    return any(start <= figure.start < end for start, end in scores)


def is_increment(sentence: str, figure: Figure) -> bool:
    """Say whether a number comes on top of others: "another 120", "12 more people"."""
    before, behind = sentence[: figure.start], sentence[figure.end :]
    return bool(_ON_TOP.search(before) or _MORE_BEHIND.match(behind))


def told_beside(sentence: str, figure: Figure, figures: Sequence[Figure]) -> frozenset[int]:
    """Return the stems of the words around a number in its clause, up to other numbers."""
    first = max((other.end for other in figures if other.end <= figure.start), default=0)
    before = CLAUSE_END.split(unhedged(sentence[first : figure.start]))[-1]
    behind = words_of(_clause_behind(sentence, figure, figures))[:_WORDS_BEHIND]
    words = [*words_of(before)[-_WORDS_BEFORE:], *behind]
    return frozenset(word.stem for word in words if word.stem is not None)


def words_behind(sentence: str, figure: Figure, figures: Sequence[Figure]) -> frozenset[str]:
    """Return the words and years behind a number in its clause, up to the next number."""
    behind = _clause_behind(sentence, figure, figures)
    return frozenset(word.lower() for word in _LONG_WORD.findall(behind))


def _clause_behind(sentence: str, figure: Figure, figures: Sequence[Figure]) -> str:
    """Return the rest of the clause behind a number, up to the next number."""
    last = min((o.start for o in figures if o.start >= figure.end), default=len(sentence))
    return CLAUSE_END.split(sentence[figure.end : last], maxsplit=1)[0]


def read_counted(question: str) -> Counted | None:
    """Return what a question asks the number of; None if it asks for no number so."""
    asked = _HOW_MANY.search(question)
    words = words_of(asked["things"]) if asked else []
    run = list(takewhile(lambda word: word.stem is not None, words[:_COUNTED_WORDS]))
    if not run:
        return None
    things = frozenset(word.stem for word in run if word.stem is not None)
    deeds = things - {run[0].stem}
    rest = asked["things"][run[-1].end :] if asked else ""
    suffered = _SUFFERED.match(rest)
    # "How many were on the boat?" asks for no deed.
    after = words_of(rest[suffered.end() :])[:2] if suffered else []
    behind = list(takewhile(lambda word: word.stem is not None, after))
    deeds |= {word.stem for word in behind if word.stem is not None}
    return Counted(
        things=things,
        deeds=frozenset(deeds),
        done=_past_forms(behind),
        told=_past_forms(run[1:]),
    )


@cache
def _stems_of_them() -> frozenset[int]:
    """Return the stems of words for what was named before: "It damaged 27 others"."""
    return frozenset(stems_of("others more"))


def _past_forms(words: Sequence[Word]) -> frozenset[int]:
    return frozenset(
        word.stem for word in words if word.stem is not None and is_past_form(word.text)
    )


def asked_for(
    asked: Counted, sentence: str, figures: Sequence[Figure], marked: Figure
) -> Figure | None:
    """Return the number of a sentence that a question asks for, where another one was marked.

    It is the only one that counts the things asked for, while the marked one counts other things,
    or the only one beside the word for what happened to them. None leaves the marked one.
    """
    # Of "two more drowned, taking to six the number who have", two are not all.
    able = [
        figure
        for figure in figures
        if not (figure.is_soft or figure.unit or is_increment(sentence, figure))
    ]
    counted = counted_by(sentence, marked) - _stems_of_them()
    # Of "40,000 residents of 12 villages fled", "fled" is no thing that 12 counts.
    things = asked.things - asked.told
    if counted and not counted & asked.things:
        others = [figure for figure in able if counted_by(sentence, figure) & things]
        if len(others) == 1:
            return others[0]
    if told_beside(sentence, marked, figures) & asked.deeds:
        return None
    others = [
        figure
        for figure in able
        if told_beside(sentence, figure, figures) & asked.deeds
        # Of "34 drivers and 16 guards were hurt" each was.
        and not counted_by(sentence, figure) - asked.things - asked.deeds - _stems_of_them()
    ]
    return others[0] if len(others) == 1 and not _is_share(sentence, marked, others[0]) else None


def _is_share(sentence: str, marked: Figure, other: Figure) -> bool:
    """Say whether two numbers are one share: "three out of four"."""
    return _OUT_OF.fullmatch(sentence[marked.end : other.start]) is not None
