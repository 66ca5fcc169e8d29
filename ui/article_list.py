"""Format a list of articles, and what an archive covers, for a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping

from rag.browsing import Coverage, ListedArticle, Listing
from rag.text.calendar import day_in_words
from ui.columns import in_columns, rule_below
from ui.screen import WIDTH
from ui.terminal import clean

_DATE, _SOURCE = 10, 24
_LEAST_TITLE = 20
_GAPS = 4


def article_table(listing: Listing, *, width: int = WIDTH) -> str:
    """Return a page of a list as a table: day, headline with id and marks, outlet."""
    if not listing.articles:
        return _empty(listing)
    widths = (_DATE, max(width - _DATE - _SOURCE - _GAPS, _LEAST_TITLE), _SOURCE)
    rows = [in_columns(("Date", "Article", "Outlet"), widths), rule_below(widths)]
    rows += [in_columns(_cells(article), widths) for article in listing.articles]
    return "\n".join([*rows, "", count_in_words(listing)])


def count_in_words(listing: Listing) -> str:
    """Return which articles of how many are listed: "articles 1 to 20 of 96"."""
    if not listing.articles:
        return f"{listing.total:,} articles"
    last = listing.first + len(listing.articles)
    return f"articles {listing.first + 1:,} to {last:,} of {listing.total:,}"


def _empty(listing: Listing) -> str:
    """Return what is said of a page without articles: there are none, or it is behind the last."""
    total = listing.total
    if not total:
        return "No articles were found."
    counted = f"{total:,} article{'' if total == 1 else 's'}"
    return f"The list has {counted}; --from {listing.first + 1} is behind its end."


def name_of(article: ListedArticle) -> str:
    """Return the headline in one line, or the id of an article that has none."""
    return " ".join(article.title.split()) or article.article_id


def remarks_on(article: ListedArticle) -> list[str]:
    """Return what else a reader should know: section, marks, changes and copies."""
    copies = article.copies
    return [
        part
        for part in (
            " ".join(article.section.split()),
            article.mark,
            f"{copies} other article{'' if copies == 1 else 's'} of this story" if copies else "",
        )
        if part
    ]


def range_in_words(coverage: Coverage) -> str:
    """Return from when to when an archive has articles, and how many are without a date."""
    known = ""
    if coverage.first and coverage.last:
        days = [day_in_words(coverage.first), day_in_words(coverage.last)]
        known = " to ".join(dict.fromkeys(days))
    without = f"{coverage.undated:,} without a date" if coverage.undated else ""
    return "; ".join(part for part in (known, without) if part)


def coverage_table(coverage: Coverage, *, width: int = WIDTH) -> str:
    """Return what an archive covers: its days, then months, outlets, sections and languages."""
    if not coverage.articles:
        return "No articles were found."
    lines = [f"{coverage.articles:,} articles: {range_in_words(coverage)}"]
    months: Counter[str] = Counter()
    for one in coverage.months:
        months[f"{one.month:%B %Y}"] += one.articles
    for name, counts in (
        ("Months", months),
        ("Outlets", coverage.outlets),
        ("Sections", coverage.sections),
        ("Languages", coverage.languages),
    ):
        lines += ["", name, *_counted(counts)]
    return clean("\n".join(line[:width] for line in lines))


def _counted(counts: Mapping[str, int]) -> Iterator[str]:
    for value, number in counts.items():
        yield f"{number:>9,}  {' '.join(value.split()) or '(not given)'}"


def _cells(article: ListedArticle) -> tuple[str, str, str]:
    remarks = "; ".join([*remarks_on(article), f"id: {article.article_id}"])
    day = article.published.isoformat() if article.published else "no date"
    return day, clean(f"{name_of(article)}\n{remarks}"), clean(" ".join(article.source.split()))
