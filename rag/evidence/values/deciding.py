"""Decides which of the values found answers, and which only stand beside it.

A correction decides first, then a later report that names the older value as older. Otherwise a
later report replaces an older one only where the question wants the newest, or counts what happened
in one story, as tolls do. Prices and rates of several days are all given, with their days.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.evidence.choosing import NEARLY_AS_SURE, same_event
from rag.evidence.reader import Evidence, unweighed
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.grouping import ValueGroup, filed, group_values, published, with_status
from rag.evidence.values.restating import Restated
from rag.evidence.values.told import (
    Pair,
    Told,
    amount_like,
    amounts_of,
    other_amounts,
    pairs_told,
    value_of,
)
from rag.evidence.values.tolls import tolls_told
from rag.evidence.values.twins import twins_of
from rag.question.asked import AskedPart
from rag.question.wanted import Which
from rag.records import ValueStatus
from rag.text.terms import counted_terms
from rag.text.tolls import asks_for_deaths, counts_dead
from rag.text.words import stems_of

# A sentence with this share of the threshold's confidence may tell another value of what the best
# one tells, if it has so much of the question's words; more of them if it lacks a name. Chosen on
# the questions of `beats` whose sources differ (docs/decisions/0017-values.md).
_ENOUGH = 0.25
_LEAST_COVERAGE = 0.22
_NAMELESS_COVERAGE = 0.35
# A value that is as sure as this may be the newest, as sure as an answer is by default. A lower
# threshold makes nothing surer.
_SURE = 0.33
_LATER = timedelta(days=7)
_MOST_VALUES = 8
_ON_TOPIC = 0.5
# Amounts as large as this seldom agree by chance in two reports of one event.
_UNCOMMON = 100
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The values found, newest first, and the evidence whose value answers first.

    With `differ` several values stand that are sure enough to answer.
    """

    values: tuple[ValueGroup, ...] = ()
    first: Evidence | None = None
    differ: bool = False

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
    sentences, withdrawn = weighed.sentences, weighed.withdrawn
    anchor = value_of(best, part) or _next_value(part, sentences, best, threshold=threshold)
    if anchor is None:
        return Decided(first=best)
    told = [anchor, *_told(part, withdrawn, anchor, [], threshold=threshold)]
    if part.wanted.shape == "comparison":
        told += _compared(anchor, part)
    told += _corrected_to(anchor, part, withdrawn, told, corrections)
    # What else the same article says is about something else: the day the town was lost before.
    every = [*sentences, *further]
    others = [piece for piece in every if piece.found.article.id != _article(anchor)]
    told += _told(part, others, anchor, told, threshold=threshold)
    told += _repeated(part, others, told, threshold=threshold)
    told += twins_of(told, passages, part)
    told += tolls_told(part, reports, told)
    told += _named_wrong(part, passages, told, corrections)
    pairs = list(_linked(part, every, told)) if anchor.figure else []
    told += [value for pair in pairs for value in pair if not _is_told(value, told)]
    which = part.wanted.which
    groups = [without_corrected(group, corrections) for group in group_values(told)]
    # The best one may come first because it is newer, and others may be surer. What was taken back
    # was sure of something else.
    surest = max((group.confidence for group in groups if group.stands), default=best.confidence)
    strong = min(max(threshold, _SURE), NEARLY_AS_SURE * surest)
    groups = _replaced(groups, replaces_older=_replaces_older(part, which), strong=strong)
    groups = [_outgrown(group, groups) for group in groups]
    groups = [_followed(group, groups, pairs, corrections) for group in groups]
    first = _first(groups, pairs, anchor, which, strong=strong)
    sure = [group for group in groups if group.stands and group.confidence >= threshold]
    return Decided(
        values=_kept(groups, first),
        first=first.evidence if anchor.piece is best or first is not anchor else best,
        differ=len(sure) > 1 and which in ("", "oldest"),
    )


def _next_value(
    part: AskedPart, sentences: Iterable[Evidence], best: Evidence, *, threshold: float
) -> Told | None:
    """Return the value of the best sentence that tells one, if it is nearly as sure as the best.

    "Last year" of an article without a date is no day, and others may say which one it was.
    """
    least = max(threshold, NEARLY_AS_SURE * best.confidence)
    sure = (piece for piece in sentences if part.kind != "other" and piece.confidence >= least)
    return next((value for piece in sure if (value := value_of(piece, part)) is not None), None)


def _told(
    part: AskedPart,
    sentences: Iterable[Evidence],
    anchor: Told,
    known: Sequence[Told],
    *,
    threshold: float,
) -> list[Told]:
    """Return what sentences tell that can be compared with the anchor, one of each an article.

    Where a sentence holds a `known` value beside the one that was marked in it, it tells that one.
    """
    found: list[Told] = []
    seen: set[str] = set()
    for piece in sentences:
        key = piece.found.article.id
        if key in seen or piece is anchor.piece or not _may_tell(part, piece, anchor, threshold):
            continue
        value = value_of(piece, part)
        if value is not None and not any(value.agrees(other) for other in known):
            value = amount_like(piece, known) or value
        if value is not None and (
            _is_told_again(value, [*known, *found])
            or _is_of_matter(part, value, anchor, threshold=threshold)
        ):
            found.append(value)
            seen.add(key)
    return found


def _repeated(
    part: AskedPart, sentences: Iterable[Evidence], known: Sequence[Told], *, threshold: float
) -> list[Told]:
    """Return what unsure sentences of further articles tell, if it is an amount that is known.

    They tell nothing else, but how long the amount was given, and by whom.
    """
    found: list[Told] = []
    seen = {_article(value) for value in known}
    for piece in sentences:
        if piece.found.article.id in seen or piece.confidence < _ENOUGH * threshold:
            continue
        if part.names and not part.names & counted_terms(piece.found.article.text):
            continue
        value = value_of(piece, part)
        if value is not None and any(_is_repeated(value, other) for other in known):
            found.append(value)
            seen.add(piece.found.article.id)
    return found


def _is_repeated(value: Told, known: Told) -> bool:
    """Say whether a value is an amount of the same thing as one that is known."""
    if value.figure is None or not value.agrees(known):
        return False
    are_dead = counts_dead(value.beside) and counts_dead(known.beside)
    return are_dead or bool(value.counted & known.counted)


def _compared(anchor: Told, part: AskedPart) -> list[Told]:
    """Return the other amounts of a sentence that a comparison may be about."""
    others = other_amounts(anchor) if anchor.figure else []
    asked = part.wanted.counted
    return [
        value
        for value in others
        if value.is_comparable(anchor, part.wanted.stems)
        and not (asked and value.counted and not value.counted & asked.things)
    ]


def _corrected_to(
    anchor: Told,
    part: AskedPart,
    withdrawn: Iterable[Evidence],
    found: Sequence[Told],
    corrections: Corrections,
) -> list[Told]:
    """Return the values that were taken back in favour of the anchor's."""
    values = (value_of(piece, part) for piece in withdrawn if anchor.figure)
    return [
        value
        for value in values
        if value is not None
        and not any(value.agrees(other) for other in found)
        and (by := corrections.withdrawing(value)) is not None
        and by.says_instead(anchor)
    ]


def _named_wrong(
    part: AskedPart,
    passages: Sequence[FoundPassage],
    found: Sequence[Told],
    corrections: Corrections,
) -> Iterator[Told]:
    """Yield the amounts that a correction takes back in favour of one that was found.

    They stand in an article that it corrects, whatever the reader marked there.
    """
    for correction in corrections.all:
        instead = next((value for value in found if correction.says_instead(value)), None)
        if instead is None or correction.kills:
            continue
        wrong = [amount for amount in correction.amounts_taken_back if not amount.is_soft]
        concerned = (item for item in passages if correction.concerns(item.article))
        for piece in (piece for item in concerned for piece in unweighed(item)):
            for value in amounts_of(piece, wrong):
                is_known = any(value.agrees(other) for other in found)
                is_like = value.is_comparable(instead, part.wanted.stems)
                if is_like and not is_known and _is_on_topic(part, piece, found):
                    yield replace(value, corrected_by=instead)


def _may_tell(part: AskedPart, piece: Evidence, anchor: Told, threshold: float) -> bool:
    """Say whether a sentence is sure enough, or of the question's words, to tell another value."""
    if not piece.signals or piece.confidence < _ENOUGH * threshold:
        return False
    missing = piece.signals["names_missing"]
    if piece.confidence >= _sure_beside(anchor, threshold):
        is_nearly = piece.confidence >= NEARLY_AS_SURE * anchor.piece.confidence
        is_named = missing < 1 or missing <= anchor.piece.signals["names_missing"]
        # Another day or name is mostly that of another event, which is shown as one.
        is_of_event = is_nearly and same_event(anchor.piece, piece)
        return is_named and (bool(anchor.figure) or is_of_event)
    if not anchor.figure:
        return False
    if missing:
        # An article that names nothing of the question tells of something else, elsewhere, if it
        # is not of the same days and matter.
        is_named = bool(part.names & counted_terms(piece.found.article.text))
        is_near = is_named or same_event(anchor.piece, piece)
        return is_near and piece.signals["coverage"] >= _NAMELESS_COVERAGE
    return piece.signals["coverage"] >= _LEAST_COVERAGE


def _sure_beside(anchor: Told, threshold: float) -> float:
    """Return the confidence from which a sentence tells a value of itself, in whatever words.

    An amount that is half as sure as the best one does, though alone it would not answer.
    """
    if anchor.figure is None:
        return threshold
    return min(threshold, NEARLY_AS_SURE * anchor.piece.confidence)


def _is_told_again(value: Told, found: Sequence[Told]) -> bool:
    """Say whether a sentence on the same event has an uncommon amount that was found.

    Another word for what is counted does not matter then: 422 ships and "more than 420 vessels".
    """
    if value.figure is None or value.figure.low < _UNCOMMON:
        return False
    return any(value.agrees(other) and same_event(value.piece, other.piece) for other in found)


def _is_of_matter(part: AskedPart, value: Told, anchor: Told, *, threshold: float) -> bool:
    """Say whether a value is one of what is asked.

    A sentence that is not sure has a word of the question beside its names, or it is of the same
    event and counts the same.
    """
    if not value.is_comparable(anchor, part.wanted.stems):
        return False
    asks_for_dead = asks_for_deaths(part.words) or counts_dead(anchor.beside)
    if counts_dead(value.beside) and not asks_for_dead:
        return False
    if not asks_for_dead and _counts_other(part, value, anchor):
        return False
    if value.piece.confidence >= _sure_beside(anchor, threshold):
        return True
    matter = part.wanted.stems - part.names
    if not matter or matter & stems_of(value.piece.text):
        return True
    return bool(value.counted & anchor.counted) and same_event(anchor.piece, value.piece)


def _counts_other(part: AskedPart, value: Told, anchor: Told) -> bool:
    """Say whether a value counts something else than what is asked, and the anchor counts that.

    "How many people left their homes?" is not answered by how many homes were damaged.
    """
    asked = part.wanted.counted
    if asked is None or not value.counted or not anchor.counted & asked.things:
        return False
    return not value.counted & (asked.things | anchor.counted)


def _linked(part: AskedPart, sentences: Iterable[Evidence], found: Sequence[Told]) -> list[Pair]:
    """Return the pairs of an older and a newer amount of which one was found."""
    return [
        pair
        for piece in sentences
        for pair in pairs_told(piece)
        if any(pair.old.agrees(value) or _is_same_place(pair.new, value) for value in found)
        and _is_on_topic(part, piece, found)
    ]


def _is_same_place(new: Told, value: Told) -> bool:
    """Say whether a sentence's new value is the one found in it."""
    return (_article(new), new.span) == (_article(value), value.span)


def _is_told(value: Told, found: Sequence[Told]) -> bool:
    same = (other for other in found if _article(other) == _article(value))
    return any(value.agrees(other) and value.is_old == other.is_old for other in same)


def _is_on_topic(part: AskedPart, piece: Evidence, found: Sequence[Told]) -> bool:
    """Say whether a sentence is of an article that tells a value, or of the question's matter."""
    if any(piece.found.article.id == _article(value) for value in found):
        return True
    words = counted_terms(f"{piece.found.article.title}\n{piece.found.hit.text}")
    is_named = bool(part.names) and part.names <= words
    return is_named or len(words & part.terms) >= _ON_TOPIC * len(part.terms)


def _article(told: Told) -> str:
    return told.piece.found.article.id


def without_corrected(group: ValueGroup, corrections: Corrections) -> ValueGroup:
    """Return a group without the reports that were taken back; corrected if none is left."""
    by = {id(told): corrections.withdrawing(told) for told in group.told}
    taken = [correction for correction in by.values() if correction is not None]
    kept = tuple(told for told in group.told if by[id(told)] is None and told.corrected_by is None)
    if len(kept) == len(group.told):
        return group
    if any(not told.is_old for told in kept):
        return replace(group, told=kept)
    # The days are those of the reports, not that of the correction which names the value too.
    notices = {correction.article.id for correction in taken}
    reports = tuple(told for told in group.told if _article(told) not in notices)
    status: ValueStatus = "withdrawn" if any(c.kills for c in taken) else "corrected"
    return with_status(replace(group, told=reports or group.told), status)


def _replaces_older(part: AskedPart, which: Which) -> bool:
    """Say whether the newest value replaces the others, though no report says so."""
    return which == "newest" or (which == "" and part.wanted.is_count)


def _replaced(
    groups: Sequence[ValueGroup], *, replaces_older: bool, strong: float
) -> list[ValueGroup]:
    """Return the groups, with those marked that a newer one replaces; a vague one replaces none."""
    able = [
        group
        for group in groups
        if group.stands
        and not (group.is_vague or _is_named_older(group))
        and group.confidence >= strong
    ]
    newest = able[0] if able and replaces_older else None
    return [
        with_status(group, "superseded")
        if _is_named_older(group) or (newest is not None and _gives_way(group, newest))
        else group
        for group in groups
    ]


def _is_named_older(group: ValueGroup) -> bool:
    """Say whether a report names the value as older, and no later report gives it again."""
    named = [filed(told) or date.max for told in group.told if told.is_old]
    given = [filed(told) or date.min for told in group.told if not told.is_old]
    return bool(named) and max(given, default=date.min) <= max(named)


def _gives_way(group: ValueGroup, newest: ValueGroup) -> bool:
    """Say whether the newest amount replaces an older one: a week later, or of one outlet."""
    if group is newest or not group.newest.figure or not (group.known and newest.known):
        return False
    if newest.known <= group.known:
        return False
    is_one_outlet = bool(group.outlets & newest.outlets)
    return is_one_outlet or newest.known - group.known > _LATER


def _outgrown(group: ValueGroup, groups: Sequence[ValueGroup]) -> ValueGroup:
    """Return a group marked as replaced if another of these days rose or fell from it."""
    if not group.stands or group.known is None or not group.newest.figure:
        return group
    for other in groups:
        if other is group or other.is_vague or not other.stands or other.known is None:
            continue
        days = other.known - group.known
        if not timedelta(0) <= days <= _LATER or not _has_moved(other, group):
            continue
        if all(told.move == "" for told in group.given) or days:
            return replace(with_status(group, "superseded"), follower=other.newest)
    return group


def _has_moved(newer: ValueGroup, older: ValueGroup) -> bool:
    """Say whether reports tell that an amount came from another one, which need not be named."""
    is_more = _amount(newer) > _amount(older)
    moves = {told.move for told in newer.given} - {""}
    if ("up" if is_more else "down") in moves:
        return True
    is_later = newer.known is not None and older.known is not None and newer.known > older.known
    return is_later and all(told.is_unfinished for told in older.given)


def _first(
    groups: Sequence[ValueGroup],
    pairs: Sequence[Pair],
    anchor: Told,
    which: Which,
    *,
    strong: float,
) -> Told:
    """Return the sentence that answers first."""
    standing = [group for group in groups if group.stands]
    able = [group for group in standing if group.confidence >= strong]
    own = _group_of(anchor, groups)
    if which in ("highest", "lowest") and anchor.figure and len(able) > 1:
        pick: Callable[..., ValueGroup] = max if which == "highest" else min
        return max(pick(able, key=_amount).told, key=lambda told: told.piece.score)
    exact = [group for group in able if not group.is_vague]
    if anchor.is_vague and exact:
        # "Thousands died" is no answer where another report counts them.
        return (own if own in exact else exact[0]).newest
    if own is not None and own.stands:
        if anchor.figure and _was_in_doubt(anchor, own, groups):
            return own.newest
        newest = [told for told in own.told if told.piece.confidence >= strong]
        is_newest = which == "newest" and bool(anchor.figure) and bool(newest)
        return newest[0] if is_newest else anchor
    # What the best sentence tells does not hold. What replaces it answers, else the newest.
    follower = _follower(anchor, groups, pairs)
    if follower is not None:
        return follower
    return able[0].newest if able else standing[0].newest if standing else anchor


def _was_in_doubt(anchor: Told, own: ValueGroup, groups: Sequence[ValueGroup]) -> bool:
    """Say whether another value was given after the anchor's report, and does not hold any more.

    A later report of the same value then says that it holds, and the first one does not.
    """
    day = filed(anchor)
    others = (group for group in groups if group is not own and not group.stands)
    return day is not None and any(other.known and other.known > day for other in others)


def _follower(anchor: Told, groups: Sequence[ValueGroup], pairs: Sequence[Pair]) -> Told | None:
    """Return the value that follows the anchor's, step by step, if the last one stands."""
    told = anchor
    for _ in range(_MOST_STEPS):
        later = [pair.new for pair in pairs if pair.old.agrees(told)]
        if not later:
            return None
        told = max(later, key=lambda new: published(new) or date.min)
        group = _group_of(told, groups)
        if group is not None and group.stands:
            return told
    return None


def _followed(
    group: ValueGroup,
    groups: Sequence[ValueGroup],
    pairs: Sequence[Pair],
    corrections: Corrections,
) -> ValueGroup:
    """Return a group that does not stand with the value that took its place, if that is known."""
    if group.stands or group.follower or group.status == "withdrawn":
        return group
    standing = [other.newest for other in groups if other.stands]
    if group.status == "corrected":
        taken = (corrections.withdrawing(told) for told in group.told)
        by = next((correction for correction in taken if correction is not None), None)
        instead = [told.corrected_by for told in group.told if told.corrected_by]
        followers = [told for told in standing if by is not None and by.says_instead(told)]
        followers += [told for told in standing if any(told.agrees(other) for other in instead)]
    else:
        named = _follower(group.newest, groups, pairs)
        followers = [named] if named else standing
    return replace(group, follower=followers[0]) if followers else group


def _group_of(told: Told, groups: Sequence[ValueGroup]) -> ValueGroup | None:
    own = (group for group in groups if any(told is other for other in group.told))
    return next(own, next((group for group in groups if group.agrees(told)), None))


def _amount(group: ValueGroup) -> float:
    figure = group.newest.figure
    return figure.measure[1] if figure else 0.0


def _kept(groups: Sequence[ValueGroup], first: Told) -> tuple[ValueGroup, ...]:
    """Return the values to show, newest first, always with that of the first sentence."""
    own = _group_of(first, groups)
    others = [group for group in groups if group is not own][: _MOST_VALUES - 1]
    return tuple(group for group in groups if group is own or group in others)
