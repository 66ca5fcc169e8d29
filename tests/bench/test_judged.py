"""Tests that the judge of `beats` and `reported` tells right from wrong."""

from dataclasses import replace
from datetime import date

import pytest

from bench.beat_turns import is_left_alone
from rag.chat import ChatTurn
from rag.records import EventTime
from tests.bench.judging import NEAR_MISS, REFUSED, WHEN, answer, judged


@pytest.mark.parametrize(
    ("quote", "article_id", "expected"),
    [
        ("At least 38 People died.", "a", True),
        ("At least 38 people died.", "b", False),
        ("At least 138 people died.", "a", False),
        ("Many died.", "a", False),
    ],
)
def test_the_quote_must_hold_the_answer_and_be_of_an_expected_article(
    quote: str, article_id: str, expected: bool
) -> None:
    assert judged(answer(quote, article_id=article_id)).is_right is expected


def test_a_refusal_is_not_right_but_may_hide_what_is() -> None:
    refused = judged(REFUSED, unrefused=answer("38 people died."))
    assert not refused.is_given
    assert not refused.is_right
    assert refused.is_right_unrefused
    assert refused.is_given_at(0.3)
    assert not refused.is_given_at(0.31)


def test_a_quote_that_also_says_what_is_right_is_not_stale() -> None:
    assert judged(answer("28 people died.")).is_stale
    assert not judged(answer("38 people died, not 28 people.")).is_stale
    assert not judged(REFUSED).is_stale


@pytest.mark.parametrize(
    ("short", "given", "right"),
    [
        ("38", True, True),
        ("at least 38 people", True, True),
        ("8", True, False),
        ("28 people", True, False),
        ("", False, False),
        ("the", False, False),
    ],
)
def test_a_short_answer_holds_the_expected_words_or_is_in_them(
    short: str, given: bool, right: bool
) -> None:
    found = judged(answer("38 people died.", short=short))
    assert (found.is_short_given, found.is_short_right) == (given, right)


def test_the_short_answer_to_a_when_question_is_its_day() -> None:
    day = date(2022, 4, 1)
    friday = EventTime(
        start=0, end=6, type="DATE", value="2022-04-01", rule="weekday", first=day, last=day
    )
    assert judged(answer("Friday", when=friday, short="Monday"), WHEN).is_short_right
    without = judged(answer("Friday", short="Friday"), WHEN)
    assert (without.is_short_given, without.is_right_day) == (False, False)


def test_a_day_alone_is_right_in_an_expected_article_and_in_no_other() -> None:
    day = date(2022, 4, 1)
    when = EventTime(start=0, end=3, type="DATE", value="2022-04-01", rule="", first=day, last=day)
    only_day = {**WHEN, "only_day": True}
    assert judged(answer("The other day", when=when), only_day).is_right
    assert not judged(answer("The other day", article_id="b", when=when), only_day).is_right
    assert not judged(answer("Friday"), only_day).is_right


def test_a_near_miss_is_of_the_kind_that_it_asks_for() -> None:
    assert judged(REFUSED, NEAR_MISS).kind == "who"
    assert judged(REFUSED).kind == "how many"


def test_a_turn_is_left_alone_if_nothing_was_carried_into_it() -> None:
    alone = ChatTurn(question="Who won?", answer=REFUSED)
    carried = ChatTurn(question="And when?", answer=replace(REFUSED, carried=("the cup",)))
    assert is_left_alone(alone)
    assert not is_left_alone(carried)
