"""Tests that a bound is told from a day."""

from datetime import date

import pytest

from rag.dates.bounds import bound_before, describe_part


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The bridge will not reopen before June.", "not before "),
        ("The bridge won't open again until June.", "not before "),
        ("It is to be finished by June.", "by "),
        ("It must be paid before June.", "before "),
        ("It will open, but not until June.", "not before "),
        ("It won't open until at least June.", "not before "),
        ("It did not open until June.", ""),
        ("It was closed by June's storm.", ""),
        ("She left the night before June 3.", ""),
        ("It is not true, Orr said, that he left before June.", "before "),
        ("It was not paid. The bridge opened in June.", ""),
        ("The bridge opened in June.", ""),
    ],
)
def test_the_words_before_a_day_may_make_it_a_bound(sentence: str, bound: str) -> None:
    start = sentence.index("June")
    assert bound_before(sentence, start, start + len("June")) == bound


@pytest.mark.parametrize(
    ("sentence", "time", "bound"),
    [
        ("The ship sank shortly before 6 a.m. on Tuesday.", "6 a.m. on Tuesday", ""),
        ("Polls closed an hour before midnight on Monday.", "midnight on Monday", ""),
        ("Bids must be in by 5pm on Friday.", "5pm on Friday", "by "),
    ],
)
def test_before_an_hour_is_on_its_day(sentence: str, time: str, bound: str) -> None:
    start = sentence.index(time)
    assert bound_before(sentence, start, start + len(time)) == bound


@pytest.mark.parametrize(
    ("words", "first", "last", "described"),
    [
        ("the end of 2025", (2025, 1, 1), (2025, 12, 31), "the end of 2025"),
        ("mid-March", (2025, 3, 1), (2025, 3, 31), "mid-March 2025"),
        ("Early next year", (2025, 1, 1), (2025, 12, 31), "early 2025"),
        ("the second week of May", (2025, 5, 1), (2025, 5, 31), "the second week of May 2025"),
        ("early on Monday", (2025, 3, 3), (2025, 3, 3), "3 March 2025"),
        ("the end of this week", (2025, 3, 3), (2025, 3, 9), "3 March to 9 March 2025"),
        ("March", (2025, 3, 1), (2025, 3, 31), "March 2025"),
    ],
)
def test_a_part_of_a_month_or_a_year_stays_a_part(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int], described: str
) -> None:
    assert describe_part(date(*first), date(*last), words) == described
