from datetime import date

import pytest

from rag.timex import find_times

PUBLISHED = date(2020, 11, 12)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("They talked for two days.", "two days", "P2D"),
        ("They talked for nearly two years.", "nearly two years", "P2Y"),
        ("They talked for at least 72 hours.", "at least 72 hours", "PT72H"),
        ("They talked for five and a half hours.", "five and a half hours", "PT5H30M"),
        ("They talked for 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
        ("They talked for half an hour.", "half an hour", "PT30M"),
        ("They talked for a couple of weeks.", "a couple of weeks", "P2W"),
        ("They talked for several weeks.", "several weeks", "PXW"),
        ("They talked for two or three weeks.", "two or three weeks", "PXW"),
        ("They talked for years.", "years", "PXY"),
        ("They talked for a decade.", "a decade", "P10Y"),
        ("The eight-year war went on.", "eight-year", "P8Y"),
        ("Over a three-year period it grew.", "a three-year period", "P3Y"),
        ("A six-and-a-half-year term began.", "six-and-a-half-year", "P6.5Y"),
        ("It took a quarter of an hour.", "a quarter of an hour", "PT15M"),
        ("It lasted a quarter century.", "a quarter century", "P25Y"),
        ("It took several hundred years.", "several hundred years", "PXY"),
        ("It took two million years.", "two million years", "P2000000Y"),
        ("They ended the decades-old ban.", "decades-old", "PXY"),
        ("A years-long war ended.", "years-long", "PXY"),
        ("It was followed by a week-long strike.", "week-long", "P1W"),
        ("It was delayed by a year.", "a year", "P1Y"),
        ("A weeklong strike ended.", "weeklong", "P1W"),
        ("They talked for two-and-a-half hours.", "two-and-a-half hours", "PT2H30M"),
        ("They talked for two and one-half hours.", "two and one-half hours", "PT2H30M"),
        ("It fell for two consecutive quarters.", "two consecutive quarters", "P2Q"),
    ],
)
def test_durations(text: str, found: str, value: str) -> None:
    (time,) = find_times(text, PUBLISHED)
    assert (time.text, time.type, time.value) == (found, "DURATION", value)
    assert time.first is None


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("He runs daily.", "daily", "P1D"),
        ("He runs every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
        ("He runs on Tuesdays.", "Tuesdays", "XXXX-WXX-2"),
        ("He runs each July.", "each July", "XXXX-07"),
        ("He runs twice a week.", "twice a week", "P1W"),
        ("He runs three times a month.", "three times a month", "P1M"),
        ("He runs every other day.", "every other day", "P2D"),
        ("It costs $5 million a year.", "a year", "P1Y"),
        ("He ran in each of the last three years.", "the last three years", "P1Y"),
        ("It burned the past three summers.", "the past three summers", "XXXX-SU"),
    ],
)
def test_sets(text: str, found: str, value: str) -> None:
    (time,) = find_times(text, PUBLISHED)
    assert (time.text, time.type, time.value) == (found, "SET", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It ran a five-year plan. During that time, it lost money.", "P5Y"),
        ("It grew 5% in ten years. Others grew 3% over the same period.", "P10Y"),
    ],
)
def test_that_time_is_the_length_told_before(text: str, value: str) -> None:
    assert [time.value for time in find_times(text, PUBLISHED)] == [value, value]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("early May 2019", "START"),
        ("mid-May 2019", "MID"),
        ("the end of May 2019", "END"),
        ("more than two weeks", "MORE_THAN"),
        ("at least two weeks", "EQUAL_OR_MORE"),
        ("up to two weeks", "EQUAL_OR_LESS"),
        ("about two weeks", "APPROX"),
        ("post-1959", "AFTER"),
    ],
)
def test_modifiers(text: str, mod: str) -> None:
    (time,) = find_times(text, PUBLISHED)
    assert (time.text, time.mod) == (text, mod)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the past two weeks", date(2020, 10, 29), PUBLISHED),
        ("the last 30 days", date(2020, 10, 13), PUBLISHED),
        ("the past year", date(2019, 11, 12), PUBLISHED),
        ("the last 72 hours", date(2020, 11, 9), PUBLISHED),
        ("the next three months", PUBLISHED, date(2021, 2, 12)),
    ],
)
def test_lengths_up_to_now_and_from_now_cover_days(text: str, first: date, last: date) -> None:
    (time,) = find_times(text, PUBLISHED)
    assert (time.type, time.first, time.last) == ("DURATION", first, last)
