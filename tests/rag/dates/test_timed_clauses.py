from dataclasses import replace

import pytest

from rag.dates.event_times import event_times
from rag.dates.timed_clauses import dating_times, timed_clauses
from rag.records import EventTime
from tests.rag.stories import story


def _times(text: str, *, start: int = 0) -> list[EventTime]:
    times = event_times(story(text))
    return [replace(time, start=time.start + start, end=time.end + start) for time in times]


@pytest.mark.parametrize(
    ("sentence", "inside", "outside"),
    [
        (
            "The deal was signed in Moscow, and the truce took effect on Tuesday.",
            "truce took effect",
            "signed",
        ),
        ("He said the bridge fell on Monday after it was closed.", "bridge fell", "closed"),
        ("The port, which opened on Monday, has two piers.", "opened", "piers"),
    ],
)
def test_a_time_dates_its_own_clause(sentence: str, inside: str, outside: str) -> None:
    ((_, clause),) = timed_clauses(sentence, 0, _times(sentence))
    assert inside in clause
    assert outside not in clause


def test_an_adverbial_of_time_dates_the_clause_next_to_it() -> None:
    sentence = "On Sunday, the fighting spread to two more towns."
    ((_, clause),) = timed_clauses(sentence, 0, _times(sentence))
    assert "fighting spread" in clause


def test_the_time_itself_is_left_out() -> None:
    sentence = "The bridge in the old town fell on Monday."
    ((_, clause),) = timed_clauses(sentence, 0, _times(sentence))
    assert "Monday" not in clause


def test_places_count_from_the_start_of_the_article() -> None:
    sentence = "The bridge in the old town fell on Monday."
    ((_, one),) = timed_clauses(sentence, 0, _times(sentence))
    ((_, other),) = timed_clauses(sentence, 90, _times(sentence, start=90))
    assert one == other


def test_a_length_of_time_dates_nothing() -> None:
    assert dating_times(_times("The bridge had stood for ninety years."), set()) == []


def test_days_of_other_years_date_nothing_that_is_asked_about() -> None:
    on_tuesday = _times("It ended on Tuesday.")
    assert dating_times(on_tuesday, {"2018"}) == []
    assert dating_times(on_tuesday, {"2020"}) == on_tuesday
    assert dating_times(on_tuesday, set()) == on_tuesday


def test_a_year_that_the_question_names_dates_nothing() -> None:
    times = _times("It was the worst fighting since the 2018 war.")
    assert dating_times(times, {"2018"}) == []
    assert dating_times(times, set()) == times


def test_a_span_that_holds_the_year_may_date_it() -> None:
    times = _times("It grew in the 2010s.")
    assert dating_times(times, {"2018"}) == times


def test_the_present_and_the_future_date_nothing() -> None:
    assert dating_times(_times("The bridge is now of the future."), set()) == []


def test_what_was_long_ago_may_be_of_the_year_asked_about() -> None:
    times = _times("Years later the bridge fell.")
    assert [time.first for time in times] == [None]
    assert dating_times(times, {"2018"}) == times
