from datetime import date

import pytest

from rag.timex import find_times

# A Wednesday.
PUBLISHED = date(2023, 6, 14)


def values(text: str, anchor: date | None = PUBLISHED) -> list[str]:
    return [time.value for time in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The dam burst on Thursday of last week.", "2023-06-08"),
        ("The dam burst on Sunday night last week.", "2023-06-11TNI"),
        ("The dam reopens on Tuesday next week.", "2023-06-20"),
        ("The dam reopens next week on Friday.", "2023-06-23"),
        ("The dam burst on Monday of the week before last.", "2023-05-29"),
        ("The dam burst on Sunday this week.", "2023-06-11"),
        ("The dam will reopen on Sunday this week.", "2023-06-18"),
    ],
)
def test_a_weekday_is_in_the_week_that_is_said_with_it(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_week_that_counts_from_another_follows_the_text() -> None:
    text = "It burst on 3 April 2019 and was shut on Tuesday of the following week."
    assert values(text) == ["2019-04-03", "2019-04-09"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They lost the Sunday before last.", "2023-06-04"),
        ("They lost the Wednesday before last.", "2023-05-31"),
        ("They play the Saturday after next.", "2023-06-24"),
        ("They lost the weekend before last.", "2023-W22-WE"),
        ("They play again the week after next.", "2023-W26"),
        ("They lost late in the month before last.", "2023-04"),
        ("They lost the April before last.", "2022-04"),
        ("They lost the autumn before last.", "2021-FA"),
        ("They lost the Easter before last.", "2022-04-17"),
        ("They play at the Christmas after next.", "2024-12-25"),
        ("They play the year after next.", "2025"),
    ],
)
def test_before_last_and_after_next_skip_one(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The inquest opens a week on Friday.", "2023-06-23"),
        ("The inquest opens a fortnight on Monday.", "2023-07-03"),
        ("The inquest opens two weeks tomorrow.", "2023-06-29"),
        ("The inquest opens Thursday week.", "2023-06-22"),
        ("The inquest opens tomorrow fortnight, he said.", "2023-06-29"),
        ("The inquest opens a fortnight from Monday.", "2023-07-03"),
        ("The inquest opened a week last Monday.", "2023-06-05"),
        ("The inquest opened three weeks ago on Tuesday.", "2023-05-23"),
        ("The inquest opened a week ago last Friday.", "2023-06-02"),
        ("It is a fortnight today since the inquest.", "2023-05-31"),
        ("The inquest opens in ten days' time.", "2023-06-24"),
        ("The inquest opens in a fortnight’s time.", "2023-W26"),
    ],
)
def test_weeks_count_from_the_day_beside_them(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was banned for two weeks on Monday.", ["P2W", "2023-06-12"]),
        ("The vote was the Friday before last week's flood.", ["2023-06-09", "2023-W23"]),
        ("It was a Tuesday week of rest.", ["2023-06-13"]),
        ("It came on Monday this week's paper says.", ["2023-06-12", "2023-W24"]),
        ("She was back in two weeks' time.", ["P2W"]),
    ],
)
def test_what_only_looks_like_them_is_read_apart(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ferry sank on Tuesday last.", "2023-06-13"),
        ("The ferry sails on Monday next.", "2023-06-19"),
        ("The ferry sank on the Sunday just gone.", "2023-06-11"),
    ],
)
def test_the_side_of_a_weekday_may_follow_it(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The fee was due on the 9th of last month.", "2023-05-09"),
        ("The fee is due on the second of next month.", "2023-07-02"),
        ("The fee was due on the 28th of this month.", "2023-06-28"),
    ],
)
def test_a_day_is_in_the_month_that_is_said_with_it(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_day_of_a_week_is_unknown_without_an_anchor() -> None:
    assert values("It burst on Friday of last week.", anchor=None) == ["XXXX-WXX-5"]
    assert values("It opens a week tomorrow.", anchor=None) == ["XXXX-XX-XX"]
