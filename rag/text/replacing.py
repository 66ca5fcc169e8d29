"""Finds where a sentence replaces one number by another: "cut from six points to four".

Later reports of a story often name the number that no longer holds beside the new one. Which of the
two is new follows from the words between them and before them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rag.text.figures import Figure
from rag.text.numerals import MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.rounding import may_be_of_one_unit

Move = Literal["", "up", "down"]

_FEW = r"(?:[\w’'-]+,?\s+){0,3}"
# "171 pages, more than a year after 10 were killed": nothing is compared.
_NO_TIME = r"(?!(?:[\w’'-]+\s+){0,2}(?:after|before|since|when|while|because)\b)"
_LEAD = r"(?:(?:about|some|around|nearly|almost|over|more than|the|an?|its|their|his|her|our)\s+)*"
_COIN = r"(?:[A-Z][\w.]{0,3}\s?)?"
# In a range neither number replaces the other.
_RANGES = re.compile(
    r"\b(?:rang\w+|between|aged|anywhere|varie[sd]|vary|(?:costs?|priced|sell\w*|sold)\s+from)\b",
    re.IGNORECASE,
)
# "More than the 38 won by Holm" is Holm's, and not an older one.
_OF_ANOTHER = re.compile(r"\s+(?:[a-z]+\s+)?(?:won\s+by|spent\s+on|for|by)\s+(?:the\s+)?[A-Z]")
_FROM = re.compile(rf"\bfrom\s+{_LEAD}{_COIN}$", re.IGNORECASE)
_TO = re.compile(rf"\b(?:to|at|of|by|is|was|are|were)\s+{_LEAD}{_COIN}$", re.IGNORECASE)
_TO_BETWEEN = re.compile(rf"^\W*{_FEW}to\s+{_LEAD}{_COIN}$", re.IGNORECASE)
_FROM_BETWEEN = re.compile(
    rf"^\W*{_FEW}(?:(?:up|down)\s+)?from\s+{_LEAD}{_FEW}(?:of\s+)?{_COIN}$", re.IGNORECASE
)
_NOT_BETWEEN = re.compile(
    rf"^[^.;]{{0,120}}?(?:,\s+(?:and\s+)?|\s+and\s+)not\s+{_LEAD}{_COIN}$"
    rf"|^\W*{_FEW}(?:rather\s+than|instead\s+of|replac\w+|correct\w+)\s+{_LEAD}{_FEW}{_COIN}$",
    re.IGNORECASE,
)
# "31 percent, less than the 38 percent announced", "2.9m, double its first estimate of 1.2m".
_THAN_BETWEEN = re.compile(
    r"^[^.;]{0,80}?\b(?:less|fewer|more|lower|higher|smaller|larger|greater|double|twice|treble"
    rf"|triple|half|up|down)\b\W+(?:than\s+|on\s+)?(?:the|its|their|an?|his|her|our)\s+{_NO_TIME}{_FEW}"
    rf"(?:of\s+)?{_COIN}$",
    re.IGNORECASE,
)
# "Two people died, lowering a toll of three".
_REVISING_BETWEEN = re.compile(
    r"^[^.;]{0,120}?\b(?:lower|rais|revis|correct|replac|cutt?|increas|reduc|doubl)ing\s+"
    rf"(?:the|its|an?|their)\s+{_FEW}(?:of\s+)?{_COIN}$",
    re.IGNORECASE,
)
# "Costed last year at $28 million, is now expected to cost $41 million".
_NOW_BETWEEN = re.compile(
    r"^[^.;]{0,80}?\b(?:is|are|has|have|but|and)\s+now\b[^.;]{0,60}$", re.IGNORECASE
)


_NUMBER = re.compile(rf"\d[\d,.]*|\b{any_of([*NUMERALS, *MULTIPLIERS])}\b", re.IGNORECASE)
# One of these words stands between two such numbers.
_CUE = re.compile(
    r"\b(?:to|from|not|rather|instead|now|less|fewer|more|lower|higher|smaller|larger|greater"
    r"|double|twice|treble|triple|half|up|down|replac\w+|correct\w+|\w+ing)\b",
    re.IGNORECASE,
)


# "The toll rose to 135": what was lower does not hold any more.
_UP = (
    r"rose|risen|rises|rising|climb(?:s|ed|ing)|gr[eo]wn?|growing|increas(?:es|ed|ing)|jumped"
    r"|(?:gone|went|going)\s+up|swell(?:s|ed)|mounted|revised\s+up(?:wards?)?|raised|surged|soared"
    r"|edged\s+up|doubled|trebled|tripled"
)
_DOWN = (
    r"fell|fallen|falling|dropped|decreased|(?:gone|went|going)\s+down|eased|slipped|slowed"
    r"|declined|revised\s+down(?:wards?)?|lowered|reduced"
)
# "The term of nine years was cut to seven years", "the £4m estimate has risen to £9m".
_CHANGED_TO_BETWEEN = re.compile(
    r"^(?:(?!\b(?:that|which|who|whose|where|while|and|but)\b)[^.,;:]){0,60}?"
    r"\b(?:was|were|is|are|been|being|has|have|had)\s+(?:(?:\w+ly|since|now)\s+)?"
    rf"(?:{_UP}|{_DOWN}|cut|extended|trimmed|slashed|lifted|commuted|shortened|lengthened|halved)"
    rf"\s+(?:(?:back|down|up|again)\s+)?to\s+{_LEAD}{_COIN}$",
    re.IGNORECASE,
)
_MOVED: tuple[tuple[Move, str], ...] = (("up", _UP), ("down", _DOWN))
_MOVED_TO = tuple(
    (
        move,
        re.compile(rf"\b(?:{verbs})\s+(?:[a-z-]+\s+){{0,2}}?to\s+{_LEAD}{_COIN}$", re.IGNORECASE),
    )
    for move, verbs in _MOVED
)
# "The toll has reached 135": a count of these does not fall.
_REACHED = re.compile(
    r"\b(?:tolls?|number\s+of\s+(?:[\w-]+\s+){1,3}|death\s+count|tally)[^.;]{0,60}?\s(?:reach(?:es|ed)?"
    r"|(?:sur)?pass(?:es|ed)|topped|tops|exceed(?:s|ed)|(?:stands?|stood)\s+at|jumped\s+past|hits?)"
    rf"\s+{_LEAD}{_COIN}$",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(
    rf"\b(?:tolls?|numbers?|counts?|totals?|rates?|prices?|levels?|rise|fall|increase|decrease|drop"
    rf"|climb|reach(?:es|ed)?|{_UP}|{_DOWN})\b",
    re.IGNORECASE,
)
# "12 so far", "reads 9 metres and is still rising": a later number takes its place.
_UNFINISHED = re.compile(
    r"^[^.;]{0,60}?\b(?:so\s+far|(?:is|are|was|were|and)\s+(?:still\s+)?"
    r"(?:rising|climbing|growing|increasing|falling|dropping))\b",
    re.IGNORECASE,
)
_SO_FAR_BEFORE = re.compile(r"\bso\s+far,?\s+[^.;,]{0,40}$", re.IGNORECASE)
# "He has promised to cut the tax to 12% from 16%": it is 16% as yet.
_CHANGES = (
    r"(?:cut|rais|lower|reduc|increas|lift|bring|push|tak|slash|trim|halv|doubl|extend|shorten|lengthen"
    r"|mov|chang|put)(?:e|ing|t?ing)?\b"
)
_INTENDED = re.compile(
    r"\b(?:(?:promis|propos|hop)(?:e|es|ed|ing)|(?:plan|want|aim|intend|vow|wish|offer|threaten)"
    r"(?:s|n?ed|n?ing)?|pledg(?:e|es|ed|ing)|(?:bill|plans?|proposals?|amendment|motion)\s+(?:would|could))"
    rf"\s+(?:to\s+|that\s+\w+\s+would\s+)?(?:\w+ly\s+)?{_CHANGES}[^.;:]{{0,60}}$"
    rf"|\b(?:consider|propos|recommend|suggest|urg)(?:ed|es|ing|s)\s+{_CHANGES}[^.;:]{{0,60}}$",
    re.IGNORECASE,
)
# A question with one of these asks what is intended, or what is to be.
_ASKS_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|should|may|might|going\s+to|plan\w*|promis\w+|propos\w+|pledg\w+"
    r"|vow\w*|want\w*|expect\w*|aim\w*|intend\w*|offer\w*|hop\w+|demand\w*|recommend\w*|consider\w*"
    r"|suggest\w*|threat\w*|wish\w*|seek\w*|next|new)\b",
    re.IGNORECASE,
)
# "The cost has risen by £61m to £473m": by how much it changed, and to what.
_BY = re.compile(rf"\bby\s+{_LEAD}{_COIN}$", re.IGNORECASE)
_REACHED_BETWEEN = re.compile(rf"^\W*to\s+{_LEAD}{_COIN}$", re.IGNORECASE)
_ASKS_CHANGE = re.compile(
    r"\b(?:by\s+how|r[io]se[ns]?|increas\w*|f[ae]ll(?:s|en)?|drop\w*|(?:go|goes|gone|went)\s+(?:up|down)"
    r"|cut|rais\w*|gr[eo]w\w*|chang\w*|more|less|higher|lower|extra|difference|climb\w*)\b(?!.*\bto\W*$)",
    re.IGNORECASE,
)


class Replaced(NamedTuple):
    """A number that no longer holds, and the one that does."""

    old: Figure
    new: Figure


def amount_reached(
    question: str, sentence: str, figures: Sequence[Figure], marked: Figure
) -> Figure:
    """Return the amount to which another rose or fell where the change is marked, and not asked."""
    if not _BY.search(sentence[: marked.start]) or _ASKS_CHANGE.search(question):
        return marked
    reached = next((figure for figure in figures if figure.start >= marked.end), None)
    if reached is None or not _REACHED_BETWEEN.match(sentence[marked.end : reached.start]):
        return marked
    return reached


def is_intended(sentence: str, replaced: Replaced) -> bool:
    """Say whether a number is only to replace another: "he promised to cut it to 12% from 16%"."""
    return _INTENDED.search(sentence[: min(replaced.old.start, replaced.new.start)]) is not None


def asks_ahead(question: str) -> bool:
    """Say whether a question asks what is intended or to come, and not what is so."""
    return _ASKS_AHEAD.search(question) is not None


def moved_to(sentence: str, figure: Figure) -> Move:
    """Return whether a number rose or fell to this one, as its sentence says."""
    before = sentence[: figure.start]
    if _REACHED.search(before):
        return "up"
    return next((move for move, pattern in _MOVED_TO if pattern.search(before)), "")


def speaks_of_amounts(text: str) -> bool:
    """Say whether a text, such as a question, is about an amount and how it changes."""
    return _AMOUNTS.search(text) is not None


def is_unfinished(sentence: str, figure: Figure) -> bool:
    """Say whether a sentence says of a number that there will be another one: "12 so far"."""
    before, behind = sentence[: figure.start], sentence[figure.end :]
    return bool(_UNFINISHED.search(behind) or _SO_FAR_BEFORE.search(before))


def may_replace(sentence: str) -> bool:
    """Say at little cost whether a sentence may replace one number by another."""
    return len(_NUMBER.findall(sentence)) > 1 and _CUE.search(sentence) is not None


def replaced_in(sentence: str, figures: Sequence[Figure]) -> Iterator[Replaced]:
    """Yield the numbers of a sentence that it replaces by others of the same unit.

    `figures` are the numbers of the sentence to look at, in order.
    """
    if _RANGES.search(sentence):
        return
    sure = [figure for figure in figures if not (figure.is_soft or figure.is_ordinal)]
    for place, second in enumerate(sure):
        pairs = (_pair(sentence, first, second) for first in reversed(sure[:place]))
        if found := next(filter(None, pairs), None):
            yield found
        elif sure[0] is not second and _is_revised(sentence, sure[0], second):
            yield Replaced(old=second, new=sure[0])


def _pair(sentence: str, first: Figure, second: Figure) -> Replaced | None:
    """Return which of two numbers replaces the other, if one does."""
    before, between = sentence[: first.start], sentence[first.end : second.start]
    if not may_be_of_one_unit(first.unit, second.unit):
        return None
    if (_FROM.search(before) and _TO_BETWEEN.match(between)) or _NOW_BETWEEN.match(between):
        return Replaced(old=first, new=second)
    if first.unit and second.unit and _CHANGED_TO_BETWEEN.match(between):
        return Replaced(old=first, new=second)
    is_from = _TO.search(before) and _FROM_BETWEEN.match(between)
    is_more = _THAN_BETWEEN.match(between) and not _OF_ANOTHER.match(sentence, second.end)
    if is_from or _NOT_BETWEEN.match(between) or is_more:
        return Replaced(old=second, new=first)
    return None


def _is_revised(sentence: str, first: Figure, second: Figure) -> bool:
    """Say whether a number revises a later one: "Two died, lowering a toll of three"."""
    return _REVISING_BETWEEN.match(sentence[first.end : second.start]) is not None
