"""Reads the value that a sentence tells: an amount, a span of days or a name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rag.dates.event_times import may_date
from rag.evidence.reader import Evidence
from rag.evidence.values.amounts_told import amount_told, figures_of
from rag.evidence.values.older import surely_wants_older, wants_older
from rag.evidence.values.sums_told import counted_apart, sum_of, sum_of_list
from rag.evidence.values.told import Pair, Told
from rag.evidence.when import time_of
from rag.question.asked import AskedPart
from rag.records import EventTime
from rag.text.counting import (
    asked_for,
    told_beside,
)
from rag.text.enumerations import whole_enumeration
from rag.text.figure_groups import amount_of_group
from rag.text.figures import Figure
from rag.text.named_amounts import amount_of_named
from rag.text.names import TITLES
from rag.text.numerals import NUMERALS
from rag.text.part_and_whole import part_or_whole
from rag.text.replacing import (
    Replaced,
    amount_reached,
    asks_ahead,
    is_intended,
    moved_to,
)
from rag.text.sentences import Span
from rag.text.tolls import stems_of_people, toll_in
from rag.text.whole_spans import whole_span
from rag.text.words import Word, plain, stems_of, words_of

# Where no number is asked for, an answer of more words is more than its number.
_LONGEST_AMOUNT_WORDS = 6
# Before a number in an answer, only words such as "at least" may stand.
_LEAD_WORDS = 2
_QUOTED = re.compile('["“”]')
# Longer answers than this are statements, which cannot be compared word by word.
_LONGEST_NAME_WORDS = 6
# A question with one of these asks for what is so.
_IS_SO = re.compile(r"\b(?:is|are|does|do|now|current(?:ly)?|at\s+present)\b", re.IGNORECASE)
# "It began a month late" tells no length, unless just that is asked for.
_HOW_LATE = re.compile(r"\s[a-z]+\s(?:late|early|overdue)\b(?!\s+[a-z]+\s+(?:show|train|bus)\b)")
_ASKS_HOW_LATE = re.compile(
    r"\b(?:late|early|overdue|delay\w*|behind|ahead|wait\w*|h[eo]ld\s+up)\b", re.IGNORECASE
)
# "For the third time" says how often, and "the first time" does not.
_OF_TIMES = re.compile(r"\bfor\s+(?:the|an?|his|her|its|their)\s+$", re.IGNORECASE)


def value_of(piece: Evidence, part: AskedPart) -> Told | None:
    """Return the value that the reader marked in a sentence; None if it is none of these kinds."""
    if part.kind == "when":
        time = time_of(piece, part)
        return _days_of(piece, time) if time and not _dates_a_move(piece, time, part) else None
    return None if piece.answer is None else _marked_value(piece, part)


def _marked_value(piece: Evidence, part: AskedPart) -> Told | None:
    """Return the amount, the days or the name that the reader marked."""
    figures, every = figures_of(piece)
    intended = [] if asks_ahead(part.text) else [p for p in every if is_intended(piece.text, p)]
    replaced = [pair for pair in every if pair not in intended]
    if part.kind == "number" and part.wanted.is_of_the_dead:
        # The reader may have marked the injured.
        toll = toll_in(piece.text, figures)
        if toll is not None and not _counts_some_of_them(piece, part, figures, toll):
            meant = _meant(piece, part, figures, toll)
            before = [p for p in every if surely_wants_older(part, p, piece.text, figures)]
            return amount_told(piece, _turned(meant, before), figures)
    marked = _marked_figures(piece, part, figures)
    if marked and not replaced and (added := counted_apart(piece, part)):
        return sum_of(piece, added, marked[0], figures)
    if marked and not replaced and (listed := sum_of_list(piece, part, figures, marked[0])):
        return listed
    counts = part.kind == "number" or part.wanted.shape == "comparison"
    read = marked[:1]
    if marked:
        wanted = [pair for pair in every if surely_wants_older(part, pair, piece.text, figures)]
        wanted += [pair for pair in intended if _IS_SO.search(part.text)]
        # The reader may have marked the newer one, although the older is asked for, or holds.
        turned = _turned(marked[0], wanted)
        marked = [amount_reached(part.text, piece.text, figures, turned)]
    is_as_read = marked == read
    older = [pair.old for pair in replaced if wants_older(part, pair, piece.text, figures)]
    if marked and counts and marked[0] not in older:
        marked = [_meant(piece, part, figures, marked[0])]
    if part.kind == "other" and (time := _marked_time(piece)) is not None:
        return _days_of(piece, time)
    if marked and (_is_an_amount(piece, part) or _begins_with_new(piece, marked[0], replaced)):
        first = marked[0]
        # Of "cut from six points to four" the reader may mark either.
        newer = [pair.new for pair in replaced if pair.old is first and first not in older]
        amount = amount_told(piece, newer[0] if newer else first, figures)
        return amount if every or not is_as_read else _with_what_is_marked(amount, part)
    return _name_of(piece, part)


def _turned(figure: Figure, pairs: Sequence[Replaced]) -> Figure:
    """Return the amount that a figure replaces in one of some pairs, or else the figure."""
    return next((pair.old for pair in pairs if pair.new is figure), figure)


def _marked_figures(piece: Evidence, part: AskedPart, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that the reader marked, without those that surely do not answer."""
    marked = [figure for figure in figures if _is_marked(piece, figure)]
    if marked and not _ASKS_HOW_LATE.search(part.text):
        marked = [f for f in marked if not (f.unit and _HOW_LATE.match(piece.text, f.end))]
    if part.kind == "number" and _asks_how_often(part):
        marked = [f for f in marked if not f.is_ordinal or _OF_TIMES.search(piece.text, 0, f.start)]
    return marked


def _asks_how_often(part: AskedPart) -> bool:
    """Say whether a question asks how often something happened."""
    return "often" in part.words or {"many", "times"} <= part.words


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
    return stems_of_people() | stems_of("more")


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
    return surely_wants_older(part, Replaced(old, new), piece.text, figures_of(piece)[0])


def _is_marked(piece: Evidence, figure: Figure) -> bool:
    return piece.marks(piece.span.start + figure.start, piece.span.start + figure.end)


def _meant(piece: Evidence, part: AskedPart, figures: Sequence[Figure], marked: Figure) -> Figure:
    """Return the amount that a question asks for, where the reader may have marked another one."""
    counted = part.wanted.counted
    if counted:
        marked = asked_for(counted, piece.text, figures, marked) or marked
        told_of = part.wanted.stems - part.names - (counted.things - counted.told)
        marked = part_or_whole(piece.text, figures, marked, told_of)
    of_named = amount_of_named(part.text, piece.text, figures, marked)
    if of_named is not None:
        return of_named
    return amount_of_group(part.text, part.wanted.stems, piece.text, figures, marked) or marked


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
    figures, _ = figures_of(piece)
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
