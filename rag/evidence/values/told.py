"""Finds the value that a sentence tells, in a form in which two values can be compared.

A value is an amount, a span of days or a name. Amounts agree if they are equal or one rounds the
other, days if one span is inside the other, and names if the words of one are all in the other.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from rag.dates.event_times import may_date
from rag.evidence.reader import Evidence
from rag.evidence.when import time_of
from rag.question.asked import AskedPart
from rag.records import Days, EventTime, Hit, ValueKind
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.counting import (
    asked_for,
    counted_by,
    is_increment,
    is_of_score,
    is_rate,
    told_beside,
    words_behind,
)
from rag.text.datelines import dateline_end
from rag.text.enumerations import whole_enumeration
from rag.text.figures import Figure, find_figures, whole_durations, with_hedges
from rag.text.named_amounts import amount_of_named
from rag.text.names import TIME_WORDS, TITLES
from rag.text.numerals import NUMERALS
from rag.text.part_and_whole import part_or_whole, whole_of
from rag.text.places import place_at
from rag.text.replacing import (
    Move,
    Replaced,
    amount_reached,
    asks_ahead,
    is_intended,
    is_unfinished,
    may_replace,
    moved_to,
    replaced_in,
)
from rag.text.rounding import is_same, rounds, same_unit
from rag.text.sentences import Span
from rag.text.stating import Sign
from rag.text.sums import Added, added_alike, added_in, list_end
from rag.text.suspended import with_suspension
from rag.text.tolls import toll_in
from rag.text.whole_spans import whole_span
from rag.text.words import Word, plain, stems_of, words_of

# Where no number is asked for, an answer of more words is more than its number.
_LONGEST_AMOUNT_WORDS = 6
# Before a number in an answer, only words such as "at least" may stand.
_LEAD_WORDS = 2
# "Phase 3", "the Solace 2 pumps".
_IN_A_NAME = re.compile(r"[a-z’,]\s+(?P<name>[A-Z][a-z]+)\s$")
# "Two digits were transposed" tells no amount of what the article is about.
_OF_WRITING = re.compile(r"\s+(?:digits?|figures?|numbers?|letters?|words?|characters?)\b", re.I)
_OF_MORE = re.compile(r"\s+(?:\w+\s+)?of\s+(?:the|them|those|these|its|their|his|her)\b", re.I)
# Units, as `Figure.measure` names them, that a second sentence on the same thing may leave out.
_UNITS_LEFT_OUT = frozenset({"", "%", "days", "months"})
_QUOTED = re.compile('["“”]')
# Longer answers than this are statements, which cannot be compared word by word.
_LONGEST_NAME_WORDS = 6

# A question with one of these asks for what was before.
_OF_OLDER = frozenset(
    "original originally before old previous previously earlier expected forecast target asking "
    "initial initially first".split()
)
# It does so for certain with one of these: "before that" may be before the later amount too.
_SURELY_OF_OLDER = re.compile(
    r"\b(?:original(?:ly)?|initially|(?:the|its|their|his|her)\s+old(?!\s+age)"
    # Not "compared with the previous quarter".
    r"|(?<!\b(?:than|with|from) the )(?<!\bsince the )previous(?:ly)?)\b|\bbefore\W*$",
    re.IGNORECASE,
)
# A question with one of these asks for what is so.
_IS_SO = re.compile(r"\b(?:is|are|does|do|now|current(?:ly)?|at\s+present)\b", re.IGNORECASE)
# Words of a time: "in March", "in 2022", "this year".
_OF_A_TIME = re.compile(
    rf"{MONTH}|{WEEKDAY}|(?:1[5-9]|20)\d\d|year|quarter|month|week", re.IGNORECASE
)
# "For the third time" says how often, and "the first time" does not.
_OF_TIMES = re.compile(r"\bfor\s+(?:the|an?|his|her|its|their)\s+$", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
# Chooses one of the figures of a sentence.
Choose = Callable[[str, Sequence[Figure]], Figure | None]


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
        return not self.counted or bool(self.counted & (other.counted | asked))


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


def value_of(piece: Evidence, part: AskedPart) -> Told | None:
    """Return the value that the reader marked in a sentence; None if it is none of these kinds."""
    if part.kind == "when":
        time = time_of(piece, part)
        return _days_of(piece, time) if time and not _dates_a_move(piece, time, part) else None
    return None if piece.answer is None else _marked_value(piece, part)


def _marked_value(piece: Evidence, part: AskedPart) -> Told | None:
    """Return the amount, the days or the name that the reader marked."""
    figures, every = _amounts_of(piece)
    intended = [] if asks_ahead(part.text) else [p for p in every if is_intended(piece.text, p)]
    replaced = [pair for pair in every if pair not in intended]
    if part.kind == "number" and part.wanted.is_of_the_dead:
        # The reader may have marked the injured.
        toll = toll_in(piece.text, figures)
        if toll is not None and not _counts_some_of_them(piece, part, figures, toll):
            return _amount(piece, _meant(piece, part, figures, toll), figures)
    marked = [figure for figure in figures if _is_marked(piece, figure)]
    if part.kind == "number" and _asks_how_often(part):
        marked = [f for f in marked if not f.is_ordinal or _OF_TIMES.search(piece.text, 0, f.start)]
    if marked and not replaced and (added := _added(piece, part)):
        return _sum_of(piece, added, marked, figures)
    if marked and not replaced and (alike := _added_alike(piece, part, figures, marked[0])):
        return alike
    counts = part.kind == "number" or part.wanted.shape == "comparison"
    read = marked[:1]
    if marked:
        wanted = [pair for pair in every if _surely_wants_older(part, pair, piece.text, figures)]
        wanted += [pair for pair in intended if _IS_SO.search(part.text)]
        # The reader may have marked the newer one, although the older is asked for, or holds.
        turned = next((pair.old for pair in wanted if pair.new is marked[0]), marked[0])
        marked = [amount_reached(part.text, piece.text, figures, turned)]
    is_as_read = marked == read
    older = [pair.old for pair in replaced if _wants_older(part, pair, piece.text, figures)]
    if marked and counts and marked[0] not in older:
        marked = [_meant(piece, part, figures, marked[0])]
    if part.kind == "other" and (time := _marked_time(piece)) is not None:
        return _days_of(piece, time)
    if marked and (_is_an_amount(piece, part) or _begins_with_new(piece, marked[0], replaced)):
        first = marked[0]
        # Of "cut from six points to four" the reader may mark either.
        newer = [pair.new for pair in replaced if pair.old is first and first not in older]
        amount = _amount(piece, newer[0] if newer else first, figures)
        return amount if every or not is_as_read else _with_what_is_marked(amount, part)
    return _name_of(piece, part)


def _asks_how_often(part: AskedPart) -> bool:
    """Say whether a question asks how often something happened."""
    return "often" in part.words or {"many", "times"} <= part.words


def _added(piece: Evidence, part: AskedPart) -> Added | None:
    """Return the marked things that a question asks the number of, if they are counted apart.

    "How many soldiers?" asks for the three of "three soldiers and two nurses" alone.
    """
    if part.kind != "number" or not _HOW_MANY.search(part.text):
        return None
    counted = part.wanted.counted
    asked = counted.things | counted.deeds if counted else frozenset()
    added = added_in(piece.marked)
    if added is None or any(asked & stems_of(thing) for thing in added.things):
        return None
    return added


def _added_alike(
    piece: Evidence, part: AskedPart, figures: Sequence[Figure], marked: Figure
) -> Told | None:
    """Return the sum of a list whose parts are all of the things asked for: "three counts of"."""
    counted = part.wanted.counted
    if part.kind != "number" or counted is None or not _HOW_MANY.search(part.text):
        return None
    things = counted.things - counted.told
    run = added_alike(piece.text, figures, marked, things)
    # "How many counts of fraud?" asks for one part of the list.
    other = part.wanted.stems - things - counted.deeds
    own = {
        frozenset(other & stems_of(" ".join(words_behind(piece.text, one, figures)))) for one in run
    }
    if not run or len(own) > 1:
        return None
    start, end = run[0].start, list_end(piece.text, run[-1])
    answer = Span(piece.span.start + start, piece.span.start + end)
    added = Added((), sum(one.low for one in run))
    return _sum_of(replace(piece, answer=answer), added, [marked], figures)


def _sum_of(
    piece: Evidence, added: Added, marked: Sequence[Figure], figures: Sequence[Figure]
) -> Told | None:
    """Return the sum of things that are counted apart, in the words of all of them."""
    if added.count is None or piece.answer is None:
        return None
    start = piece.span.start
    figure = replace(
        marked[0],
        start=piece.answer.start - start,
        end=piece.answer.end - start,
        low=added.count,
        high=added.count,
        is_soft=False,
        noun=None,
    )
    # What it counts is what the question asks for, by whatever name.
    return replace(_amount(piece, figure, figures), counted=frozenset(), others=frozenset())


def _with_what_is_marked(amount: Told, part: AskedPart) -> Told:
    """Return an amount with all that the reader marked, if not a number alone is asked for.

    "What did the police seize?" is answered by "three guns", and not by "three".
    """
    piece = amount.piece
    if part.kind != "other" or piece.answer is None:
        return amount
    text = piece.found.article.text
    whole = whole_span(text, piece.answer, piece.words)
    whole = whole_enumeration(text, whole, piece.words)
    start, end = min(whole.start, amount.span.start), max(whole.end, amount.span.end)
    return replace(amount, span=Span(start, end))


def _wants_older(part: AskedPart, pair: Replaced, sentence: str, figures: Sequence[Figure]) -> bool:
    """Say whether a question asks for the older of two amounts: "the original cost", "in March".

    It does so by such a word, or by words that stand beside the older amount alone.
    """
    if part.words & _OF_OLDER:
        return True
    old, new = _asked_beside(part, pair, sentence, figures)
    return len(old - new) > len(new - old)


def _surely_wants_older(
    part: AskedPart, pair: Replaced, sentence: str, figures: Sequence[Figure]
) -> bool:
    """Say whether a question asks for the older of two amounts, whichever the reader marked.

    The amounts are told of two times, and it asks for that of the older one: "3% in May from 2% in
    March". In "to 3% from 2% in March", March may be the time of both.
    """
    if _SURELY_OF_OLDER.search(part.text):
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


def _counts_some_of_them(
    piece: Evidence, part: AskedPart, figures: Sequence[Figure], toll: Figure
) -> bool:
    """Say whether a marked number counts those of the dead whom a question asks about: children."""
    counted = part.wanted.counted
    if counted is None:
        return False
    things = counted.things - counted.told - counted.deeds - _stems_of_all()
    marked = [figure for figure in figures if figure != toll and _is_marked(piece, figure)]
    return any(things & told_beside(piece.text, figure, figures) for figure in marked)


@cache
def _stems_of_all() -> frozenset[int]:
    """Return the stems of words for all of the dead."""
    return frozenset(stems_of("people persons victims lives others deaths fatalities dead more"))


def amount_like(piece: Evidence, known: Sequence[Told]) -> Told | None:
    """Return the amount of a sentence that agrees with a known one, if there is one.

    A sentence that replaces a number by another tells the new one, known or not.
    """
    if not any(value.figure for value in known):
        return None
    figures, replaced = _amounts_of(piece)
    if replaced:
        return None
    found = (_amount(piece, figure, figures) for figure in figures if not figure.is_soft)
    return next((one for one in found if any(one.agrees(other) for other in known)), None)


def other_amounts(told: Told) -> list[Told]:
    """Return the other exact amounts of the sentence that tells one."""
    figures, _ = _amounts_of(told.piece)
    return [
        _amount(told.piece, figure, figures)
        for figure in figures
        if figure != told.figure and not (figure.is_soft or figure.is_ordinal or figure.is_vague)
    ]


def amounts_of(piece: Evidence, wanted: Sequence[Figure]) -> Iterator[Told]:
    """Yield the amounts of a sentence that agree with wanted ones."""
    if not wanted:
        return
    figures, _ = _amounts_of(piece)
    for figure in figures:
        if any(amounts_agree(figure, other) for other in wanted):
            yield _amount(piece, figure, figures)


def amount_in(piece: Evidence, choose: Choose) -> Told | None:
    """Return the amount that is chosen among those of a sentence; None if none is."""
    figures, _ = _amounts_of(piece)
    figure = choose(piece.text, figures)
    return None if figure is None else _amount(piece, figure, figures)


class Pair(NamedTuple):
    """Two amounts of one sentence, which says that the new one replaces the old one."""

    old: Told
    new: Told


def is_older_wanted(part: AskedPart, pair: Pair, anchor: Told) -> bool:
    """Say whether an anchor is the older amount of a pair, and a question asks for just that."""
    if not anchor.is_replaced_by(pair):
        return False
    if (anchor.article_id, anchor.span) == (pair.old.article_id, pair.old.span):
        return True
    old, new = pair.old.figure, pair.new.figure
    assert old is not None
    assert new is not None
    piece = pair.old.piece
    return _surely_wants_older(part, Replaced(old, new), piece.text, _amounts_of(piece)[0])


def pairs_told(piece: Evidence, part: AskedPart) -> Iterator[Pair]:
    """Yield the amounts that a sentence replaces by others.

    What is only to replace another does so if a question asks for what is intended or to come.
    """
    if not may_replace(piece.text):
        return
    figures, replaced = _amounts_of(piece)
    for pair in replaced:
        if is_intended(piece.text, pair) and not asks_ahead(part.text):
            continue
        old = _amount(piece, pair.old, figures, is_old=True)
        yield Pair(old, _amount(piece, pair.new, figures))


def _amounts_of(piece: Evidence) -> tuple[Sequence[Figure], Sequence[Replaced]]:
    return amounts_in(piece.found.hit, piece.span, piece.found.article.text)


def amounts_in(hit: Hit, span: Span, text: str) -> tuple[Sequence[Figure], Sequence[Replaced]]:
    """Return the amounts of a sentence, without its dates and its dateline, and what they replace.

    Their places are those in the sentence.
    """
    sentence = text[span.start : span.end]
    dated = [
        (time.start - span.start, time.end - span.start)
        for time in hit.times
        if time.type in ("DATE", "TIME") and span.start <= time.start < span.end
    ]
    dated.append((0, dateline_end(sentence)))
    figures = [
        figure
        for figure in whole_durations(sentence, find_figures(sentence))
        if not any(first <= figure.start < last for first, last in dated)
        and not _OF_WRITING.match(sentence, figure.end)
        and not _is_in_a_name(figure, sentence)
    ]
    return figures, list(replaced_in(sentence, figures))


def _is_in_a_name(figure: Figure, sentence: str) -> bool:
    """Say whether a number belongs to a name: "Phase 3", but not "in Peru 26" or "on Sunday 12"."""
    if figure.unit or "," in sentence[figure.start : figure.end]:
        return False  # "Orr got 5,400 votes and Vesk 3,900"
    found = _IN_A_NAME.search(sentence[: figure.start])
    if found is None or not sentence[figure.start].isdigit():
        return False
    return plain(found["name"]) not in TIME_WORDS and place_at([plain(found["name"])], 0) is None


def _is_marked(piece: Evidence, figure: Figure) -> bool:
    answer, start = piece.answer, piece.span.start
    return (
        answer is not None
        and answer.start - start < figure.end
        and figure.start < answer.end - start
    )


def _meant(piece: Evidence, part: AskedPart, figures: Sequence[Figure], marked: Figure) -> Figure:
    """Return the amount that a question asks for, where the reader may have marked another one."""
    counted = part.wanted.counted
    if counted:
        marked = asked_for(counted, piece.text, figures, marked) or marked
        told_of = part.wanted.stems - part.names - (counted.things - counted.told)
        marked = part_or_whole(piece.text, figures, marked, told_of)
    return amount_of_named(part.text, piece.text, figures, marked) or marked


def _amount(
    piece: Evidence, figure: Figure, figures: Sequence[Figure], *, is_old: bool = False
) -> Told:
    """Return one of the amounts of a sentence as a value."""
    start = piece.span.start
    text = piece.found.article.text
    whole = whole_span(text, Span(figure.start + start, figure.end + start), piece.words)
    others = frozenset().union(
        *(told_beside(piece.text, other, figures) for other in figures if other != figure)
    )
    return Told(
        piece=piece,
        span=with_hedges(text, with_suspension(text, whole, piece.words), piece.words),
        figure=figure,
        counted=counted_by(piece.text, figure),
        beside=told_beside(piece.text, figure, figures),
        others=others,
        move=moved_to(piece.text, figure),
        is_unfinished=is_unfinished(piece.text, figure),
        is_rate=is_rate(piece.text, figure),
        is_increment=is_increment(piece.text, figure),
        is_of_score=is_of_score(piece.text, figure),
        whole=whole_of(piece.text, figures, figure),
        is_part=_OF_MORE.match(piece.text, figure.end) is not None,
        is_old=is_old,
    )


def _is_an_amount(piece: Evidence, part: AskedPart) -> bool:
    """Say whether an answer with a number in it is that number, and no longer statement or name."""
    if part.kind != "other":
        return part.kind == "number"
    assert piece.answer is not None
    answer = piece.found.article.text[piece.answer.start : piece.answer.end]
    return len(words_of(answer)) <= _LONGEST_AMOUNT_WORDS and not _QUOTED.search(answer)


def _begins_with_new(piece: Evidence, first: Figure, replaced: Sequence[Replaced]) -> bool:
    """Say whether an answer begins with an amount and goes on with the older one: "$5 from $9"."""
    assert piece.answer is not None
    before = piece.text[max(0, piece.answer.start - piece.span.start) : first.start]
    is_new = any(pair.new is first for pair in replaced)
    return is_new and len(words_of(before)) <= _LEAD_WORDS


def _days_of(piece: Evidence, time: EventTime) -> Told | None:
    if time.first is None or time.last is None:
        return None
    return Told(piece=piece, span=Span(time.start, time.end), days=(time.first, time.last))


def _dates_a_move(piece: Evidence, time: EventTime, part: AskedPart) -> bool:
    """Say whether a time is that of a count: "the toll of the fire rose to 9 by Thursday"."""
    if part.wanted.is_of_amounts:
        return False
    figures, _ = _amounts_of(piece)
    start = time.start - piece.span.start
    return any(figure.end <= start and moved_to(piece.text, figure) for figure in figures)


def _marked_time(piece: Evidence) -> EventTime | None:
    """Return the time expression that is all of what the reader marked."""
    answer = piece.answer
    assert answer is not None
    return next(
        (
            time
            for time in piece.found.hit.times
            if time.start <= answer.start and answer.end <= time.end and may_date(time)
        ),
        None,
    )


def _name_of(piece: Evidence, part: AskedPart) -> Told | None:
    """Return a name that the reader marked, without the words that do not belong to it.

    If the question asks for neither a person nor a place, all that it marked must be a name.
    """
    assert piece.answer is not None
    text = piece.found.article.text
    span = whole_span(text, piece.answer, piece.words)
    words = words_of(text[span.start : span.end])
    if not words or len(words) > _LONGEST_NAME_WORDS:
        return None
    content = [word for word in words if word.stem is not None]
    if part.kind not in ("who", "where") and not all(w.is_capitalised for w in content):
        return None
    named = [word for word in content if word.is_capitalised and plain(word.text) not in NUMERALS]
    name = _without_titles(named)
    # A list is shown whole, but what was marked of it is the value.
    whole = whole_enumeration(text, span, piece.words, is_list=part.wanted.shape == "list")
    return Told(piece=piece, span=whole, name=name) if name else None


def _without_titles(words: Sequence[Word]) -> frozenset[int]:
    """Return the stems of a name without titles and initials, if more than these is left."""
    named = [
        word
        for word in words
        if len(plain(word.text)) > 1 and plain(word.text.lower()) not in TITLES
    ]
    return frozenset(word.stem for word in named or words if word.stem is not None)


def _is_within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
