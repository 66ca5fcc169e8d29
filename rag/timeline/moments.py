"""Dated sentences -> the moments of a story: retellings together, the strongest, spread over days.

Under `timeline`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.timeline.dating import Dated

# Sentences of the same days this close in meaning tell of the same event; what is told in passing
# is shown beneath an entry only, and less will do. Chosen on fifteen pairs of one archive, which is
# little; no outside data with such pairs has measured them.
_SAME_EVENT_COSINE = 0.52
_SAME_PASSING_COSINE = 0.35
# Where one may well mean the other's days, they tell of the same event if this close. Of eleven
# such pairs in two archives of news ten do, and of those from .6 to .75 about half.
_OTHER_DAYS_COSINE = 0.75
# So far off are the days of a weekday in an article that went on being written after its date.
_MOST_WEEKS_OFF = 4
# What is unsure of its days counts if the story was told of so shortly before.
_GOES_ON_DAYS = 14
# A moment gains this with each further story that tells it, in units of the reader's score.
_PER_SOURCE = 1.0
# And loses this with each stronger one of its days, so that many days are told of before much is.
_PER_CROWD = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Sentences that tell the same of the same time, one a story, the best first."""

    told: tuple[Dated, ...]

    @property
    def best(self) -> Dated:
        """The sentence to quote."""
        return self.told[0]

    @property
    def strength(self) -> float:
        """How much it belongs into the timeline: its best sentence, and how many tell it."""
        return self.best.strength + _PER_SOURCE * (len(self.told) - 1)


def merge_retellings(dated: Iterable[Dated]) -> list[Moment]:
    """Return the events, each once: retellings with the strongest, one a story.

    What names its days best says which they are: a day before a longer span, a date before a day of
    the week. What is only told in passing supports what is told of the same days, and stands alone
    only on days of which nothing else is told. What is unsure of its days stands
    alone only where the story has begun shortly before.
    """
    groups: list[list[Dated]] = []
    ranked = sorted(dated, key=_plainness)
    for one in ranked:
        same_days = [group for group in groups if group[0].days == one.days]
        group = next(
            (g for g in same_days if any(_tells_the_same(told, one) for told in g)), None
        ) or next((g for g in groups if _is_told_again(g, one)), None)
        if group is None and _stands_alone(one, same_days, groups):
            groups.append([one])
        elif group is not None and not any(_is_one_story(one, told) for told in group):
            group.append(one)
    return [Moment(told=tuple(_best_first(group))) for group in groups]


def _stands_alone(
    one: Dated, same_days: Sequence[Sequence[Dated]], groups: Sequence[Sequence[Dated]]
) -> bool:
    if one.unsure:
        begun = (one.first - group[0].last for group in groups if not group[0].unsure)
        if not any(timedelta() < since <= timedelta(days=_GOES_ON_DAYS) for since in begun):
            return False
    return not (one.aside and same_days)


def _plainness(one: Dated) -> tuple[bool, bool, bool, bool, float]:
    """Return what sorts first whatever says best which days it tells of."""
    return one.unsure, one.aside, one.first != one.last, one.by_weekday, -one.strength


def _best_first(group: Sequence[Dated]) -> list[Dated]:
    days = group[0].days
    return sorted(group, key=lambda one: (one.days != days, one.aside, -one.strength))


def _tells_the_same(told: Dated, one: Dated) -> bool:
    least = _SAME_PASSING_COSINE if one.aside else _SAME_EVENT_COSINE
    return _closeness(told, one) >= least


def _is_told_again(group: Sequence[Dated], one: Dated) -> bool:
    """Say whether a sentence tells of a group's event, and may mean its days by other words."""
    told = group[0]
    may_be = _is_around(one, told.days) or _is_weeks_off(one, told)
    return may_be and any(_closeness(told, one) >= _OTHER_DAYS_COSINE for told in group)


def _is_around(one: Dated, days: tuple[date, date]) -> bool:
    """Say whether a longer span holds other days."""
    return one.first != one.last and one.first <= days[0] and days[1] <= one.last


def _is_weeks_off(one: Dated, told: Dated) -> bool:
    """Say whether a day of the week lies whole weeks off a date."""
    if not one.by_weekday or told.by_weekday or told.first != told.last:
        return False
    off = abs(one.first - told.first)
    return timedelta() < off <= timedelta(weeks=_MOST_WEEKS_OFF) and off.days % 7 == 0


def _closeness(one: Dated, other: Dated) -> float:
    return float(one.piece.vector @ other.piece.vector)


def _is_one_story(one: Dated, other: Dated) -> bool:
    """Say whether two sentences are of one article or of copies of one."""
    article, told = one.piece.found.article, other.piece.found.article
    return article.id == told.id or (article.cluster != "" and article.cluster == told.cluster)


def pick_strongest(moments: Iterable[Moment], most: int) -> list[Moment]:
    """Return at most so many moments, those of crowded days only if they are the stronger."""
    crowds: Counter[tuple[date, date]] = Counter()
    ranked = []
    for moment in sorted(moments, key=lambda moment: -moment.strength):
        ranked.append((moment.strength - _PER_CROWD * crowds[moment.best.days], moment))
        crowds[moment.best.days] += 1
    return [moment for _, moment in sorted(ranked, key=lambda pair: -pair[0])[:most]]
