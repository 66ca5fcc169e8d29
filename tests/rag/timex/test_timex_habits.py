"""Tests that a date of every year gets no year."""

from datetime import date

import pytest

from rag.timex import find_times

PUBLISHED = date(2020, 11, 12)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("Rain usually falls in May.", "May", "XXXX-05"),
        ("The feast is held on 8 November each year.", "8 November", "XXXX-11-08"),
        ("The feast is held on November 8 every year.", "November 8", "XXXX-11-08"),
        ("Each year on 8 November they light a fire.", "8 November", "XXXX-11-08"),
        ("The feast is held annually on 8 November.", "8 November", "XXXX-11-08"),
        ("The council meets in May of each year.", "May", "XXXX-05"),
        ("The river typically rises in summer.", "summer", "XXXX-SU"),
        ("Sales are normally best in the fourth quarter.", "the fourth quarter", "XXXX-Q4"),
        ("They light a fire every 4 July.", "every 4 July", "XXXX-07-04"),
        ("They light a fire every July 4.", "every July 4", "XXXX-07-04"),
        ("They light a fire each 4th of July.", "each 4th of July", "XXXX-07-04"),
        ("They light a fire every Christmas.", "every Christmas", "XXXX-12-25"),
        ("They light a fire every Easter.", "every Easter", "P1Y"),
        ("The band plays on Friday nights.", "Friday nights", "XXXX-WXX-5TNI"),
        ("The band plays on Friday and Saturday nights.", "Friday", "XXXX-WXX-5TNI"),
        ("The band plays on weekends.", "weekends", "XXXX-WXX-WE"),
        (
            "It is held on the first Monday in May each year.",
            "the first Monday in May",
            "XXXX-05",
        ),
    ],
)
def test_a_time_of_every_year_or_week_names_no_days(text: str, found: str, value: str) -> None:
    time = next(time for time in find_times(text, PUBLISHED) if time.text == found)
    assert (time.type, time.value, time.first) == ("SET", value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The feast was held on 8 November.", "2020-11-08"),
        ("The feast, usually quiet, was loud on 8 November.", "2020-11-08"),
        ("The feast is held each year. On 8 November it was loud.", "2020-11-08"),
        ("The feast is usually held on 8 November 2019.", "2019-11-08"),
        ("It rained each week in October.", "2020-10"),
        ("It rained both Monday and Tuesday nights.", "2020-11-10"),
        ("He left one day after Tuesday's vote.", "2020-11-10"),
    ],
)
def test_a_habit_told_elsewhere_leaves_a_date_its_year(text: str, value: str) -> None:
    assert find_times(text, PUBLISHED)[-1].value == value
