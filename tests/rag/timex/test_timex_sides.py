"""Tests on which side of its day a text's times lie: what has passed, and what is to come."""

from datetime import date

import pytest

from rag.timex import find_times

# A Wednesday.
PUBLISHED = date(2024, 3, 13)


def days(text: str, published: date = PUBLISHED) -> list[str]:
    return [time.value[:10] for time in find_times(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor could not be found on Monday.", "2024-03-11"),
        ("The paper could not immediately confirm the figure on Monday.", "2024-03-11"),
        ("The palace would not comment on Monday.", "2024-03-11"),
        ("Divers could hear knocking on Sunday.", "2024-03-10"),
        ("Families were able to go home on Sunday.", "2024-03-10"),
        ("The club would not comment until Monday.", "2024-03-18"),
        ("The town could choose a mayor on Sunday.", "2024-03-17"),
        ("Mrs Will Orr on Monday opened the school.", "2024-03-11"),
        ("Mayor Will Open Bridge on Monday", "2024-03-18"),
        ("Orr, who will stand in Holm, on Monday handed in her papers.", "2024-03-11"),
        ("It is unlikely that she will come, a neighbour on Monday said.", "2024-03-11"),
        ("Holm raised its forecast to 5 per cent on Monday.", "2024-03-11"),
    ],
)
def test_a_verb_that_mostly_looks_ahead_may_report(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Farmers want to hear of the fire on Sunday.", ["2024-03-17"]),
        ("Farmers want to speak of their loss in the fire on Sunday.", ["2024-03-10"]),
        ("Holm vowed to answer for the attack on Saturday.", ["2024-03-09"]),
        (
            "The council will look at safety after the collapse of a crane on Monday.",
            ["2024-03-11"],
        ),
    ],
)
def test_what_nobody_plans_has_passed(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier will be solemnly opened on Monday.", "2024-03-18"),
        ("The baths will remain closed on Monday.", "2024-03-18"),
        ("A wake is being held on Friday.", "2024-03-15"),
        ("She is being nursed after the fall on Sunday.", "2024-03-10"),
        ("The verdict is not expected until Friday.", "2024-03-15"),
        ("Price figures due on Thursday may surprise.", "2024-03-14"),
        ("She was due on Monday to sing but fell ill.", "2024-03-11"),
        ("Snow forecast to reach Holm on Saturday has a name.", "2024-03-16"),
        ("The farm shop may be shut from Monday.", "2024-03-18"),
    ],
)
def test_a_plan_may_have_words_between_its_verbs(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both camps marched ahead of Sunday's ballot.", "2024-03-17"),
        ("Grain rose ahead of a farm ministers' meeting on Sunday.", "2024-03-17"),
        ("Ahead of the November election, Orr lagged in polls.", "2024-11"),
        ("Orr finished narrowly ahead of Vance in November.", "2023-11"),
        ("Traders awaited Friday's harvest report.", "2024-03-15"),
        ("Orr will win Sunday's run-off, surveys say.", "2024-03-17"),
        ("The widow will speak at Monday's hearing.", "2024-03-18"),
        ("The bishops will discuss Monday's vote.", "2024-03-11"),
        ('"I feel ready," Orr said before Tuesday\'s game.', "2024-03-12"),
        ("The court will uphold Monday's ruling.", "2024-03-11"),
        ("November's election will be close.", "2024-11"),
        ("The February report, he says, will be printed.", "2024-02"),
    ],
)
def test_what_is_awaited_or_held_on_a_day_that_was_set_is_ahead(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The miners have until Friday to answer.", "2024-03-15"),
        ("He was remanded in custody until Friday.", "2024-03-15"),
        ("The lane was closed until Friday.", "2024-03-08"),
        ("She was bailed until 4 July.", "2024-07-04"),
        ("The judge set sentencing for July 11.", "2024-07-11"),
        ("The court posted the case to June 11.", "2024-06-11"),
        ("The court fixed June 11 for its ruling.", "2024-06-11"),
        ("She ran with the listed runners to June 11.", "2023-06-11"),
    ],
)
def test_a_limit_or_a_set_day_is_ahead(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board meets on Tuesday and Wednesday.", ["2024-03-19", "2024-03-20"]),
        ("The two met on Monday and Tuesday.", ["2024-03-11", "2024-03-12"]),
        ("They rowed on Saturday, Sunday and Tuesday.", ["2024-03-09", "2024-03-10", "2024-03-12"]),
        ("Rain is expected on Wednesday and Thursday.", ["2024-03-13", "2024-03-14"]),
        ("The fair will begin on Monday and end on Friday.", ["2024-03-18", "2024-03-22"]),
        ("Monday was dry, and Friday will be wet.", ["2024-03-11", "2024-03-15"]),
    ],
)
def test_a_weekday_beside_another_is_on_its_side(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was jailed in May 2019 and freed in August.", ["2019-05", "2019-08"]),
        ("She was elected in May 2019 and left in January.", ["2019-05", "2024-01"]),
        ("She was born in May 1950 and married in August.", ["1950-05", "2023-08"]),
        ("In 2019, she was jailed in May and freed in June.", ["2019", "2019-05", "2019-06"]),
    ],
)
def test_a_month_is_in_the_year_of_what_is_told(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She told the Sunday Times that she would go.",
        "The Mail on Sunday printed it.",
        "Sheffield Wednesday drew.",
        "The Good Friday Agreement holds.",
        "Easter Island has no trees.",
        "The bank will withdraw Rs 2000 notes.",
        "Each family got ₦2000.",
        "The mill cost Rs 1950 crore.",
        "Guards held 2000 protesters.",
        "The 2000-year-old well is dry.",
        "The well is 2000 years old.",
    ],
)
def test_names_amounts_and_ages_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("He fled after the Oct. 7 attack.", date(2025, 1, 20), ["2023-10-07"]),
        ("The shop shut on Oct. 7.", date(2025, 1, 20), ["2024-10-07"]),
        ("The flag rose on Independence Day.", date(2023, 8, 16), ["XXXX-XX-XX"]),
        ("The flag rose on Independence Day.", date(2023, 7, 5), ["2023-07-04"]),
        ("Two died in an overnight fire on Monday.", PUBLISHED, ["2024-03-11"]),
        ("Two died overnight. It was Monday.", PUBLISHED, ["2024-03-13", "2024-03-11"]),
        ("The pier was shut on a Friday in November.", PUBLISHED, ["2023-11"]),
        ("She died on Monday, two days after the shooting.", PUBLISHED, ["2024-03-11", "P2D"]),
    ],
)
def test_days_with_a_name_or_without_one(text: str, published: date, expected: list[str]) -> None:
    assert days(text, published) == expected


@pytest.mark.parametrize(
    "text", ["Profit rose in Q3 FY24.", "Profit rose in the third quarter of FY24."]
)
def test_a_fiscal_quarter_has_no_days_of_the_calendar(text: str) -> None:
    assert [time.first for time in find_times(text, PUBLISHED)] == [None]
