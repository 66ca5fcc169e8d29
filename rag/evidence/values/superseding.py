"""Marks the values that another one replaces: taken back, named as older, overtaken or outgrown."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.evidence.choosing import same_matter
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.grouping import (
    ValueGroup,
    filed,
    group_of,
    is_later_entry,
    published,
    with_status,
)
from rag.evidence.values.told import Pair, Told, is_planned
from rag.question.asked import AskedPart
from rag.question.wanted import Which
from rag.records import ValueStatus

_LATER = timedelta(days=7)
_MOST_STEPS = 4


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
    reports = tuple(told for told in group.told if told.article_id not in notices)
    status: ValueStatus = "withdrawn" if any(c.kills for c in taken) else "corrected"
    return with_status(replace(group, told=reports or group.told), status)


def replaces_older(part: AskedPart, which: Which) -> bool:
    """Say whether the newest value replaces the others, though no report says so.

    It does so for what is so now, for counts, and for the day of what is still ahead.
    """
    is_ahead = part.kind == "when" and not part.premises.past_verbs
    return which == "newest" or (which == "" and (part.wanted.is_count or is_ahead))


def mark_replaced(
    groups: Sequence[ValueGroup],
    *,
    replaces_older: bool,
    of_any_matter: bool,
    is_able: Callable[[ValueGroup], bool],
) -> list[ValueGroup]:
    """Return the groups, with those marked that a newer one replaces; a vague one replaces none.

    The newest of those that are able to replace the others is their follower. If it does not
    replace those `of_any_matter`, it replaces amounts of the same matter alone.
    """
    able = [
        group
        for group in groups
        if group.stands and not (group.is_vague or _is_named_older(group)) and is_able(group)
    ]
    newest = able[0] if able and replaces_older else None
    return [_replaced(group, newest, of_any_matter=of_any_matter) for group in groups]


def _replaced(group: ValueGroup, newest: ValueGroup | None, *, of_any_matter: bool) -> ValueGroup:
    """Return a group as it is, or marked if it is named as older or gives way to the newest."""
    if _is_named_older(group):
        return with_status(group, "superseded")
    if newest is None or not group.stands or not _gives_way(group, newest):
        return group
    # The runs of another match are later too.
    if not of_any_matter and not same_matter(group.newest.piece, newest.newest.piece):
        return group
    return replace(with_status(group, "superseded"), follower=newest.newest)


def _is_named_older(group: ValueGroup) -> bool:
    """Say whether a report names the value as older, and no later report gives it again."""
    named = [filed(told) or date.max for told in group.told if told.is_old]
    given = [filed(told) or date.min for told in group.told if not told.is_old]
    return bool(named) and max(given, default=date.min) <= max(named)


def _gives_way(group: ValueGroup, newest: ValueGroup) -> bool:
    """Say whether the newest value replaces an older one: an amount a week later, or of one outlet.

    A later entry of a live blog replaces an earlier one of the same day, and a day that is planned
    any that was planned before.
    """
    if group is not newest and group.newest.days:
        is_later = bool(group.known and newest.known and group.known < newest.known)
        return is_later and all(map(is_planned, (*group.given, newest.newest)))
    if group is newest or not group.newest.figure:
        return False
    if is_later_entry(newest.newest, group.newest):
        return True
    if not (group.known and newest.known):
        return False
    if newest.known <= group.known:
        return False
    is_one_outlet = bool(group.outlets & newest.outlets)
    return is_one_outlet or newest.known - group.known > _LATER


def mark_outgrown(group: ValueGroup, groups: Sequence[ValueGroup]) -> ValueGroup:
    """Return a group marked as replaced if another of these days rose or fell from it."""
    if not group.stands or group.known is None or not group.newest.figure:
        return group
    for other in groups:
        is_passed_on = other.stands or (other.status == "superseded" and other.follower)
        if other is group or other.is_vague or not is_passed_on or other.known is None:
            continue
        days = other.known - group.known
        if not timedelta(0) <= days <= _LATER or not _has_moved(other, group):
            continue
        if all(told.move == "" for told in group.given) or days:
            follower = other.newest if other.stands else other.follower
            return replace(with_status(group, "superseded"), follower=follower)
    return group


def _has_moved(newer: ValueGroup, older: ValueGroup) -> bool:
    """Say whether reports tell that an amount came from another one, which need not be named."""
    is_more = newer.amount > older.amount
    moves = {told.move for told in newer.given} - {""}
    if ("up" if is_more else "down") in moves:
        return True
    is_later = newer.known is not None and older.known is not None and newer.known > older.known
    return is_later and all(told.is_unfinished for told in older.given)


def follower_of(anchor: Told, groups: Sequence[ValueGroup], pairs: Sequence[Pair]) -> Told | None:
    """Return the value that follows the anchor's, step by step, if the last one stands."""
    told = anchor
    for _ in range(_MOST_STEPS):
        later = [pair.new for pair in pairs if told.is_replaced_by(pair)]
        if not later:
            return None
        told = max(later, key=lambda new: published(new) or date.min)
        group = group_of(told, groups)
        if group is not None and group.stands:
            return told
    return None


def with_follower(
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
        named = follower_of(group.newest, groups, pairs)
        followers = [named] if named else standing
    return replace(group, follower=followers[0]) if followers else group
