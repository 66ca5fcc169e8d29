"""Turns a search filter into conditions on the fields of points, the same for both backends.

Each backend translates these conditions into the filters of its engine, in its module `points`. To
change what a filter means, change `searched`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rag.records import SearchFilter, TimeWindow
from rag.store.cells import cells_sharing
from rag.store.model import ARTICLE, PASSAGE
from rag.store.payloads import CELLS, YES
from rag.store.stamps import day_stamp, instant_stamp, is_long


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The condition that a field has one of some values; without values it is never met."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The condition that an instant is `since` or later, after `after`, and `until` or earlier."""

    field: str
    since: str | None = None
    after: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The condition that one of the records in a field meets all given conditions."""

    field: str
    conditions: "Conditions"


Condition = AnyOf | Between | OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Conditions that a point must meet, and conditions none of which it may meet."""

    must: tuple[Condition, ...] = ()
    must_not: tuple[Condition, ...] = ()


# Points, chosen by their ids or by conditions.
Selection = Sequence[str] | Conditions


def of_kinds(*kinds: str) -> Conditions:
    """Return the conditions for points of some kinds."""
    return Conditions(must=(AnyOf("kind", kinds),))


def of_articles(article_ids: Sequence[str]) -> Conditions:
    """Return the conditions for the passages of articles."""
    return Conditions(must=(AnyOf("article_id", tuple(article_ids)),))


def flagged(name: str, *, value: bool) -> Conditions:
    """Return the conditions for articles that have a flag, or that do not."""
    article, flag = AnyOf("kind", (ARTICLE,)), AnyOf(name, (YES,))
    if value:
        return Conditions(must=(article, flag))
    return Conditions(must=(article,), must_not=(flag,))


def expired(now: datetime) -> Conditions:
    """Return the conditions for articles that are hidden since some time."""
    until = Between(field="hidden_from", until=instant_stamp(now))
    return Conditions(must=(AnyOf("kind", (ARTICLE,)), until))


def embargoed(now: datetime) -> Conditions:
    """Return the conditions for articles that are hidden until some time."""
    after = Between(field="hidden_until", after=instant_stamp(now))
    return Conditions(must=(AnyOf("kind", (ARTICLE,)), after))


def dated_after(day: date) -> Conditions:
    """Return the conditions for articles that were published after a day."""
    after = Between(field="published", after=day_stamp(day))
    return Conditions(must=(AnyOf("kind", (ARTICLE,)), after))


def changed_since(where: SearchFilter, day: date) -> Conditions:
    """Return the conditions for articles that a search as of a day misses only for a change since.

    They were published by then, and are not hidden now.
    """
    found = searched(replace(where, as_of=None, events=None)) or Conditions()
    return Conditions(
        must=(
            AnyOf("kind", (ARTICLE,)),
            *found.must,
            Between(field="published", until=day_stamp(day)),
            Between(field="known", after=day_stamp(day)),
        ),
        must_not=found.must_not,
    )


def articles_searched(where: SearchFilter) -> Conditions:
    """Return the conditions for articles in which a search may find something.

    They do not look at `events` and `articles`, which only passages have.
    """
    found = searched(replace(where, events=None, articles=None)) or Conditions()
    return Conditions(must=(AnyOf("kind", (ARTICLE,)), *found.must), must_not=found.must_not)


def dated(where: Conditions, *, value: bool) -> Conditions:
    """Return conditions with one more: that a point has a day of publication, or that it has not.

    No day is before the first one of the calendar.
    """
    has_day = Between(field="published", since=day_stamp(date.min))
    if value:
        return replace(where, must=(*where.must, has_day))
    return replace(where, must_not=(*where.must_not, has_day))


def passages_searched(where: SearchFilter, *, by_cells: bool) -> Conditions:
    """Return the conditions for the passages that a search may find."""
    found = searched(where, by_cells=by_cells) or Conditions()
    return Conditions(must=(AnyOf("kind", (PASSAGE,)), *found.must), must_not=found.must_not)


def of_clusters(clusters: Sequence[str], where: SearchFilter) -> Conditions:
    """Return the conditions for the articles of clusters that are not hidden now."""
    wanted = (AnyOf("kind", (ARTICLE,)), AnyOf("cluster", tuple(clusters)), *_known(where))
    return Conditions(must=wanted, must_not=_hidden(where))


def searched(where: SearchFilter, *, by_cells: bool = True) -> Conditions | None:
    """Return the conditions for passages that a search may find; None if it may find all.

    An engine looks all of them up in indexes. Passages of earlier releases have no cells
    (`rag.store.cells`), so without `by_cells` an engine reads the days of each passage, which takes
    40 times as long.
    """
    wanted: list[Condition] = []
    if where.window:
        since, until = day_stamp(where.window.since), day_stamp(where.window.until)
        wanted.append(Between(field="published", since=since, until=until))
    if where.events:
        wanted.append(_sharing(where.events) if by_cells else _overlapping(where.events))
    wanted += _known(where)
    if where.sources is not None:
        wanted.append(AnyOf("source", tuple(where.sources)))
    if where.sections is not None:
        wanted.append(AnyOf("section", tuple(where.sections)))
    if where.articles is not None:
        wanted.append(AnyOf("article_id", tuple(where.articles)))
    hidden = _hidden(where)
    return Conditions(must=tuple(wanted), must_not=hidden) if wanted or hidden else None


def _known(where: SearchFilter) -> tuple[Condition, ...]:
    """Return the condition that an article had its present text by the day of `as_of`."""
    if where.as_of is None:
        return ()
    return (Between(field="known", until=day_stamp(where.as_of)),)


def _sharing(window: TimeWindow) -> Condition:
    """Return the condition that one of a passage's spans of days has a day in the window."""
    if window.since and window.until:
        return AnyOf(CELLS, tuple(cells_sharing(window.since, window.until)))
    if window.since:
        return Between(field="days[].last", since=day_stamp(window.since))
    return Between(field="days[].first", until=day_stamp(window.until))


def _overlapping(window: TimeWindow) -> OneOf:
    """Return the same condition for passages without cells."""
    spans: list[Condition] = []
    if window.until:
        spans.append(Between(field="first", until=day_stamp(window.until)))
    if window.since:
        spans.append(Between(field="last", since=day_stamp(window.since)))
    short = not is_long(window.since, window.until)
    long = AnyOf("long", (YES,))
    return OneOf("days", Conditions(must=tuple(spans), must_not=(long,) if short else ()))


def _hidden(where: SearchFilter) -> tuple[Condition, ...]:
    if where.now is None:
        return ()
    now = instant_stamp(where.now)
    return (Between(field="hidden_until", after=now), Between(field="hidden_from", until=now))
