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
        ("the quarter ended June 30", "2020-Q2", date(2020, 4, 1), date(2020, 6, 30)),
        ("the quarter ending Jan. 31", "2019-Q4", date(2019, 11, 1), date(2020, 1, 31)),
        ("the first half ended Sept. 30", "2020-H1", date(2020, 4, 1), date(2020, 9, 30)),
        ("its fiscal first quarter ended Sept. 30", "2020-Q1", date(2020, 7, 1), date(2020, 9, 30)),
    ],
)
def test_a_quarter_or_half_with_its_end_covers_the_months_before(
    text: str, value: str, first: date, last: date
) -> None:
    time = find_times(f"It lost money in {text}.", PUBLISHED)[0]
    assert (time.value, time.first, time.last) == (value, first, last)


def test_a_quarter_that_will_end_is_the_next() -> None:
    time = find_times("It will lose money in the quarter ending Jan. 31.", PUBLISHED)[0]
    assert (time.value, time.last) == ("2020-Q4", date(2021, 1, 31))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Profit rose in the first half.", "2020-H1"),
        ("First-half profit rose.", "2020-H1"),
        ("Sales rose in the June quarter.", "2020-Q2"),
        ("Sales will rise in the December quarter.", "2020-Q4"),
        ("Debt fell from year-end 2018.", "2018"),
        ("In the year-ago quarter, the second quarter, it lost money.", "2019-Q2"),
        ("It lost money in the year-earlier second quarter.", "2019-Q2"),
        ("It lost money in the prior-year quarter.", "2019-Q3"),
        ("Last year it lost $5 million. The year-earlier results were restated.", "2019"),
    ],
)
def test_periods_of_business_news(text: str, value: str) -> None:
    assert value in values(text)


def test_a_games_half_is_no_time() -> None:
    assert values("He scored twice in the first half.") == []


def test_the_year_earlier_period_is_as_long_as_the_one_reported() -> None:
    text = "For the nine months it earned $81 million. In the year-earlier period, it lost money."
    assert values(text) == ["P9M", "P9M"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales rose in September from the same month last year.", "2019-09"),
        ("Sales rose from the same month a year earlier.", "2019-11"),
        ("Sales fell on Nov. 10 from the same day last year.", "2019-11-10"),
    ],
)
def test_the_same_unit_of_another_year_is_of_the_one_told(text: str, value: str) -> None:
    assert values(text)[-1] == value


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


def test_a_period_that_just_ended_is_not_the_next() -> None:
    text = "Sales rose in the week ending Nov. 3, and will in the quarter ending Dec. 31."
    assert [v for v in values(text) if v.count("-") == 2] == ["2020-11-03", "2020-12-31"]


def test_a_quarter_beside_the_year_ago_quarter_is_the_same() -> None:
    text = "In the year-ago quarter, the second quarter ended Oct. 31, it lost money."
    second = find_times(text, PUBLISHED)[1]
    assert second.value == "2019-Q2"
    assert (second.first, second.last) == (date(2019, 8, 1), date(2019, 10, 31))


def test_the_quarter_keeps_the_days_of_the_fiscal_one_and_so_does_a_year_earlier() -> None:
    text = (
        "It earned more in the fiscal first quarter ended Sept. 30. In the quarter, sales rose to "
        "$5 million from $4 million a year earlier."
    )
    *_, quarter, before = find_times(text, PUBLISHED)
    assert (quarter.value, quarter.first) == ("2020-Q1", date(2020, 7, 1))
    assert (before.value, before.first) == ("2019-Q1", date(2019, 7, 1))


def test_the_days_of_a_year_before_a_fiscal_quarter_are_not_known_either() -> None:
    text = "It earned more in the fiscal third quarter than a year earlier."
    assert [time.first for time in find_times(text, PUBLISHED)] == [None, None]


def test_two_quarters_share_what_is_said_of_the_second() -> None:
    assert values("Sales fell in the second and third quarters of 2018.") == ["2018-Q2", "2018-Q3"]


def test_this_quarters_loss_is_the_reported_one() -> None:
    text = "It lost money in the third quarter. This quarter's loss includes a charge."
    assert values(text) == ["2020-Q3", "2020-Q3"]


def test_two_seasons_share_the_year_of_the_second() -> None:
    assert values("It burned in the spring and summer of 1999.") == ["1999-SP", "1999-SU"]
