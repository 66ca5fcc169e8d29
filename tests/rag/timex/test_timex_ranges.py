from datetime import date

import pytest

from rag.timex import find_ranges, find_times

PUBLISHED = date(2020, 11, 12)


@pytest.mark.parametrize(
    ("text", "said", "first", "last"),
    [
        (
            "It ran from 3 to 5 May 2019.",
            "from 3 to 5 May 2019",
            date(2019, 5, 3),
            date(2019, 5, 5),
        ),
        ("It ran May 3-5, 2019.", "May 3-5, 2019", date(2019, 5, 3), date(2019, 5, 5)),
        (
            "It ran from May to July 2019.",
            "from May to July 2019",
            date(2019, 5, 1),
            date(2019, 7, 31),
        ),
        (
            "It ran from December to March 2019.",
            "from December to March 2019",
            date(2018, 12, 1),
            date(2019, 3, 31),
        ),
        (
            "What ran between 2017 and 2019?",
            "between 2017 and 2019",
            date(2017, 1, 1),
            date(2019, 12, 31),
        ),
        ("It ran in 2017-19.", "2017-19", date(2017, 1, 1), date(2019, 12, 31)),
        (
            "It ran from Monday to Wednesday.",
            "from Monday to Wednesday",
            date(2020, 11, 9),
            date(2020, 11, 11),
        ),
    ],
)
def test_two_times_bound_a_range(text: str, said: str, first: date, last: date) -> None:
    (found,) = find_ranges(text, find_times(text, PUBLISHED))
    assert (found.text, found.first, found.last) == (said, first, last)
    assert text[found.start : found.end] == said


@pytest.mark.parametrize(
    "text",
    [
        "It ran in 2017 and 2019.",
        "It ran from 2019 to 2017.",
        "It ran on Monday and Tuesday.",
        "It ran for two to three years.",
        "It ran in 2017. To 2019 it owed much.",
    ],
)
def test_two_times_that_bound_nothing_are_no_range(text: str) -> None:
    assert find_ranges(text, find_times(text, PUBLISHED)) == []


def test_a_range_without_years_has_no_days() -> None:
    text = "It ran from 3 to 5 May."
    assert find_ranges(text, find_times(text)) == []
