"""Decides which of the values found answers, and which only stand beside it.

A correction decides first, then a later report that names the older value as older. Otherwise a
later report replaces an older one only where the question wants the newest, or counts what happened
in one story, as tolls do. Prices and rates of several days are all given, with their days, unless
one is said to have risen or fallen from another.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from rag.evidence.choosing import NEARLY_AS_SURE
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.called_off import mark_called_off
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.gathering import (
    is_told,
    linked_pairs,
    values_compared,
    values_corrected_to,
    values_named_wrong,
    values_repeated,
    values_told,
)
from rag.evidence.values.grouping import ValueGroup, filed, group_of, group_values
from rag.evidence.values.read_values import is_older_wanted, value_of
from rag.evidence.values.restating import Restated
from rag.evidence.values.sorts import counts_the_same
from rag.evidence.values.superlatives import amount_called_so
from rag.evidence.values.superseding import (
    follower_of,
    mark_outgrown,
    mark_replaced,
    replaces_older,
    with_follower,
    without_corrected,
)
from rag.evidence.values.told import Pair, Told
from rag.evidence.values.tolls import tolls_told
from rag.evidence.values.twins import twins_of
from rag.question.asked import AskedPart
from rag.question.wanted import Which
from rag.records import CERTAINTY

# A value that is as sure as this may be the newest, as sure as an answer is by default. A lower
# threshold makes nothing surer.
_SURE = CERTAINTY["uncertain"]
_MOST_VALUES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """How sure a sentence has to be to stand in the place of the anchor.

    One that counts what the anchor counts may be half as sure, and so may any other if the newest
    is asked for. Else it has to be as sure as an answer.
    """

    anchor: Told
    strong: float
    threshold: float
    which: Which

    def is_passed(self, told: Told) -> bool:
        is_alike = told.agrees(self.anchor) or counts_the_same(told, self.anchor)
        is_low = is_alike or self.which == "newest"
        least = self.strong if is_low else max(self.strong, self.threshold)
        return told.piece.confidence >= least

    def is_passed_by(self, group: ValueGroup) -> bool:
        return any(map(self.is_passed, group.told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The values found, newest first, and the evidence whose value answers first.

    With `differ` several values stand that are sure enough to answer. `confidence` is that in the
    value which answers, if it is another one than the best evidence tells, and nothing but a later
    day puts it first.
    """

    values: tuple[ValueGroup, ...] = ()
    first: Evidence | None = None
    differ: bool = False
    confidence: float | None = None

    @property
    def standing(self) -> list[ValueGroup]:
        """The values that nothing replaces."""
        return [value for value in self.values if value.stands]


def decide(
    part: AskedPart,
    weighed: Restated,
    further: Sequence[Evidence],
    corrections: Corrections,
    *,
    best: Evidence,
    threshold: float,
    passages: Sequence[FoundPassage] = (),
    reports: Sequence[FoundPassage] = (),
) -> Decided:
    """Return the values that sentences tell for what the best one answers.

    The `further` sentences answer nothing, and count only where they tell a value. In `passages`,
    read or not, are sentences that may be worded like those, and in `reports` counts of a story.
    """
    anchor = value_of(best, part) or _next_value(part, weighed.sentences, best, threshold=threshold)
    if anchor is None:
        return Decided(first=best)
    least = max(threshold, NEARLY_AS_SURE * best.confidence)
    if (most := amount_called_so(part, weighed.sentences, anchor, least=least)) is not None:
        anchor, best = most, most.piece
    every = [*weighed.sentences, *further]
    told = _gathered(part, weighed, every, corrections, anchor, threshold=threshold)
    told += twins_of(told, passages, part)
    told += tolls_told(part, reports, told)
    told += values_named_wrong(part, passages, told, corrections)
    pairs = linked_pairs(part, every, told) if anchor.figure else []
    newer = [pair.new for pair in pairs if is_older_wanted(part, pair, anchor)]
    if newer:
        # What came after it does not answer, and does not take its place.
        pairs = [pair for pair in pairs if not anchor.is_replaced_by(pair)]
        told = [anchor, *(v for v in told[1:] if not any(new.agrees(v) for new in newer))]
    told += [value for pair in pairs for value in pair if not is_told(value, told)]
    told, put_off = mark_called_off(part, every, told)
    anchor, pairs = told[0], [*pairs, *put_off]
    which = part.wanted.which
    groups = [without_corrected(group, corrections) for group in group_values(told)]
    # The best one may come first because it is newer, and others may be surer. What was taken back
    # was sure of something else.
    surest = max((group.confidence for group in groups if group.stands), default=best.confidence)
    strong = min(max(threshold, _SURE), NEARLY_AS_SURE * surest)
    bar = _Bar(anchor=anchor, strong=strong, threshold=threshold, which=which)
    groups = mark_replaced(
        groups,
        replaces_older=not newer and replaces_older(part, which),
        of_any_matter=which == "newest",
        is_able=bar.is_passed_by,
    )
    is_overtaken = any(group.follower for group in groups if anchor in group.told)
    if not newer and which != "oldest":
        groups = [mark_outgrown(group, groups) for group in groups]
    groups = [with_follower(group, groups, pairs, corrections) for group in groups]
    first = _first(groups, pairs, anchor, which, bar)
    # A toll is brought up to date in report after report: the last is as sure as the one before.
    is_toll = bool(part.wanted.toll) and counts_the_same(first, anchor)
    is_other = is_overtaken or which in ("highest", "lowest", "oldest")
    own = group_of(first, groups) if is_other and not is_toll else None
    sure = [group for group in groups if group.stands and group.confidence >= threshold]
    return Decided(
        values=_kept(groups, first),
        first=first.evidence if anchor.piece is best or first is not anchor else best,
        differ=(len(sure) > 1 and (which == "" or (which == "oldest" and not first.figure)))
        or (which == "newest" and _is_doubted(first, groups)),
        confidence=max(threshold, own.confidence) if own and anchor not in own.told else None,
    )


def _is_doubted(first: Told, groups: Sequence[ValueGroup]) -> bool:
    """Say whether a later report gives another amount than the one that answers what is so now.

    It is not sure enough to replace it, and so neither is given as the only one.
    """
    own = group_of(first, groups)
    if own is None or own.known is None or not first.figure:
        return False
    others = (group for group in groups if group is not own and group.stands)
    return any(group.known is not None and group.known > own.known for group in others)


def _is_of_same_report(piece: Evidence, anchor: Told) -> bool:
    if anchor.figure:
        return piece.report == anchor.piece.report
    return piece.found.article.id == anchor.article_id


def _next_value(
    part: AskedPart, sentences: Iterable[Evidence], best: Evidence, *, threshold: float
) -> Told | None:
    """Return the value of the best sentence that tells one, if it is nearly as sure as the best.

    "Last year" of an article without a date is no day, and others may say which one it was.
    """
    least = max(threshold, NEARLY_AS_SURE * best.confidence)
    sure = (piece for piece in sentences if part.kind != "other" and piece.confidence >= least)
    return next((value for piece in sure if (value := value_of(piece, part)) is not None), None)


def _gathered(
    part: AskedPart,
    weighed: Restated,
    every: Sequence[Evidence],
    corrections: Corrections,
    anchor: Told,
    *,
    threshold: float,
) -> list[Told]:
    """Return the anchor and what the sentences tell beside it, of those that were withdrawn too."""
    withdrawn = weighed.withdrawn
    told = [anchor, *values_told(part, withdrawn, anchor, [], threshold=threshold)]
    if part.wanted.shape == "comparison":
        told += values_compared(anchor, part)
    told += values_corrected_to(anchor, part, withdrawn, told, corrections)
    # What else the same article says is about something else: the day the town was lost before.
    # Of a live blog, each entry is a report of its own, whose count is the newer one.
    matter = part.wanted.stems - part.names
    others = [
        piece
        for piece in every
        if not _is_of_same_report(piece, anchor)
        and not corrections.is_of_another_matter(piece, matter, anchor)
    ]
    told += values_told(part, others, anchor, told, threshold=threshold)
    told += values_repeated(part, others, told, threshold=threshold)
    return told


def _first(
    groups: Sequence[ValueGroup],
    pairs: Sequence[Pair],
    anchor: Told,
    which: Which,
    bar: _Bar,
) -> Told:
    """Return the sentence that answers first."""
    standing = [group for group in groups if group.stands]
    able = [group for group in standing if bar.is_passed_by(group)]
    own = group_of(anchor, groups)
    if anchor.figure and (picked := _picked(able, which)) is not None:
        return picked
    exact = [group for group in able if not group.is_vague]
    if anchor.is_vague and exact:
        # "Thousands died" is no answer where another report counts them.
        return (own if own in exact else exact[0]).newest
    if own is not None and own.stands:
        if anchor.figure and _was_in_doubt(anchor, own, groups):
            return own.newest
        newest = [told for told in own.told if bar.is_passed(told)]
        is_newest = which == "newest" and bool(anchor.figure) and bool(newest)
        return newest[0] if is_newest else anchor
    # What the best sentence tells does not hold. What replaces it answers, else the newest.
    follower = follower_of(anchor, groups, pairs)
    if follower is not None:
        return follower
    return able[0].newest if able else standing[0].newest if standing else anchor


def _picked(able: Sequence[ValueGroup], which: Which) -> Told | None:
    """Return the highest, the lowest or the oldest of several amounts, if one of these is asked."""
    if len(able) > 1 and which in ("highest", "lowest"):
        pick: Callable[..., ValueGroup] = max if which == "highest" else min
        return max(pick(able, key=attrgetter("amount")).told, key=lambda told: told.piece.score)
    dated = [group for group in able if group.first is not None]
    if len(dated) > 1 and which == "oldest":
        return min(dated, key=attrgetter("first")).oldest
    return None


def _was_in_doubt(anchor: Told, own: ValueGroup, groups: Sequence[ValueGroup]) -> bool:
    """Say whether another value was given after the anchor's report, and does not hold any more.

    A later report of the same value then says that it holds, and the first one does not.
    """
    day = filed(anchor)
    others = (group for group in groups if group is not own and not group.stands)
    return day is not None and any(other.known and other.known > day for other in others)


def _kept(groups: Sequence[ValueGroup], first: Told) -> tuple[ValueGroup, ...]:
    """Return the values to show, newest first, always with that of the first sentence."""
    own = group_of(first, groups)
    others = [group for group in groups if group is not own][: _MOST_VALUES - 1]
    return tuple(group for group in groups if group is own or group in others)
