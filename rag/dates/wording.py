"""Writes days in words for people: a day, a month, a year, or from one day to another.

Every date that Dateline shows is written as day, month and year: "10 November 2020".
"""

from calendar import monthrange
from datetime import date

from rag.text.calendar import day_in_words


def describe_days(first: date, last: date) -> str:
    """Return a span of days in words: a day, a month, a year, or from one day to another."""
    if whole := name_of_span(first, last):
        return whole
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first:%Y} to {last:%Y}"
    same_year = first.year == last.year
    return f"{first:%-d %B}{'' if same_year else f' {first.year}'} to {day_in_words(last)}"


def name_of_span(first: date, last: date) -> str:
    """Return the name of a span that is one day, month or year; empty if it is none of these."""
    if first == last:
        return day_in_words(first)
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if is_whole and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    is_year = is_whole and first.year == last.year and (first.month, last.month) == (1, 12)
    return f"{first:%Y}" if is_year else ""
