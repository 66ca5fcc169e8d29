from datetime import date

import pytest

from rag.timex import find_times

# A Monday.
PUBLISHED = date(2022, 9, 19)


@pytest.mark.parametrize(
    ("text", "value", "mod"),
    [
        ("The lake was full this time last year.", "2021-09", "APPROX"),
        ("The lake was full at the same time three years ago.", "2019-09", "APPROX"),
        ("The lake may be full by this time next year.", "2023-09", "APPROX"),
        ("The lake was full this time last month.", "2022-W33", "APPROX"),
        ("The lake was full this time last week.", "2022-09-12", ""),
        ("The lake was full at this time yesterday.", "2022-09-18", ""),
        ("The lake was full this week last year.", "2021-W37", ""),
        ("The lake was full the same weekend two years ago.", "2020-W38-WE", ""),
        ("The lake was full on this day last year.", "2021-09-19", ""),
    ],
)
def test_the_same_time_is_one_step_finer_than_what_it_counts_by(
    text: str, value: str, mod: str
) -> None:
    found = find_times(text, PUBLISHED)
    assert [(time.value, time.mod) for time in found] == [(value, mod)]


def test_time_alone_and_another_years_owner_are_not_read_as_that() -> None:
    assert find_times("This time the lake was full.", PUBLISHED) == []
    found = find_times("This week last year's winner rested.", PUBLISHED)
    assert [time.value for time in found] == ["2022-W38", "2021"]
