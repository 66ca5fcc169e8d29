from datetime import date

import pytest

from rag.timex import find_times

# A Friday in December, so that the nearest day without a year is mostly another one.
PUBLISHED = date(2024, 12, 20)


def values(text: str, anchor: date | None = PUBLISHED) -> list[str]:
    return [time.value for time in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mine shut on 19 December last year.", "2023-12-19"),
        ("The mine shut on Dec. 19 of last year.", "2023-12-19"),
        ("The mine shuts on January 5, next year.", "2025-01-05"),
        ("The mine shut on 5 January this year.", "2024-01-05"),
        ("The mine shut on 14 July two years ago.", "2022-07-14"),
        ("The mine shut on 14 July the year before last.", "2022-07-14"),
        ("The mine shut in November three years ago.", "2021-11"),
        ("The mine shut in the spring of the year before last.", "2022-SP"),
        ("The mine shut at Easter two years ago.", "2022-04-17"),
        ("The mine opens in the summer of the year after next.", "2026-SU"),
    ],
)
def test_a_day_month_season_or_holiday_takes_the_year_counted_after_it(
    text: str, value: str
) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mine shut in June of '94.", "1994-06"),
        ("The mine shut on 3 March ’71.", "1971-03-03"),
        ("The mine shut in the winter of '62.", "1962-WI"),
        ("The mine shut just before Christmas '89.", "1989-12-25"),
        ("The mine opens in May '27.", "2027-05"),
        ("The mine shut in the autumn of 58 after a flood.", "1958-FA"),
        ("The mine shut in March of 93.", "1993-03"),
    ],
)
def test_a_year_of_two_figures_belongs_to_the_date_before_it(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_year_that_counts_from_another_follows_the_text() -> None:
    text = "It was sold in March 2011, and on 2 June the following year it burned down."
    assert values(text) == ["2011-03", "2012-06-02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last year, on 19 December, it shut.", ["2023", "2023-12-19"]),
        ("In 2016, in November, it shut.", ["2016", "2016-11"]),
        ("Last year's 28 December storm was worse.", ["2023", "2023-12-28"]),
    ],
)
def test_a_year_right_before_a_date_is_its_year(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 19 December last year's winner spoke.", ["2024-12-19", "2023"]),
        ("In March of 93 miners left.", ["2024-03"]),
        ("It shut on 19 December last week.", ["2024-12-19", "2024-W50"]),
        ("It shut on 19 December a few years ago.", ["2024-12-19", "PAST_REF"]),
        ("It shut in May 'for the last time', he said.", ["2024-05"]),
        ("In 2021 the fall of the town was near.", ["2021"]),
        ("Floods come in May, this year more than ever.", ["2024-05", "2024"]),
    ],
)
def test_what_is_no_year_of_the_date_stays_apart(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_a_counted_year_is_unknown_without_an_anchor() -> None:
    assert values("It shut on 19 December last year.", anchor=None) == ["XXXX-12-19"]
    assert values("It shut at Christmas last year.", anchor=None) == ["XXXX-12-25"]
