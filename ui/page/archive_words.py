"""Describe what an archive covers, and a page of its articles, for the page. No Streamlit here."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from rag.browsing import Coverage, ListedArticle
from ui.article_list import name_of, remarks_on
from ui.page.article_address import query_of
from ui.page.in_words import format_day, state_of
from ui.page.link_list import ListEntry, PageLink

# More colours than these cannot be told apart, and more bars than these cannot be seen.
_MOST_OUTLETS = 8
_MOST_MONTHS = 72
_OTHERS = "other outlets"
_NO_OUTLET = "no outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The columns of a chart: a time, an outlet, and how many articles it published then."""

    period: str
    times: list[date]
    outlets: list[str]
    articles: list[int]

    @property
    def columns(self) -> dict[str, list[date] | list[str] | list[int]]:
        """The columns by their names."""
        return {self.period: self.times, "Outlet": self.outlets, "Articles": self.articles}


def chart_of(coverage: Coverage) -> Chart:
    """Return the articles of each month and outlet; of each year, if there are many months."""
    shown = [source for source in coverage.outlets if source][:_MOST_OUTLETS]
    is_long = len({one.month for one in coverage.months}) > _MOST_MONTHS
    counts: Counter[tuple[date, str]] = Counter()
    for one in coverage.months:
        time = one.month.replace(month=1) if is_long else one.month
        counts[time, _outlet(one.source, shown)] += one.articles
    ordered = sorted(counts.items())
    return Chart(
        period="Year" if is_long else "Month",
        times=[time for (time, _), _ in ordered],
        outlets=[outlet for (_, outlet), _ in ordered],
        articles=[count for _, count in ordered],
    )


def say_chart(chart: Chart) -> str:
    """Return in words what a chart shows, for those who do not see it."""
    by_time: Counter[date] = Counter()
    for time, count in zip(chart.times, chart.articles, strict=True):
        by_time[time] += count
    if not by_time:
        return "No article has a date."
    most, count = max(by_time.items(), key=lambda item: item[1])
    name = f"{most:%Y}" if chart.period == "Year" else f"{most:%B %Y}"
    return (
        f"Articles by {chart.period.lower()} and outlet, from {min(by_time):%B %Y} to "
        f"{max(by_time):%B %Y}. Most are from {name}: {count:,}."
    )


def describe_listed(article: ListedArticle) -> ListEntry:
    """Return an article as the list shows it; it opens at the passage that was found in it."""
    state = state_of(article.title, article.note)
    return ListEntry(
        day=format_day(article.published),
        link=PageLink(
            label=name_of(article), query=query_of(article.article_id, article.start, article.end)
        ),
        lines=tuple(
            part for part in (" ".join(article.source.split()), *remarks_on(article)) if part
        ),
        mark=state.capitalize(),
    )


def _outlet(source: str, shown: list[str]) -> str:
    if not source:
        return _NO_OUTLET
    return source if source in shown else _OTHERS
