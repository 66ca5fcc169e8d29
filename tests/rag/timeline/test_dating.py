"""Tests which events a sentence dates and when; it is published on Thursday, 12 November 2020."""

from datetime import date

import pytest

from tests.rag.stories import dated, story


def days(text: str, *, published: date | None = date(2020, 11, 12)) -> list[str]:
    return [str(one.first) for one in dated(story(text, published=published))]


def test_an_event_has_its_own_day_and_not_that_of_publication() -> None:
    [told] = dated(story("The northern truce took effect on Tuesday."))
    assert told.first == told.last == date(2020, 11, 10)
    assert (told.value, told.aside, told.planned, told.unsure) == (
        "2020-11-10",
        False,
        False,
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "The northern truce took effect. Nobody in the north fired.",
        "The northern truce lasted for three weeks.",
        "The northern truce of 2014 is remembered.",
        "The northern truce holds until Tuesday.",
        "The northern truce was due to begin on 9 November.",
        "Districts are handed over under the northern truce by Nov. 20.",
        "Tuesday, 10 November 2020.",
    ],
)
def test_these_date_no_event(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Editor's note: this was published on Tuesday in the north.",
        "Subscribe to the Northern Courier today for more.",
        "Sign up for our northern newsletter on Tuesday.",
        "Read more: how the northern truce began on Tuesday",
    ],
)
def test_what_speaks_to_the_reader_dates_no_event(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We are all of the north today,” the mayor said.",
        '"We leave the north tomorrow, all of us," the mayor said.',
        '"We are of the north. We left it yesterday," the mayor said.',
        "It would be worth a million at today's prices in the north.",
        "Both halves of the north voted on the same day.",
    ],
)
def test_what_means_no_day_of_the_calendar_dates_no_event(text: str) -> None:
    assert days(text) == []


def test_a_day_without_a_year_that_is_far_off_may_be_of_another() -> None:
    text = "The northern truce ended on {}, the ministry said."
    published = date(2023, 10, 4)
    assert days(text.format("Oct. 9, 2022"), published=published) == ["2022-10-09"]
    assert days(text.format("Oct. 9"), published=published) == []
    assert days(text.format("Aug. 9"), published=published) == ["2023-08-09"]


def test_a_day_that_names_something_of_long_ago_dates_no_event() -> None:
    text = "They remembered the {} attack in the north."
    assert days(text.format("3 June 2019")) == []
    [told] = dated(story(text.format("10 November 2020")))
    assert (str(told.first), told.aside) == ("2020-11-10", True)


def test_a_plan_is_an_event_to_come() -> None:
    [told] = dated(story("The northern truce will end on 20 November 2020."))
    assert (str(told.first), told.planned, told.aside) == ("2020-11-20", True, False)
    [told] = dated(story("Date set for the northern vote: expected on 20 November 2020."))
    assert told.planned
    [told] = dated(story("The northern truce ends on Sunday."))
    assert (str(told.first), told.planned) == ("2020-11-15", True)


def test_a_day_ahead_in_a_sentence_that_plans_nothing_is_none() -> None:
    assert days("The northern truce ended on 20 November 2020.") == []


def test_a_dateline_dates_nothing_where_the_sentence_has_a_day() -> None:
    assert days("YOKO, Nov 12 (Wire) — The northern truce took effect on Tuesday.") == [
        "2020-11-10"
    ]


@pytest.mark.parametrize("dateline", ["YOKO, Nov. 12 —", "YOKO, Nov 12 (Wire) -"])
def test_a_dateline_counts_where_the_sentence_has_nothing_else(dateline: str) -> None:
    assert days(f"{dateline} The northern truce has held so far.") == ["2020-11-12"]


def test_a_length_keeps_the_dateline_from_dating_a_sentence_with_a_month() -> None:
    assert days("YOKO, Nov 12 — The northern truce has been kept since 1994.") == ["2020-11-12"]


def test_the_expression_of_the_main_clause_comes_first() -> None:
    text = "Leaders met on Tuesday over the northern truce, which began on 1 November 2020."
    assert days(text) == ["2020-11-10"]


def test_each_main_clause_has_a_day_of_its_own() -> None:
    text = "They signed the northern truce on Monday, and it took effect on Tuesday."
    assert days(text) == ["2020-11-09", "2020-11-10"]


def test_an_hour_alone_does_not_take_its_day_from_another_sentence() -> None:
    text = "The northern truce failed on 1 October 2020. It was broken at noon."
    assert days(text) == ["2020-10-01"]


def test_a_holiday_that_is_declared_is_no_event_of_that_day() -> None:
    text = "On Monday the leader of the northern truce made 8 November a public holiday."
    assert days(text) == ["2020-11-09"]


def test_a_day_of_the_week_almost_a_week_ago_is_unsure() -> None:
    [told] = dated(story("The northern truce was signed on Friday."))
    assert (str(told.first), told.by_weekday, told.unsure) == ("2020-11-06", True, True)
    [told] = dated(story("The northern truce was signed on 6 November 2020."))
    assert (told.by_weekday, told.unsure) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Police said on Tuesday that the northern bridge had collapsed on Sunday.",
        "Police said Tuesday that a bomb exploded Sunday in the north.",
        "On Tuesday, the army said it had retaken the town on Sunday.",
        "The army on Tuesday said it had retaken the town on Sunday.",
        "The army confirmed on Tuesday the general died on Sunday.",
        "The mayor told reporters on Tuesday that the northern bridge fell on Sunday.",
        "In a statement on Tuesday the army said it had retaken the town on Sunday.",
        "The northern bridge collapsed on Sunday, police said on Tuesday.",
    ],
)
def test_what_happened_comes_before_its_being_said(text: str) -> None:
    assert days(text) == ["2020-11-08"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said on Tuesday that the army had captured the northern town.",
        "The ministry said on Tuesday that the northern vote will be held on Sunday.",
        "Police said on Tuesday they had arrested a man over the attack on Sunday.",
        "The ministry denied on Tuesday that it had closed the road on Sunday.",
    ],
)
def test_the_day_of_saying_counts_where_no_other_day_is_that_of_what_happened(text: str) -> None:
    assert days(text) == ["2020-11-10"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The truce talks were postponed from Monday to Thursday.", "2020-11-19"),
        ("The northern vote was moved from Sunday to Tuesday by the ministry.", "2020-11-17"),
        ("The vote was put back from 10 November to 20 November.", "2020-11-20"),
    ],
)
def test_what_is_moved_is_on_its_new_day(text: str, day: str) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The truce meeting due on Monday was cancelled.",
        "The ministry postponed the vote, due on 20 November 2020.",
        "The ministry called off the vote set for 20 November 2020.",
        "The ministry cancelled Sunday's vote.",
        "The ministry cancelled the 20 November 2020 vote.",
        "Sunday's final vote was cancelled by the ministry.",
        "The truce vote on Sunday has been called off by the ministry.",
    ],
)
def test_a_day_on_which_nothing_will_be_dates_no_event(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The truce meeting due on Monday was cancelled on Tuesday.", "2020-11-10"),
        ("On Sunday the truce vote was cancelled.", "2020-11-08"),
        ("The ministry on Sunday cancelled the truce vote.", "2020-11-08"),
        ("The vote due on 20 November 2020 has not been cancelled.", "2020-11-20"),
        ("The parade was called off before the vote set for 20 November 2020.", "2020-11-20"),
        ("The army moved from Holm to Marden on Tuesday.", "2020-11-10"),
    ],
)
def test_the_day_of_cancelling_and_that_of_what_is_kept_count(text: str, day: str) -> None:
    assert days(text) == [day]


def spans(text: str) -> list[tuple[str, str]]:
    return [(str(one.first), str(one.last)) for one in dated(story(text))]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Northern crews were on strike from 3 to 5 May 2020.", "2020-05-03", "2020-05-05"),
        ("The northern talks were held on 2-4 November.", "2020-11-02", "2020-11-04"),
        ("Holm was flooded between 3 and 5 November 2020.", "2020-11-03", "2020-11-05"),
        ("The bridge at Holm was closed between April and June 2020.", "2020-04-01", "2020-06-30"),
        ("The talks in Orr lasted from 1 May until 3 May 2020.", "2020-05-01", "2020-05-03"),
        ("The fair in Orr was held from 30 May to 2 June 2019.", "2019-05-30", "2019-06-02"),
    ],
)
def test_a_range_is_one_event_from_its_first_to_its_last_day(
    text: str, first: str, last: str
) -> None:
    assert spans(text) == [(first, last)]


def test_a_range_to_come_is_planned() -> None:
    [told] = dated(story("Northern crews will strike from 20 November to 24 November."))
    assert (str(told.first), str(told.last), told.planned) == ("2020-11-20", "2020-11-24", True)
    assert told.value == "2020-11-20/2020-11-24"


def test_years_that_begin_and_end_a_range_date_no_event() -> None:
    assert spans("Orr led the northern truce office from 2001 to 2009.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Crews walked out on 3 November and 10 November.", ["2020-11-03", "2020-11-10"]),
        ("The truce was broken on 3, 5 and 9 May.", ["2020-05-03", "2020-05-05", "2020-05-09"]),
        ("Crews in Holm walked out on Monday and again on Tuesday.", ["2020-11-09", "2020-11-10"]),
        (
            "The strike ended on 1 June and sailings began again on 3 June.",
            ["2020-06-01", "2020-06-03"],
        ),
        ("The fair opened on 3 May and closed on 5 May.", ["2020-05-03", "2020-05-05"]),
        ("Holm voted on 3 May while Orr voted on 5 May.", ["2020-05-03", "2020-05-05"]),
        (
            "Police said on Tuesday that the bridge fell on Sunday and was closed on Monday.",
            ["2020-11-08", "2020-11-09"],
        ),
    ],
)
def test_each_of_several_days_is_an_event(text: str, told: list[str]) -> None:
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The vote in Holm was held on 3 May or 4 May.", "2020-05-03"),
        ("The bridge fell on Sunday and police said on Monday that two died.", "2020-11-08"),
        ("They met on Sunday and spoke of the truce that was signed on Monday.", "2020-11-08"),
        ("The talks in Holm ended on Sunday and agreed to vote on Monday.", "2020-11-08"),
        ("They met on Sunday over the truce of Monday.", "2020-11-08"),
    ],
)
def test_a_day_that_hangs_on_another_is_no_event_beside_it(text: str, day: str) -> None:
    assert days(text) == [day]
