from datetime import date

import pytest

from rag.timex import find_times

PUBLISHED = date(2020, 11, 12)


def values(text: str) -> list[str]:
    return [time.value for time in find_times(text, PUBLISHED)]


def test_a_year_earlier_is_the_reported_quarters() -> None:
    text = "Sales rose in the first quarter of 2020 from the same period a year ago."
    assert values(text) == ["2020-Q1", "2019-Q1"]


def test_a_later_quarter_that_is_over_is_reported_on_from_then() -> None:
    text = (
        "Profit rose in the first quarter. A rival's third-quarter loss fell from a year earlier."
    )
    assert values(text) == ["2020-Q1", "2020-Q3", "2019-Q3"]


@pytest.mark.parametrize(
    "aside", ["after a weak second quarter", "but the fourth quarter will be weak"]
)
def test_a_quarter_told_in_passing_is_not_reported_on(aside: str) -> None:
    text = f"Profit rose in the third quarter, {aside}. It lost money a year earlier."
    assert values(text)[-1] == "2019-Q3"


@pytest.mark.parametrize(
    ("text", "value", "first", "last"),
    [
        ("the quarter ended July 31", "2020-Q2", date(2020, 5, 1), date(2020, 7, 31)),
        ("the quarter ended Sept. 30, 2019", "2019-Q3", date(2019, 7, 1), date(2019, 9, 30)),
        ("the quarter ending Jan. 31", "2020-Q4", date(2020, 11, 1), date(2021, 1, 31)),
        ("its fiscal first quarter ended Sept. 30", "2020-Q1", date(2020, 7, 1), date(2020, 9, 30)),
    ],
)
def test_a_quarter_with_its_end_covers_the_three_months_before(
    text: str, value: str, first: date, last: date
) -> None:
    time = find_times(f"It lost money in {text}.", PUBLISHED)[0]
    assert (time.value, time.first, time.last) == (value, first, last)


def test_the_days_of_a_fiscal_quarter_are_not_known() -> None:
    (time,) = find_times("It lost money in the fiscal third quarter.", PUBLISHED)
    assert (time.value, time.first, time.last) == ("2020-Q3", None, None)


def test_a_fiscal_year_keeps_its_number() -> None:
    assert values("Sales rose in the 2019 fiscal year, and in fiscal 2020.") == ["2019", "2020"]


def test_that_quarter_is_the_one_that_was_named() -> None:
    text = "It lost money in the second quarter ended Oct. 31. Sales fell in that quarter."
    assert values(text)[-1] == "2020-Q2"


def test_a_year_that_ends_ahead_is_not_over() -> None:
    assert values("It expects a loss in the year ending June 30.") == ["P1Y", "2021-06-30"]
