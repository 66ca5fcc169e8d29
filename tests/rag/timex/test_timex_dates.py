from datetime import date

import pytest

from rag.timex import find_times

# A Thursday.
PUBLISHED = date(2020, 11, 12)


def values(text: str, anchor: date | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("They signed on Nov. 10, 2020 in Geneva.", "Nov. 10, 2020", "2020-11-10"),
        ("They signed on 10 November 2020.", "10 November 2020", "2020-11-10"),
        ("The 10th of November 2020 was wet.", "The 10th of November 2020", "2020-11-10"),
        ("On Sunday, March eighth, she ran.", "Sunday, March eighth", "2020-03-08"),
        ("Logged at 2020-11-10 by the clerk.", "2020-11-10", "2020-11-10"),
        ("Due 11/25/2020 at the latest.", "11/25/2020", "2020-11-25"),
        ("Due 25/11/2020 at the latest.", "25/11/2020", "2020-11-25"),
        ("Due 25.11.2020 at the latest.", "25.11.2020", "2020-11-25"),
        ("Due 3.4.2020 at the latest.", "3.4.2020", "2020-04-03"),
        ("Due 25-11-2020 at the latest.", "25-11-2020", "2020-11-25"),
        ("Due 2020/11/25 at the latest.", "2020/11/25", "2020-11-25"),
        ("Due 13-Apr-2020 at the latest.", "13-Apr-2020", "2020-04-13"),
        ("Due 2020 April 13 at the latest.", "2020 April 13", "2020-04-13"),
        ("Due 2020 Nov at the latest.", "2020 Nov", "2020-11"),
        ("Due 04/2020 at the latest.", "04/2020", "2020-04"),
        ("Due 3-4-2020 at the latest.", "3-4-2020", "2020-XX-XX"),
        ("It closed in July 1997 for good.", "July 1997", "1997-07"),
        ("It grew in the early 1990s.", "the early 1990s", "199"),
        ("It grew in the '90s.", "the '90s", "199"),
        ("It grew in the eighties.", "the eighties", "198"),
        ("Built in the 19th century of brick.", "the 19th century", "18"),
        ("In nineteen ninety-eight he won.", "nineteen ninety-eight", "1998"),
        ("Profit fell in fiscal 2019.", "fiscal 2019", "2019"),
        ("Sales in the third quarter of 2019 rose.", "the third quarter of 2019", "2019-Q3"),
        ("Sales in Q3 2019 rose.", "Q3 2019", "2019-Q3"),
        ("In the first half of 2019 it rose.", "the first half of 2019", "2019-H1"),
        ("In the summer of 2019 it burned.", "the summer of 2019", "2019-SU"),
        ("Shops shut on Christmas Eve 2019.", "Christmas Eve 2019", "2019-12-24"),
        ("Shops shut on Easter Sunday 2021.", "Easter Sunday 2021", "2021-04-04"),
        ("Shops shut on Thanksgiving 2019.", "Thanksgiving 2019", "2019-11-28"),
        (
            "It is the last Thursday of November 2019.",
            "the last Thursday of November 2019",
            "2019-11-28",
        ),
        ("It closed on the last day of May 2019.", "the last day of May 2019", "2019-05-31"),
        ("Shops filled on Labor Day weekend 2019.", "Labor Day weekend 2019", "2019-W36-WE"),
        ("The 9/11 memorial was lit.", "9/11", "2001-09-11"),
        ("After the Sept. 11 attacks he enlisted.", "Sept. 11", "2001-09-11"),
    ],
)
def test_dates_of_the_calendar(text: str, found: str, value: str) -> None:
    assert values(text) == [(found, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The law passed on March 3.", "2020-03-03"),
        ("The law will pass on March 3.", "2021-03-03"),
        ("The talks began on Dec. 1.", "2020-12-01"),
        ("The year ended Jan. 31 was bad.", "2020-01-31"),
        ("He died in September.", "2020-09"),
        ("He died in December.", "2019-12"),
        ("The vote will be held in March.", "2021-03"),
        ("Friday, March 13, was cold.", "2020-03-13"),
        ("Sales rose in the third quarter.", "2020-Q3"),
        ("The bridge opens by spring.", "2021-SP"),
        ("Shops were closed on Easter Monday.", "2020-04-13"),
    ],
)
def test_a_year_that_is_not_said_follows_from_the_verb_and_the_distance(
    text: str, value: str
) -> None:
    assert values(text)[-1][1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Nov. 10", "XXXX-11-10"),
        ("in May", "XXXX-05"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("on Tuesday night", "XXXX-WXX-2TNI"),
        ("on the 14th", "XXXX-XX-14"),
        ("in the third quarter", "XXXX-Q3"),
        ("last week", "XXXX-WXX"),
        ("next year", "XXXX"),
        ("yesterday", "XXXX-XX-XX"),
        ("this summer", "XXXX-SU"),
        ("two months ago", "XXXX-XX"),
        ("at 2:30 p.m.", "T14:30"),
        ("on New Year's Eve", "XXXX-12-31"),
        ("over the weekend", "XXXX-WXX-WE"),
    ],
)
def test_without_an_anchor_no_year_is_invented(text: str, value: str) -> None:
    (time,) = find_times(text)
    assert time.value == value
    assert (time.first, time.last) == (None, None)


def test_a_day_said_with_its_year_keeps_it_when_it_is_said_again() -> None:
    text = "He was shot on May 9, 2017. Friends met on May 9 to remember."
    assert [value for _, value in values(text)] == ["2017-05-09", "2017-05-09"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The fire began on February 27, 2003. On March 3, the roof fell in.", "2003-03-03"),
        ("The trial opened in June 2013. On July 4, the jury met.", "2013-07-04"),
        ("He fled on December 30, 2003. On January 2, he was caught.", "2004-01-02"),
        # Near the anchor it is news, and a birth tells no story.
        ("The fire was on February 27, 2003. On November 3, a plaque was shown.", "2020-11-03"),
        ("She was born on February 27, 1950. On August 3, she retired.", "2020-08-03"),
        ("It opened on February 27, 2003. It will close on March 3.", "2021-03-03"),
    ],
)
def test_a_day_beside_one_with_its_year_is_in_that_year(text: str, value: str) -> None:
    assert values(text)[-1][1] == value


def test_a_day_beside_one_with_its_year_says_so() -> None:
    time = find_times("The fire began on February 27, 2003. On March 3, it was out.", PUBLISHED)[-1]
    assert time.rule == "month and day in the year of the date before"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("What happened around Christmas?", "2019-12-25"),
        ("What happened on December 3?", "2019-12-03"),
        ("Where did they meet on Christmas Eve?", "2019-12-24"),
        ("What will open on December 3?", "2020-12-03"),
        ("When is Christmas?", "2020-12-25"),
    ],
)
def test_a_question_about_the_past_asks_for_a_past_day(text: str, value: str) -> None:
    assert values(text)[0][1] == value


def test_the_question_of_the_next_paragraph_does_not_ask_for_a_day() -> None:
    found = values("More: what was planned, through Dec. 3\n\nWhat is a regent?")
    assert found == [("Dec. 3", "2020-12-03")]


def test_two_centuries_share_their_word() -> None:
    found = values("They fought through the 17th and 18th centuries.")
    assert found == [("the 17th", "16"), ("18th centuries", "17")]


def test_an_event_does_not_name_a_day_before_it_happened() -> None:
    assert find_times("They scored 9/11 in the test.", date(1998, 3, 5)) == []


def test_ambiguous_figures_give_only_the_year() -> None:
    (time,) = find_times("Filed 11/10/2020.", PUBLISHED)
    assert time.value == "2020-XX-XX"
    assert time.first == date(2020, 1, 1)


def test_ambiguous_figures_follow_the_order_of_the_others_in_the_text() -> None:
    assert values("11/10/2020, 11/25/2020")[0][1] == "2020-11-10"
    assert values("11/10/2020, 25/11/2020")[0][1] == "2020-10-11"


def test_covered_days_are_those_of_the_value() -> None:
    (time,) = find_times("It rained in November 2019.", PUBLISHED)
    assert (time.first, time.last) == (date(2019, 11, 1), date(2019, 11, 30))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It shut on Independence Day.", "XXXX-XX-XX"),
        ("It shut on America's Independence Day.", "2020-07-04"),
        ("It shut on Ukraine's Independence Day.", "XXXX-XX-XX"),
        ("It shut on Ukrainian Independence Day.", "XXXX-XX-XX"),
        ("It marked its Independence Day.", "XXXX-XX-XX"),
        ("Local Memorial Day parades were held.", "2020-05-25"),
    ],
)
def test_a_countrys_own_holiday_has_no_day_that_is_known(text: str, value: str) -> None:
    assert values(text)[0][1] == value


def test_a_full_stop_behind_a_month_ends_the_date() -> None:
    first, second = find_times("It shut on 8 November. 2019 was better.", PUBLISHED)
    assert (first.text, first.value, second.value) == ("8 November", "2020-11-08", "2019")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The shows were on 3, 4 and 6 May.", [3, 4, 6]),
        ("The shows were on the 3rd, 4th and 6th of May.", [3, 4, 6]),
        ("The shows were on May 3, 4 and 6.", [3, 4, 6]),
        ("The shows were on May 3, 4, and 6.", [3, 4, 6]),
        ("The shows were on 3, 4 and 6 May 2020.", [3, 4, 6]),
        ("On May 3, 5 people and 6 dogs were rescued.", [3]),
    ],
)
def test_each_day_of_a_list_is_read_with_its_month(text: str, days: list[int]) -> None:
    assert [value for _, value in values(text)] == [f"2020-05-{day:02d}" for day in days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fair ran from 3 May to 6 June 2017.", ["2017-05-03", "2017-06-06"]),
        ("The fairs of 3 May, 4 June and 6 July 2017.", ["2017-05-03", "2017-06-04", "2017-07-06"]),
        ("It was shut from Dec. 30 to Jan. 3, 2017.", ["2016-12-30", "2017-01-03"]),
        ("It rained in May, June and August 2017.", ["2017-05", "2017-06", "2017-08"]),
        ("It rained in March, April and June.", ["2020-03", "2020-04", "2020-06"]),
        ("It rained in December, January and March.", ["2019-12", "2020-01", "2020-03"]),
    ],
)
def test_times_of_a_list_have_one_year_or_follow_each_other(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "See https://news.example/2020/11/25/vote for more.",
        "Call 020-11-05-2021 for help.",
        "The network is 10.11.12.2020 in the lab.",
        "The case is 020/2020 here.",
        "Due 31.02.2020 at the latest.",
    ],
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert values(text) == []
