"""Says whether a question asks for the older of two amounts, of which one replaces the other."""

import re
from collections.abc import Sequence, Set

from rag.question.asked import AskedPart
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.counting import words_behind
from rag.text.figures import Figure
from rag.text.replacing import Replaced
from rag.text.words import stems_of

# A question with one of these asks for what was before.
_OF_OLDER = frozenset(
    "original originally before old previous previously earlier expected forecast target asking "
    "initial initially first".split()
)
_CHANGE = r"(?:increase|rise|hike|cut|reduction|change|drop|raise)s?"
# "The toll before it was lowered", "the fare before it went up".
_BEFORE_A_CHANGE = (
    r"\bbefore\s+(?:it|they|that|this)\s+(?:(?:was|were|had\s+been|got)\s+)?"
    r"(?:lowered|raised|cut|revised|reduced|increased|changed|corrected|rose|fell|went\s+(?:up|down))\W*$"
)
# It does so for certain with one of these: "before that" may be before the later amount too.
_SURELY_OF_OLDER = re.compile(
    r"\b(?:original(?:ly)?|initially|(?:the|its|their|his|her)\s+old(?!\s+age)"
    # Not "compared with the previous quarter".
    r"|(?<!\b(?:than|with|from) the )(?<!\bsince the )previous(?:ly)?)\b|\bbefore\W*$"
    # "The price before the increase", but not "before the rise in May", of which there are others.
    rf"|\bbefore\s+(?:(?:the|this|that|its|their|these|last)\s+)?(?:price\s+|pay\s+|tax\s+)?{_CHANGE}"
    r"(?=\W*$|\s+(?:was|were|is|came|took)\b)"
    rf"|{_BEFORE_A_CHANGE}",
    re.IGNORECASE,
)
# Words of a time: "in March", "in 2022", "this year".
_OF_A_TIME = re.compile(
    rf"{MONTH}|{WEEKDAY}|(?:1[5-9]|20)\d\d|year|quarter|month|week", re.IGNORECASE
)


def is_before_a_change(phrase: str) -> bool:
    """Say whether words mean the amount before the one that replaced it: "before it was cut"."""
    return re.match(_BEFORE_A_CHANGE, phrase, re.IGNORECASE) is not None


def wants_older(part: AskedPart, pair: Replaced, sentence: str, figures: Sequence[Figure]) -> bool:
    """Say whether a question asks for the older of two amounts: "the original cost", "in March".

    It does so by such a word, or by words that stand beside the older amount alone.
    """
    if part.words & _OF_OLDER:
        return True
    old, new = _asked_beside(part, pair, sentence, figures)
    return len(old - new) > len(new - old)


def surely_wants_older(
    part: AskedPart, pair: Replaced, sentence: str, figures: Sequence[Figure]
) -> bool:
    """Say whether a question asks for the older of two amounts, whichever the reader marked.

    The amounts are told of two times, and it asks for that of the older one: "3% in May from 2% in
    March". In "to 3% from 2% in March", March may be the time of both.
    """
    if part.wanted.which == "oldest" or _SURELY_OF_OLDER.search(part.text):
        return True
    old, new = _asked_beside(part, pair, sentence, figures)
    is_older = any(map(_OF_A_TIME.fullmatch, old - new)) and not new - old
    return is_older and any(
        _OF_A_TIME.fullmatch(word) for word in words_behind(sentence, pair.new, figures)
    )


def _asked_beside(
    part: AskedPart, pair: Replaced, sentence: str, figures: Sequence[Figure]
) -> tuple[Set[str], Set[str]]:
    """Return the question's words behind the older of two amounts, and those behind the newer."""
    things = part.wanted.counted.things if part.wanted.counted else frozenset()
    words = {word for word in part.words if not things.intersection(stems_of(word))}
    old, new = (words & words_behind(sentence, figure, figures) for figure in pair)
    return old, new
