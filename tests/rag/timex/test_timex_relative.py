from datetime import date, datetime

import pytest

from rag.timex import find_times

# A Thursday.
PUBLISHED = date(2020, 11, 12)


def values(text: str, anchor: date | None = PUBLISHED) -> list[str]:
    return [time.value for time in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned on Tuesday.", "2020-11-10"),
        ("The minister will resign on Tuesday.", "2020-11-17"),
        ("The minister is to resign Tuesday.", "2020-11-17"),
        ("The talks, scheduled for Tuesday, matter.", "2020-11-17"),
        ("The vote was postponed until Tuesday.", "2020-11-17"),
        ("The court spoke on Thursday.", "2020-11-12"),
        ("She would not say how Monday's ruling came about.", "2020-11-09"),
        ("He left last Thursday.", "2020-11-05"),
        ("He left last Friday.", "2020-11-06"),
        ("He leaves next Friday.", "2020-11-13"),
        ("He leaves this Saturday.", "2020-11-14"),
        ("It shut early Tuesday.", "2020-11-10"),
        ("It shut on Tuesday night.", "2020-11-10TNI"),
        ("It shut yesterday morning.", "2020-11-11TMO"),
        ("It shut this morning.", "2020-11-12TMO"),
        ("It shut last night.", "2020-11-11TNI"),
        ("It shuts tonight.", "2020-11-12TNI"),
        ("It shut the day before yesterday.", "2020-11-10"),
        ("It shut over the weekend.", "2020-W45-WE"),
        ("It shut last week.", "2020-W45"),
        ("It shut late last month.", "2020-10"),
        ("It shuts early next year.", "2021"),
        ("It shut last October.", "2020-10"),
        ("It shut last summer.", "2020-SU"),
        ("It shut three years ago.", "2017"),
        ("It shut ten days ago.", "2020-11-02"),
        ("It shut a year and a half ago.", "2019-05"),
        ("It shuts by the end of the year.", "2020"),
        ("It shuts at year's end.", "2020"),
        ("It shut decades ago.", "PAST_REF"),
        ("It is now shut.", "PRESENT_REF"),
        ("It recently shut.", "PAST_REF"),
        ("It will soon shut.", "FUTURE_REF"),
        ("It opened on the 9th.", "2020-11-09"),
        ("It will open on the 9th.", "2020-12-09"),
        ("It shut at 2:30 p.m. Tuesday.", "2020-11-10T14:30"),
        ("It shut at 8:30 Tuesday night.", "2020-11-10T20:30"),
        ("It shut at noon.", "2020-11-12T12:00"),
        ("It shut at 1430 GMT.", "2020-11-12T14:30"),
        ("It shut at half past three.", "2020-11-12T03:30"),
        ("It shut at a quarter to five p.m.", "2020-11-12T16:45"),
        ("Doors open at 7:30 p.m. Saturday, Nov. 21.", "2020-11-21T19:30"),
        ("It shut two Fridays ago.", "2020-10-30"),
        ("It shut a week ago Tuesday.", "2020-11-03"),
        ("It shuts two weeks from Monday.", "2020-11-30"),
        ("It shut 65 million years ago.", "XXXX"),
        ("It shuts in the near future.", "FUTURE_REF"),
        ("The talks begin Monday.", "2020-11-16"),
        ("The leaders meet in Rome on Tuesday.", "2020-11-17"),
        ("The leaders did not meet on Tuesday.", "2020-11-10"),
        ("No later than Friday.", "2020-11-13"),
        ("It forecast a loss for the full year.", "2020"),
        ("It shut the day before Tuesday's vote.", "2020-11-09"),
        ("It shut the day after last Friday.", "2020-11-07"),
        ("It shut the day after Halloween.", "2020-11-01"),
        ("It shut two weekends ago.", "2020-W44-WE"),
        ("It shut a year ago today.", "2019-11-12"),
        ("It shut two years ago this month.", "2018-11"),
        ("It shuts at year end.", "2020"),
        ("It shuts by mid-year.", "2020"),
        ("It shut earlier in the week.", "2020-W46"),
        ("It stays shut for the rest of the year.", "2020"),
        ("At present it is shut.", "PRESENT_REF"),
        ("It is shut at this crucial moment.", "PRESENT_REF"),
        ("It shut this Monday.", "2020-11-09"),
        ("It shut this weekend.", "2020-W46-WE"),
        ("It shut the week before last.", "2020-W44"),
        ("It shut the night before last.", "2020-11-10TNI"),
        ("It shut a year ago Friday.", "2019-11-13"),
        ("It shut two years ago Monday.", "2018-11-09"),
        ("It shut two-and-a-half years ago.", "2018-05"),
        ("It shut a half-century ago.", "1970"),
        ("It may shut decades from now.", "FUTURE_REF"),
        ("It shuts at 9 tonight.", "2020-11-12T21:00"),
        ("It shut at 10:30 last night.", "2020-11-11T22:30"),
        ("It shut from 8 to 10 p.m. Tuesday.", "2020-11-10T20:00"),
        ("It shut from 11 to 1 p.m. Tuesday.", "2020-11-10T11:00"),
        ("It opens no earlier than 2025.", "2025"),
        ("It shut as recently as last week.", "2020-W45"),
        ("It shut in '92.", "1992"),
        ("It shut in fiscal '19.", "2019"),
        ("It was shut the week of Nov. 8.", "2020-W46"),
        ("Its planned December opening was put off.", "2020-12"),
        ("It stays shut until March.", "2021-03"),
        ("They met ahead of the winter.", "2020-WI"),
    ],
)
def test_relative_times_count_from_the_anchor(text: str, value: str) -> None:
    assert values(text)[0] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He resigned on March 3, 2019. Two days later he was charged.", "2019-03-05"),
        ("He resigned on March 3, 2019. The same day he was charged.", "2019-03-03"),
        ("He resigned on March 3, 2019. The next day he was charged.", "2019-03-04"),
        ("He resigned on March 3, 2019. The following week he was charged.", "2019-W10"),
        ("He resigned on March 3, 2019. A month earlier he was cleared.", "2019-02"),
        ("He resigned in 2019. The previous year he was cleared.", "2018"),
        ("It lost money in the third quarter, but not a year earlier.", "2019-Q3"),
        ("They met from Monday to Friday.", "2020-11-13"),
        ("He resigned in June 2018. Later in the year he was charged.", "2018"),
        ("Orders fell in September. For the month, sales were flat.", "2020-09"),
        ("He spoke the day before last Tuesday. The next morning he was gone.", "2020-11-10TMO"),
        ("He was seen on March 3, 2019, and in 2018. A day later he was gone.", "2019-03-04"),
        (
            "He was held on March 3, 2019, after a call at 11:30 p.m. the night before.",
            "2019-03-02T23:30",
        ),
        ("He was held on March 3, 2019, after a fire the night before.", "2019-03-02TNI"),
        ("He fell on March 3, 2019, and was found the morning after.", "2019-03-04TMO"),
        ("It closes on Nov. 30. Until then, it sells bread.", "2020-11-30"),
        # Told as past, it cannot be yet to come.
        ("He resigned in 2015. More than a decade later he was charged.", "XXXX"),
    ],
)
def test_chained_times_count_from_the_one_before(text: str, value: str) -> None:
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He spoke on November 15 of calls held on the 14th.", "XXXX-11-14"),
        ("He left on November 10. Two days later he was back.", "XXXX-11-12"),
        ("He left on November 10. A month earlier he was well.", "XXXX-10"),
        ("He left on Feb. 28. Two days later he was back.", "XXXX-XX-XX"),
    ],
)
def test_a_date_without_a_year_is_counted_from_where_every_year_agrees(
    text: str, value: str
) -> None:
    assert values(text, None)[-1] == value


def test_what_follows_an_untold_day_is_not_resolved() -> None:
    assert values("The following day he was charged.") == ["XXXX-XX-XX"]


@pytest.mark.parametrize(
    "text",
    [
        "They will meet in three weeks. By then, he will be gone.",
        "He was named by then-President Lee on Tuesday.",
    ],
)
def test_then_means_only_a_date_just_named(text: str) -> None:
    assert "then" not in [time.text for time in find_times(text, PUBLISHED)]


def test_a_verb_of_the_sentence_before_tells_nothing() -> None:
    text = "All votes would be counted by Monday morning. On Wednesday night, she said no."
    assert values(text)[-1] == "2020-11-11TNI"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # The verb of the date's own sentence tells, however short its neighbours' last words are.
        ("It will be a new age. On Tuesday, he left town for good.", "2020-11-10"),
        (
            "He left home. She will stay at her sister's in Mich., then in Ohio on Tuesday.",
            "2020-11-17",
        ),
        ("It opens at last. On Tuesday, the board voted to keep it.", "2020-11-10"),
        ("Residents won't pay taxes on Tuesday.", "2020-11-17"),
        ("He will rest after undergoing surgery on Tuesday.", "2020-11-10"),
        ("They are poised to meet on Tuesday.", "2020-11-17"),
        ("Masks are required until at least Tuesday.", "2020-11-17"),
        # A list of dates has no verbs of its own.
        ("They will meet twice. First on Tuesday. Then in Rome.", "2020-11-17"),
        # A plan that is named is no telling.
        ("He spoke of services planned this weekend.", "2020-W46-WE"),
        ("The trip will follow this Friday's talks, he said.", "2020-11-13"),
    ],
)
def test_the_verb_nearest_in_the_sentence_tells_the_side(text: str, value: str) -> None:
    assert values(text)[0] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They were displaced by March floods.", "2020-03"),
        ("They met in the run-up to March's vote, which he won.", "2020-03"),
        ("A ruling is expected by March.", "2021-03"),
        ("They moved it into February.", "2021-02"),
    ],
)
def test_a_month_behind_a_limit_is_the_nearer_one(text: str, value: str) -> None:
    assert values(text) == [value]


def test_this_weekend_is_the_past_one_early_in_the_week() -> None:
    tuesday = date(2020, 11, 10)
    assert values("He fled this weekend.", tuesday) == ["2020-W45-WE"]
    assert values("He will flee this weekend.", tuesday) == ["2020-W46-WE"]


@pytest.mark.parametrize(
    "text",
    [
        "He was cleared in 2018. A day earlier he had fled.",
        "The show opened in 2012. That night it rained.",
    ],
)
def test_no_day_is_counted_from_a_year(text: str) -> None:
    assert values(text)[-1].startswith("XXXX-XX-XX")


def test_a_winter_that_has_just_ended_began_last_year() -> None:
    assert values("This winter was cold.", date(2013, 3, 22)) == ["2012-WI"]


def test_an_instant_anchors_by_its_day() -> None:
    assert values("yesterday", datetime(2020, 11, 12, 23, 59)) == ["2020-11-11"]  # noqa: DTZ001


def test_each_value_says_its_rule() -> None:
    (time,) = find_times("The minister will resign on Tuesday.", PUBLISHED)
    assert time.rule == "weekday by tense, future"


@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_the_calendars_ends_are_not_crossed(anchor: date) -> None:
    text = "yesterday, tomorrow, last week, next year, 20 years ago, last May, Easter, on Tuesday"
    assert len(find_times(text, anchor)) == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained in March and April.", ["2020-03", "2020-04"]),
        ("It rained in October and December.", ["2019-10", "2019-12"]),
        ("The series runs from November to February.", ["2020-11", "2021-02"]),
        ("It ran from December to March.", ["2019-12", "2020-03"]),
        ("It will run in January and March.", ["2021-01", "2021-03"]),
        ("It rained in May, and June's vote was put off.", ["2020-05", "2020-06"]),
    ],
)
def test_two_months_that_are_joined_come_in_their_order(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Talks between May and Orr collapsed.", "It took letters from May and Corbyn to end it."],
)
def test_a_month_that_is_joined_to_a_name_is_a_person(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The lenders will meet on Wednesday.",
        "The lenders will also meet on Wednesday.",
        "On Wednesday, the lenders will count.",
    ],
)
def test_what_will_be_on_a_weekday_was_not_yesterday(text: str) -> None:
    assert values(text) == ["2020-11-18"]


def test_a_day_that_opens_a_sentence_is_not_that_of_the_hour_before_it() -> None:
    text = "Doors open at 10 a.m. On Monday the talks resume."
    assert values(text) == ["2020-11-12T10:00", "2020-11-16"]
    assert values("Doors open at 10 a.m. on Monday.") == ["2020-11-16T10:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on Tuesday, three days earlier than planned.", ["2020-11-10", "P3D"]),
        ("It opened on Tuesday, a week later than expected.", ["2020-11-10", "P1W"]),
        ("It opened on Tuesday. Three days earlier it was painted.", ["2020-11-10", "2020-11-07"]),
    ],
)
def test_a_distance_from_a_planned_day_is_no_day(text: str, expected: list[str]) -> None:
    assert values(text) == expected
