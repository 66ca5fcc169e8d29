from datetime import date

import pytest

from rag.timex.holidays import holiday_day
from rag.timex.values import covered_days, moved, unit_value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-11-10", date(2020, 11, 10), date(2020, 11, 10)),
        ("2020-11-10TMO", date(2020, 11, 10), date(2020, 11, 10)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2020-W46-WE", date(2020, 11, 14), date(2020, 11, 15)),
        ("2020-W46-3", date(2020, 11, 11), date(2020, 11, 11)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-Q3", date(2020, 7, 1), date(2020, 9, 30)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-WI", date(2020, 12, 1), date(2021, 2, 28)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
    ],
)
def test_covered_days(value: str, first: date, last: date) -> None:
    assert covered_days(value) == (first, last)


@pytest.mark.parametrize(
    "value", ["XXXX-11-10", "PAST_REF", "P2D", "2020-02-31", "0000", "9999-WI", "2020-W60", ""]
)
def test_values_without_a_year_or_a_day_that_exists_cover_nothing(value: str) -> None:
    assert covered_days(value) is None


def test_a_month_on_stays_inside_the_month() -> None:
    assert moved(date(2020, 1, 31), 1, "M") == date(2020, 2, 29)
    assert moved(date(2020, 2, 29), -1, "Y") == date(2019, 2, 28)


def test_nothing_is_moved_out_of_the_calendar() -> None:
    assert moved(date.max, 1, "D") is None
    assert moved(date.min, -1, "Y") is None


def test_the_week_of_new_year_may_belong_to_the_year_before() -> None:
    assert unit_value(date(2021, 1, 1), "W") == "2020-W53"


@pytest.mark.parametrize(
    "day",
    [date(1, 4, 1), date(1998, 4, 12), date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31)],
)
def test_easter(day: date) -> None:
    assert holiday_day("easter", day.year) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("labor day", date(2020, 9, 7)),
        ("memorial day", date(2020, 5, 25)),
        ("thanksgiving", date(2020, 11, 26)),
        ("cyber monday", date(2020, 11, 30)),
        ("good friday", date(2020, 4, 10)),
        ("new year's eve", date(2020, 12, 31)),
    ],
)
def test_holidays(name: str, day: date) -> None:
    assert holiday_day(name, 2020) == day
