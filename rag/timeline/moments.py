"""Groups dated sentences into the moments of a story and picks the strongest of them.

A moment holds the sentences that report the same event. The chosen moments are spread over the
days. `build` makes an entry of each.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.timeline.dating import Dated

# Sentences of the same days that are this close in meaning report the same event. A sentence that
# only mentions an event is shown beneath an entry, so less is enough for it. The values were chosen
# on fifteen pairs of one archive, which is little. No outside data with such pairs has measured
# them.
_SAME_EVENT_COSINE = 0.52
_SAME_PASSING_COSINE = 0.35
# If one sentence may well mean the other's days, both report the same event if they are this close.
# In two archives of news, this is true of ten of the eleven such pairs, and of about half of the
# pairs from .6 to .75.
_OTHER_DAYS_COSINE = 0.75
# In an article that was changed after its date, the days of a weekday may be this many weeks off.
_MOST_WEEKS_OFF = 4
# A sentence with unsure days counts if the story was reported at most this many days before.
_GOES_ON_DAYS = 14
# A moment gains this for each further story that reports it, in units of the reader's score.
_PER_SOURCE = 1.0
# It loses this for each stronger moment on its days. A timeline then shows many days rather than
# many moments of a few days.
_PER_CROWD = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Sentences that report the same event at the same time, one for each story, best first."""

    told: tuple[Dated, ...]

    @property
    def best(self) -> Dated:
        """The sentence to quote."""
        return self.told[0]

    @property
    def strength(self) -> float:
        """How strongly it belongs in the timeline, by its best sentence and how many report it."""
        return self.best.strength + _PER_SOURCE * (len(self.told) - 1)


def merge_retellings(dated: Iterable[Dated]) -> list[Moment]:
    """Return each event once, with its strongest sentence and one sentence of each other story.

    The sentence that names its days best decides the days: a day wins over a longer span, and a
    date wins over a day of the week. An event that is only mentioned supports other sentences about
    the same days. It becomes a moment of its own only on days about which nothing else is reported.
    A sentence with unsure days becomes one only if the story began shortly before.
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
    """Return a sort key that puts first the sentence that says best which days it is about."""
    return one.unsure, one.aside, one.first != one.last, one.by_weekday, -one.strength


def _best_first(group: Sequence[Dated]) -> list[Dated]:
    """Return a group with the sentence to quote first: news before what a columnist says of it."""
    days = group[0].days
    return sorted(
        group,
        key=lambda one: (
            one.days != days,
            one.piece.found.hit.genre != "",
            one.aside,
            -one.strength,
        ),
    )


def _tells_the_same(told: Dated, one: Dated) -> bool:
    least = _SAME_PASSING_COSINE if one.aside else _SAME_EVENT_COSINE
    return _closeness(told, one) >= least


def _is_told_again(group: Sequence[Dated], one: Dated) -> bool:
    """Say whether a sentence reports a group's event, and may mean its days in other words."""
    told = group[0]
    may_be = _is_around(one, told.days) or _is_weeks_off(one, told)
    return may_be and any(_closeness(told, one) >= _OTHER_DAYS_COSINE for told in group)


def _is_around(one: Dated, days: tuple[date, date]) -> bool:
    """Say whether a sentence has a longer span that contains other days."""
    return one.first != one.last and one.first <= days[0] and days[1] <= one.last


def _is_weeks_off(one: Dated, told: Dated) -> bool:
    """Say whether a day of the week is whole weeks away from a date."""
    if not one.by_weekday or told.by_weekday or told.first != told.last:
        return False
    off = abs(one.first - told.first)
    return timedelta() < off <= timedelta(weeks=_MOST_WEEKS_OFF) and off.days % 7 == 0


def _closeness(one: Dated, other: Dated) -> float:
    return float(one.piece.vector @ other.piece.vector)


def _is_one_story(one: Dated, other: Dated) -> bool:
    """Say whether two sentences come from one article, or from copies of one."""
    article, told = one.piece.found.article, other.piece.found.article
    return article.id == told.id or (article.cluster != "" and article.cluster == told.cluster)


def pick_strongest(moments: Iterable[Moment], most: int) -> list[Moment]:
    """Return at most `most` moments; on crowded days, a moment must be stronger to be included."""
    crowds: Counter[tuple[date, date]] = Counter()
    ranked = []
    for moment in sorted(moments, key=lambda moment: -moment.strength):
        ranked.append((moment.strength - _PER_CROWD * crowds[moment.best.days], moment))
        crowds[moment.best.days] += 1
    return [moment for _, moment in sorted(ranked, key=lambda pair: -pair[0])[:most]]
