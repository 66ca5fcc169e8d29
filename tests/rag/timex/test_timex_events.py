"""Tests times that count from an event whose day the text gives."""

from datetime import date

import pytest

from rag.timex import TimeExpression, find_times

PUBLISHED = date(2020, 11, 12)


def last(text: str) -> TimeExpression:
    return find_times(text, PUBLISHED)[-1]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        (
            "He was shot on May 3. He fled two days before the murder.",
            "two days before the murder",
            "2020-05-01",
        ),
        (
            "He was killed last May 3. They came the day after his death.",
            "the day after his death",
            "2020-05-04",
        ),
        (
            "The May 3 bank killing shook them. He left a day after the killing.",
            "a day after the killing",
            "2020-05-04",
        ),
        (
            "Tuesday's bombing shook them. It rained the night before the bombing.",
            "the night before the bombing",
            "2020-11-09TNI",
        ),
        (
            "The vote was held on Nov. 3. Two days after the vote he resigned.",
            "Two days after the vote",
            "2020-11-05",
        ),
        (
            "On Oct. 5 she was arrested. A week after her arrest she fled.",
            "A week after her arrest",
            "2020-W42",
        ),
        (
            "The mayor was arrested on Oct. 5. Two days after the mayor's arrest he fled.",
            "Two days after the mayor's arrest",
            "2020-10-07",
        ),
        (
            "Ann Lee was killed on May 3. Two days before Lee was killed she wrote.",
            "Two days before Lee was killed",
            "2020-05-01",
        ),
        (
            "A quake on May 3 shook them. It rained the morning after the quake.",
            "the morning after the quake",
            "2020-05-04TMO",
        ),
        (
            "The fire broke out; it burned on May 3. He was out on the day of the fire.",
            "the day of the fire",
            "2020-05-03",
        ),
    ],
)
def test_a_time_counts_from_the_day_told_of_its_event(text: str, found: str, value: str) -> None:
    time = last(text)
    assert (time.text, time.value) == (found, value)
    assert time.first is not None


@pytest.mark.parametrize(
    "text",
    [
        # No day was told.
        "He fled two days before the murder.",
        # Two events of the kind.
        "One was killed on May 1, and one died on May 3. He fled two days before the killing.",
        # What was on Tuesday was the question.
        "He was asked about the murder on Tuesday. He fled two days before the murder.",
        # Another's death, another arrest.
        "Ann Lee was killed on May 3. He fled two days before Jones was killed.",
        "Ann Lee was arrested on May 3. He fled two days after the arrest of Jones.",
        # It may not have happened.
        "He would be killed on May 3. He fled two days before the killing.",
        "He was not shot on May 3. He fled two days before the shooting.",
        # The date is the bound of something else.
        "He was arrested before May 3. He fled two days after the arrest.",
        # The head of the phrase is another noun.
        "He was shot on May 3. He fled two days before the shooting trial.",
        # A sentence ended between.
        "He was shot. On May 3 police met. He fled two days before the shooting.",
        # Not one day, and not an exact count.
        "He was shot last May. He fled two days before the shooting.",
        "He was shot on May 3. He fled about two days before the shooting.",
    ],
)
def test_without_one_surely_known_day_a_length_stays_a_length(text: str) -> None:
    time = last(text)
    assert (time.type, time.value) == ("DURATION", "P2D")


@pytest.mark.parametrize(
    "text",
    [
        "He died on Nov. 10. His will was read within two days after his death.",
        "He died on Nov. 10. It stayed shut for two days after his death.",
    ],
)
def test_a_stretch_after_an_event_is_no_day(text: str) -> None:
    assert last(text).value == "P2D"


def test_what_is_told_as_past_is_not_dated_ahead() -> None:
    text = "He died on Nov. 10. Ten years after his death they still mourned."
    assert last(text).value == "P10Y"
    ahead = "He died on Nov. 10. Ten years after his death they will mourn."
    assert last(ahead).value == "2030"


def test_a_month_known_before_the_day_is_the_same_event() -> None:
    text = "She was killed last May. She was shot on May 3. He fled a day after the killing."
    assert last(text).value == "2020-05-04"


def test_a_time_of_day_takes_the_day_that_an_event_behind_it_tells() -> None:
    text = "He was shot on May 3. She saw him at 6 a.m. near his home ten days before the murder."
    *_, time, day = find_times(text, PUBLISHED)
    assert (time.value, day.value) == ("2020-04-23T06:00", "2020-04-23")


def test_a_time_of_day_takes_the_day_of_its_verbs_event() -> None:
    text = "He was shot on May 3. On Tuesday, police spoke. He was shot to death at 10 p.m."
    assert last(text).value == "2020-05-03T22:00"


def test_a_time_of_day_keeps_the_day_said_in_its_sentence() -> None:
    text = "He was shot on May 3. On Tuesday, another man was shot at 10 p.m."
    assert last(text).value == "2020-11-10T22:00"


def test_the_rule_names_the_day_counted_from() -> None:
    time = last("He was shot on May 3. He fled two days before the murder.")
    assert time.rule == "counted from the day of the event, 2020-05-03"


@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_counting_from_an_event_does_not_leave_the_calendar(anchor: date) -> None:
    text = f"He was shot on {anchor:%B} {anchor.day}. He fled 9999 years after the shooting."
    assert find_times(text, anchor)[-1].type == "DURATION"
