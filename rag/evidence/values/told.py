"""What a sentence tells, in a form in which two values can be compared.

A value is an amount, a span of days or a name. Amounts agree if they are equal or one rounds the
other, days if one span is inside the other, and names if the words of one are all in the other.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from rag.evidence.reader import Evidence
from rag.records import Days, ValueKind
from rag.text.figures import Figure
from rag.text.replacing import Move
from rag.text.rounding import is_same, rounds, same_unit
from rag.text.sentences import Span
from rag.text.stating import Sign
from rag.text.tolls import counts_dead, stems_of_people
from rag.text.words import stems_of

# Units, as `Figure.measure` names them, that a second sentence on the same thing may leave out.
_UNITS_LEFT_OUT = frozenset({"", "%", "days", "months"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """A value that a sentence tells: an amount, days, the words of a name or a sign, one of them.

    `span` is its place in the article. `sign` says that what is asked is so, or is not. `counted`
    are the stems of what an amount counts, `beside` those of the words around it, and `others`
    those of the words around the other amounts of its sentence. With `is_part` it counts a part:
    "four of the boats", and `whole` is that of which it is a part, if its sentence says so. With
    `is_rate` it is that of a day or the like, with `is_increment` it comes on top of others:
    "another 120", and with `is_of_score` it is one of two: "voted 7-2". `move` says that it rose or
    fell to this, and `is_unfinished` that it will not stay. With `is_old` the sentence itself says
    that the value no longer holds. `corrected_by` tells what a correction says instead, if that is
    known of this sentence by itself.
    """

    piece: Evidence
    span: Span
    figure: Figure | None = None
    days: Days | None = None
    name: frozenset[int] = frozenset()
    sign: Sign | None = None
    counted: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    is_part: bool = False
    is_rate: bool = False
    is_increment: bool = False
    is_of_score: bool = False
    whole: Figure | None = None
    move: Move = ""
    is_unfinished: bool = False
    is_old: bool = False
    corrected_by: "Told | None" = None

    @property
    def kind(self) -> ValueKind:
        """What kind of value it is."""
        if self.sign:
            return "yes-no"
        return "amount" if self.figure else "days" if self.days else "name"

    @property
    def article_id(self) -> str:
        """The id of the article that tells it."""
        return self.piece.found.article.id

    @property
    def is_vague(self) -> bool:
        """Whether it is an amount that means no single number: "thousands"."""
        return self.figure is not None and self.figure.is_vague

    @property
    def _sort_of_amount(self) -> tuple[bool, ...]:
        """What an amount is besides a plain one; amounts of two sorts are not compared."""
        is_ordinal = self.figure is not None and self.figure.is_ordinal
        return is_ordinal, self.is_rate, self.is_increment, self.is_of_score

    @property
    def _words(self) -> list[str]:
        text = self.piece.found.article.text
        return text[self.span.start : self.span.end].casefold().split()

    @property
    def evidence(self) -> Evidence:
        """The sentence with its value as the answer, which the reader may have marked otherwise."""
        return replace(self.piece, answer=self.span) if self.figure or self.name else self.piece

    def agrees(self, other: "Told") -> bool:
        """Say whether two sentences tell the same value, the one perhaps more exactly."""
        if self.sign:
            return self.sign == other.sign
        if self.figure and other.figure:
            return amounts_agree(self.figure, other.figure)
        if self.days and other.days:
            return _is_within(self.days, other.days) or _is_within(other.days, self.days)
        if self.kind == other.kind == "name" and self._words == other._words:
            return True  # a score, "2-1", has no words that are compared
        if (self.name ^ other.name) & _stems_of_parts():
            return False
        return bool(self.name and other.name) and (
            self.name <= other.name or other.name <= self.name
        )

    def is_replaced_by(self, pair: "Pair") -> bool:
        """Say whether a sentence names this amount as the older one: £52 is not the age of 52."""
        return pair.old.agrees(self) and pair.old.may_have_unit_of(self)

    def may_have_unit_of(self, other: "Told") -> bool:
        """Say whether two amounts are of one unit, or one leaves out a unit that may be left out.

        "He was held for 22 years", and in the correction: "It was 17." Money is written with its
        currency, also in a correction.
        """
        if self.figure is None or other.figure is None:
            return self.figure is other.figure
        units = {self.figure.measure[0], other.figure.measure[0]}
        if len(units) == 1 or same_unit(*units):
            return True
        bare = self if not self.figure.unit else other
        return "" in units and units <= _UNITS_LEFT_OUT and not bare.counted

    def _divides(self, other: "Told") -> bool:
        """Say whether this is a part of another amount: the 29 of "29 of the 43" of 43."""
        if self.whole is None or other.figure is None:
            return False
        return not self.agrees(other) and amounts_agree(self.whole, other.figure)

    def is_comparable(self, other: "Told", asked: Set[int]) -> bool:
        """Say whether two values are of one kind, and this counts what the other counts.

        `asked` are the stems of the question, which may name the thing too.
        """
        if self.figure is None or other.figure is None:
            return (self.days is None) == (other.days is None) and not (self.figure or other.figure)
        is_of_sort = self._sort_of_amount == other._sort_of_amount
        if not is_of_sort or not self.may_have_unit_of(other):
            return False
        if not same_unit(self.figure.measure[0], other.figure.measure[0]):
            return True
        if (self.is_part and not other.is_part) or self._divides(other) or other._divides(self):
            return False
        # In "1,297 were killed and 5,700 hurt" the killed are others than the hurt.
        elsewhere = other.others - other.beside - asked
        if self.beside & elsewhere and not (self.beside - self.counted) & (other.beside | asked):
            return False
        is_same_thing = not self.counted or bool(self.counted & (other.counted | asked))
        return is_same_thing or (self._counts_dead_people and other._counts_dead)

    @property
    def _counts_dead(self) -> bool:
        return counts_dead(self.beside)

    @property
    def _counts_dead_people(self) -> bool:
        """Whether it counts the dead under no other name: "43 people" may be the 27 migrants."""
        return self._counts_dead and bool(self.counted & stems_of_people())


@cache
def _stems_of_parts() -> frozenset[int]:
    """Return the stems of words that make a name another one: "South Sudan" is not "Sudan"."""
    return frozenset(stems_of("south north east west equatorial"))


def is_planned(value: Told) -> bool:
    """Say whether a value is a day that was ahead when it was reported."""
    published = value.piece.published
    return value.days is not None and published is not None and value.days[0] > published


def amounts_agree(one: Figure, other: Figure) -> bool:
    """Say whether two amounts are equal or one rounds the other, in one unit if both name it.

    "Thousands" rounds what it includes.
    """
    pairs = ((one, other), (other, one))
    return any(is_same(*pair) or rounds(*pair) for pair in pairs)


class Pair(NamedTuple):
    """Two amounts of one sentence, which says that the new one replaces the old one."""

    old: Told
    new: Told


def _is_within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
