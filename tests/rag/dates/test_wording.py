from datetime import date

import pytest

from rag.dates.wording import describe_days, name_of_span


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 11, 10), date(2020, 11, 10), "10 November 2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(1990, 1, 1), date(1999, 12, 31), "1990 to 1999"),
        (date(2021, 1, 1), date(2021, 1, 30), "1 January to 30 January 2021"),
        (date(2020, 1, 1), date(2021, 1, 31), "1 January 2020 to 31 January 2021"),
        (date(2020, 9, 27), date(2020, 11, 10), "27 September to 10 November 2020"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 December 2020 to 2 January 2021"),
    ],
)
def test_days_are_named_as_a_person_names_them(first: date, last: date, words: str) -> None:
    assert describe_days(first, last) == words


def test_a_span_that_is_no_whole_has_no_name() -> None:
    assert name_of_span(date(2020, 11, 9), date(2020, 11, 10)) == ""
