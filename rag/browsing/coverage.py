"""Counts what an archive covers: months, outlets, sections and languages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rag.records import SearchFilter
from rag.store.interface import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfOutlet:
    """How many articles an outlet published in a month, which is named by its first day."""

    month: date
    source: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an archive covers under a filter.

    `first` and `last` are the first and the last day of publication; `undated` articles have none.
    `outlets`, `sections` and `languages` say how many articles each has, most first; what an
    article does not name is counted under "". `months` are in the order of time.
    """

    articles: int
    first: date | None
    last: date | None
    undated: int
    outlets: Mapping[str, int]
    sections: Mapping[str, int]
    languages: Mapping[str, int]
    months: tuple[MonthOfOutlet, ...]


def cover(store: Store, where: SearchFilter) -> Coverage:
    """Return what the articles under a filter cover; this reads a few facts of each."""
    articles = undated = 0
    first: date | None = None
    last: date | None = None
    outlets: Counter[str] = Counter()
    sections: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    months: Counter[tuple[date, str]] = Counter()
    for facts in store.kinds(where):
        articles += 1
        outlets[facts.source] += 1
        sections[facts.section] += 1
        languages[facts.language] += 1
        if (day := facts.published) is None:
            undated += 1
            continue
        first = min(first or day, day)
        last = max(last or day, day)
        months[day.replace(day=1), facts.source] += 1
    return Coverage(
        articles=articles,
        first=first,
        last=last,
        undated=undated,
        outlets=_most_first(outlets),
        sections=_most_first(sections),
        languages=_most_first(languages),
        months=tuple(
            MonthOfOutlet(month=month, source=source, articles=count)
            for (month, source), count in sorted(months.items())
        ),
    )


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
