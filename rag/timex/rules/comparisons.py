"""Reads the periods that business news compares with: "a year earlier", "the year-ago quarter"."""

from dataclasses import replace

from rag.text.numerals import ORDINALS
from rag.timex.amounts import unit_of
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.nearness import counted
from rag.timex.values import DaySpan, moved

RULES = Rules()


@RULES.add("period of a year", r"THE (?P<year>YEAR) FISCAL? (?:PERIOD|QUARTER)")
def _year_period(match: Match) -> TimeReading | None:
    part = (match.context.quarter or "")[4:]
    return TimeReading(type="DATE", value=match.word("year") + part, is_aside=True)


@RULES.add(
    "period a year earlier",
    r"(?P<article>THE|A)? (?:CORRESPONDING|SAME)?"
    r" (?:(?P<unit>UNIT) HYPHEN (?:EARLIER|AGO|BEFORE)|PREVIOUS HYPHEN (?P<prior>UNIT))"
    r" (?:(?P<nth>ORDINAL|SECOND) HYPHEN?)? (?P<period>PERIOD|QUARTER)?",
)
@RULES.add(
    "same period of another year",
    r"THE (?:CORRESPONDING|SAME) (?P<period>PERIOD|QUARTER)"
    r" (?:OF|IN)? (?:LAST|THE PREVIOUS|A) (?P<unit>UNIT) (?:EARLIER|AGO|BEFORE)?",
)
@RULES.add("quarter a year ago", r"THE (?P<period>QUARTER|PERIOD) A (?P<unit>UNIT) (?:AGO|EARLIER)")
def _year_earlier(match: Match) -> TimeReading | None:
    if unit_of(match.word("unit") or match.word("prior")) != "Y":
        return None
    is_quarter = match.word("period") == "quarter"
    period = match.context.period
    if match.word("period") == "period" and period:
        return TimeReading(type="DURATION", value=period, is_aside=True)
    match.context.is_quarterly |= is_quarter
    # In "a year-earlier loss", the article belongs to the noun.
    start = match.start + (match.has("article") and not match.has("period"))
    if match.word("article") == "the" and _is_year_before(match):
        # In "Last year it lost money. The year-earlier loss", both are the same year.
        return TimeReading(
            type="DATE", value=match.context.reference or "", start=start, is_aside=True
        )
    reading = years_before(match, start=start)
    said = _quarter_said(match) if is_quarter else ""
    if said and reading.value[:4].isdigit():
        return replace(reading, value=f"{reading.value[:4]}-Q{said}")
    if is_quarter and "-" not in reading.value:
        value = counted(moved(match.anchor, -1, "Y") if match.anchor else None, -1, "Q")
        return replace(reading, value=value)
    return reading


def _is_year_before(match: Match) -> bool:
    """Say whether the last named time is the year before that of the anchor."""
    last_year = counted(match.anchor, -1, "Y")
    is_compared = not match.has("period") and not match.context.is_quarterly
    return is_compared and match.context.reference == last_year


_BESIDE = compiled(r"COMMA THE? FISCAL? (?P<nth>ORDINAL|SECOND) HYPHEN? QUARTER")


def _quarter_said(match: Match) -> str:
    """Return the 2 of "the year-ago second quarter" or "the year-ago quarter, the second one"."""
    found = _BESIDE.match(match.tokens.kinds, match.end)
    word = match.tokens.words[found.start("nth")] if found else match.word("nth")
    nth = ORDINALS.get(word, 0)
    return str(nth) if 1 <= nth <= 4 else ""


def years_before(
    match: Match, count: int = 1, *, mod: str = "", start: int | None = None
) -> TimeReading:
    """Return the reading of "a year earlier"; a quarter with days of its own keeps such days."""
    value = _year_before(match, count)
    fiscal = match.context.fiscal_days
    later = f"{int(value[:4]) + count:04d}{value[4:]}" if value[:4].isdigit() else ""
    days = fiscal.get(later)
    return TimeReading(
        type="DATE",
        value=value,
        mod=mod,
        days=_shifted(days, -count) if days else None,
        is_fiscal=later in fiscal,
        start=start,
        is_aside=True,
    )


def _shifted(days: DaySpan, years: int) -> DaySpan | None:
    first, last = (moved(day, years, "Y") for day in days)
    return DaySpan(first, last) if first and last else None


def _year_before(match: Match, count: int) -> str:
    """Return the value `count` years before the reported quarter or the year of the last date."""
    context, anchor = match.context, match.anchor
    quarter = context.quarter if context.is_quarterly else None
    reference = quarter or context.reference or ""
    if reference[:4].isdigit():
        year = int(reference[:4])
        # A figure is not compared with a date of long ago that is said in passing.
        is_recent = anchor is None or abs(year - anchor.year) <= 1
        if is_recent and year > count:
            return f"{year - count:04d}{quarter[4:] if quarter else ''}"
    return counted(anchor, -count, "Y")
