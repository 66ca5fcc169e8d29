"""Groups sentences by the value that they tell, each with its days and its independent sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rag.dates.entry_days import Moment
from rag.evidence.values.told import Told
from rag.records import ValueStatus
from rag.text.datelines import filed_on
from rag.text.outlets import credited, outlet_name

# Two reports of one fact have a few words in common anyway. Longer sentences that share this much
# of their words were not written twice.
_REPEATED = 0.85
_REPEATED_WORDS = 9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ValueGroup:
    """The sentences that tell one value, newest first, and whether it still holds.

    `follower` tells the value that took its place, if that is known.
    """

    told: tuple[Told, ...]
    status: ValueStatus = "stands"
    follower: Told | None = None

    @property
    def given(self) -> Sequence[Told]:
        """The sentences that tell the value.

        Those that name it as older, or are vague about it, count only if all do.
        """
        current = [told for told in self.told if not told.is_old] or self.told
        return [told for told in current if not told.is_vague] or current

    @property
    def newest(self) -> Told:
        """The sentence of the newest report, which speaks for the value."""
        return self.given[0]

    @property
    def oldest(self) -> Told:
        """The sentence of the first report."""
        return self.given[-1]

    @property
    def last(self) -> date | None:
        """The day of the last report."""
        return max(self._days, default=None)

    @property
    def first(self) -> date | None:
        """The day of the first report."""
        return min(self._days, default=None)

    @property
    def known(self) -> date | None:
        """The last day on which a report of it was filed; it may be printed later.

        What another outlet reprints is as old as the report.
        """
        anew = _without_reprints(self.given)
        return max((day for told in anew if (day := filed(told)) is not None), default=None)

    @property
    def is_vague(self) -> bool:
        """Whether what speaks for it is no single number: "thousands"."""
        return self.newest.is_vague

    @property
    def amount(self) -> float:
        """The amount of its newest report; 0 for other values."""
        figure = self.newest.figure
        return figure.measure[1] if figure else 0.0

    @property
    def stands(self) -> bool:
        """Whether nothing says that it does not hold any more."""
        return self.status == "stands"

    @property
    def sources(self) -> int:
        """How many independent sources tell it: copies and one outlet's versions count once."""
        return count_sources(self.given)

    @property
    def confidence(self) -> float:
        """The confidence in its best sentence."""
        return max(told.piece.confidence for told in self.told)

    def is_sure(self, threshold: float) -> bool:
        """Say whether it may stand in the answer; what states what is asked needs no reader."""
        return self.confidence >= threshold or self.newest.sign is not None

    @property
    def outlets(self) -> frozenset[str]:
        """The outlets that tell it."""
        return frozenset().union(*map(_origins, self.told))

    def agrees(self, told: Told) -> bool:
        """Say whether a sentence tells this value."""
        return any(told.agrees(other) for other in self.told)

    @property
    def _days(self) -> list[date]:
        return [day for told in self.given if (day := published(told)) is not None]


@dataclass(slots=True)
class _Growing:
    told: list[Told] = field(default_factory=list)


def published(told: Told) -> date | None:
    """Return the day on which a value was reported."""
    return told.piece.published


def filed(told: Told) -> date | None:
    """Return the day of which a report is: that of its dateline, or else of its publication."""
    day = published(told)
    if day is None or is_of_entry(told):
        return day
    return filed_on(told.piece.found.article.text, day) or day


def is_of_entry(told: Told) -> bool:
    """Say whether an entry of a live blog tells a value."""
    return told.piece.report[1] >= 0


def is_later_entry(told: Told, before: Told) -> bool:
    """Say whether two entries of one live blog tell values, and this is the later one."""
    are_of_one = told.article_id == before.article_id and is_of_entry(told) and is_of_entry(before)
    return are_of_one and told.piece.told_at > before.piece.told_at


def _order(told: Told) -> Moment:
    """Return when a value was reported, for its place among others; entries have their times."""
    return told.piece.told_at if is_of_entry(told) else (filed(told) or date.min, 0)


def group_values(told: Iterable[Told]) -> list[ValueGroup]:
    """Return the values, newest first; the order of the sentences decides between equals.

    A sentence joins the first group whose first sentence agrees with it, so that roundings do not
    link what differs. So vague amounts come last: "thousands" agrees with 2,000 and with 6,500.
    """
    groups: list[_Growing] = []
    for value in sorted(told, key=lambda value: value.is_vague):
        own = next((group for group in groups if group.told[0].agrees(value)), None)
        if own is None:
            groups.append(own := _Growing())
        own.told.append(value)
    made = [_made(group.told) for group in groups]
    return sorted(
        made,
        key=lambda group: max(map(_order, _without_reprints(group.given))),
        reverse=True,
    )


def _made(told: list[Told]) -> ValueGroup:
    told = sorted(told, key=_order, reverse=True)
    return ValueGroup(told=tuple(told))


def group_of(told: Told, groups: Sequence[ValueGroup]) -> ValueGroup | None:
    """Return the group that a value is in, else the first one that tells the same."""
    own = (group for group in groups if any(told is other for other in group.told))
    return next(own, next((group for group in groups if group.agrees(told)), None))


def with_status(group: ValueGroup, status: ValueStatus) -> ValueGroup:
    """Return a group with another status; what was corrected stays corrected."""
    return group if not group.stands else replace(group, status=status)


def count_sources(told: Sequence[Told]) -> int:
    """Return how many independent sources there are among sentences.

    A sentence that another one repeats nearly word for word comes from the same source.
    """
    origins: list[set[str]] = []
    for place, value in enumerate(told):
        own = set(_origins(value))
        for before in told[:place]:
            if _is_repeated(value, before):
                own |= _origins(before)
        joined = [group for group in origins if group & own]
        origins = [group for group in origins if not group & own]
        origins.append(own.union(*joined))
    return len(origins)


def _without_reprints(given: Sequence[Told]) -> list[Told]:
    """Return reports without those that reprint an earlier one of another outlet, if any is left.

    They do not say that a value still holds.
    """
    return [told for told in given if not any(_reprints(told, other) for other in given)]


def _reprints(told: Told, first: Told) -> bool:
    """Say whether a report is an earlier one's copy in another outlet."""
    day, before = filed(told), filed(first)
    if day is None or before is None or day <= before:
        return False
    article, original = told.piece.found.article, first.piece.found.article
    if outlet_name(article.source) == outlet_name(original.source):
        return False
    is_one_story = article.cluster != "" and article.cluster == original.cluster
    return is_one_story or _is_repeated(told, first)


def _is_repeated(told: Told, by: Told) -> bool:
    """Say whether two sentences are one agency's, in articles that need not credit it."""
    one, other = told.piece.text, by.piece.text
    words, others = one.casefold().split(), other.casefold().split()
    if min(len(words), len(others)) < _REPEATED_WORDS:
        return False
    shared = len(set(words) & set(others))
    return shared >= _REPEATED * max(len(set(words)), len(set(others)))


def _origins(told: Told) -> frozenset[str]:
    """Return what makes two reports one source: the outlet, its agencies, or the story."""
    article = told.piece.found.article
    names = {outlet_name(article.source), *credited(article.agency), article.cluster} - {""}
    return frozenset(names or {article.id})
