"""Tests what is read in a question."""

from datetime import date

import pytest

from rag.errors import QuestionError
from rag.question.asked import (
    AskedQuestion,
    in_other_words,
    read_part,
    read_question,
    with_full_forms,
)
from rag.question.filters import read_filters
from rag.question.follow_ups import FollowUp
from rag.text.terms import counted_terms, question_terms
from tests.fakes import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=16)


def asked(text: str, **more: object) -> AskedQuestion:
    time, where = read_filters(text, {"now": "2021-06-01"})
    return read_question(text, EMBEDDER, time=time, where=where, **more)  # type: ignore[arg-type]


def test_a_part_has_its_kind_names_and_years() -> None:
    part = read_part("When did Marta Quill leave Port Alder in 2019?", EMBEDDER)
    assert part.kind == "when"
    assert part.names == counted_terms("Marta Quill Port Alder")
    assert part.years == {"2019"}
    assert part.vector.shape == (16,)


def test_irregular_verbs_count_as_their_base_and_are_searched_as_they_stand() -> None:
    part = read_part("Who took the town?", EMBEDDER)
    assert part.terms == counted_terms("take town")
    assert part.sought == question_terms("Who took the town?")


def test_an_abbreviation_is_searched_with_what_it_stands_for() -> None:
    part = read_part("Did the AG resign?", EMBEDDER)
    assert set(question_terms("attorney general").indices) <= set(part.sought.indices)
    assert part.terms == counted_terms("AG resign")


def test_an_abbreviation_is_read_in_full_and_shown_and_searched_as_it_was_put() -> None:
    part = read_part("Did the AG resign?", EMBEDDER)
    read = with_full_forms(part, ["The attorney general resigned."])
    assert (read.text, read.shown) == ("Did the attorney general resign?", "Did the AG resign?")
    assert read.terms == counted_terms("attorney general resign")
    assert read.names == part.names - counted_terms("AG")
    assert (read.sought, read.kind) == (part.sought, part.kind)
    assert with_full_forms(part, ["The AG resigned."]) is part


def test_a_name_in_full_is_a_name_still() -> None:
    part = read_part("Did the EU sue Brenmark?", EMBEDDER)
    read = with_full_forms(part, ["The European Union sued."])
    assert read.names == counted_terms("European Union Brenmark")


def test_a_question_of_several_parts_has_each() -> None:
    question = asked("Who signed the Alder pact, and when did it take effect?")
    assert [part.kind for part in question.parts] == ["who", "when"]
    assert "Alder" in question.parts[1].text
    assert question.parts[1].shown == "When did it take effect?"


def test_carried_words_are_searched_and_the_question_stays_as_it_was_put() -> None:
    question = asked("Who signed it?", follow_up=FollowUp(carried=("Alder pact",)))
    assert question.text == "Who signed it?"
    assert question.understood == "Alder pact: Who signed it?"
    assert set(question_terms("Alder pact").indices) <= set(question.parts[0].sought.indices)


def test_a_sentence_must_hold_the_carried_names_and_need_not_hold_the_rest() -> None:
    (part,) = asked("Who signed it?", follow_up=FollowUp(carried=("Alder pact",))).parts
    assert part.terms == counted_terms("signed Alder")


def test_carried_words_do_not_say_what_is_wanted() -> None:
    carried = FollowUp(carried=("largest", "mill fire"))
    (held,) = asked("Was anyone held?", follow_up=carried).parts
    (owner,) = asked("Who is the owner?", follow_up=carried).parts
    assert (held.wanted.shape, owner.wanted.which) == ("yes-no", "newest")


def test_names_and_years_that_were_carried_count_as_those_of_the_question() -> None:
    (part,) = asked(
        "Who signed for Port Alder?", follow_up=FollowUp(carried=("Quill pact", "2019"))
    ).parts
    assert part.names >= counted_terms("Port Alder Quill")
    assert part.years == {"2019"}
    assert part.kind == "who"


def test_every_part_of_a_follow_up_gets_the_carried_words() -> None:
    question = asked(
        "And who signed it, and when did it begin?", follow_up=FollowUp(carried=("Alder pact",))
    )
    assert [part.shown for part in question.parts] == ["And who signed it?", "When did it begin?"]
    assert all("Alder pact" in part.text for part in question.parts)


def test_a_stray_byte_of_a_terminal_is_no_error() -> None:
    assert read_part("Who owns the caf\udce9?", EMBEDDER).text == "Who owns the caf??"


def test_a_rewriting_takes_the_place_of_the_question() -> None:
    question = asked(
        "And who?",
        follow_up=FollowUp(carried=("Alder pact",), rewritten="Who signed the Alder pact?"),
    )
    assert [part.text for part in question.parts] == ["Who signed the Alder pact?"]


def test_what_was_carried_before_a_rewriting_is_added_to_each_of_its_parts() -> None:
    full = "Alder pact: When and where did Orr sign?"
    question = asked("And Orr?", follow_up=FollowUp(carried=(full,), rewritten=full))
    assert [part.text for part in question.parts] == [
        "Alder pact: When did Orr sign?",
        "Alder pact: Where did Orr sign?",
    ]
    assert [part.kind for part in question.parts] == ["when", "where"]
    assert question.understood == full


def test_the_time_and_the_filter_are_those_of_the_question() -> None:
    question = asked("What happened in March 2021?")
    assert str(question.where.events) == "2021-03-01 to 2021-03-31"
    assert question.time.text == "in March 2021"


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("How many jobs were added in April?", (date(2021, 4, 1), date(2021, 4, 30))),
        ("How many jobs were added on Friday?", (date(2021, 5, 28), date(2021, 5, 28))),
        ("How many jobs were added in April 2019?", (date(2019, 4, 1), date(2019, 4, 30))),
        ("How many jobs were added since April?", None),
        ("Why does the town mark its day on 8 May?", None),
        ("How many jobs were added?", None),
    ],
)
def test_a_month_without_a_year_is_the_time_that_is_asked_of(
    question: str, period: tuple[date, date] | None
) -> None:
    assert asked(question).parts[0].premises.period == period


def test_other_words_are_read_and_the_same_are_searched() -> None:
    part = read_part("Alder pact 2019", EMBEDDER)
    other = in_other_words(part, "Alder pact")
    assert (other.sought, other.years) == (part.sought, frozenset())


@pytest.mark.parametrize("text", ["", " \n", "?", "\u200b"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        read_part(text, EMBEDDER)


def test_a_question_that_follows_another_is_also_read_with_that_one() -> None:
    before = "When did the truce of Port Alder begin?"
    question = asked("And who signed it?", follow_up=FollowUp(carried=("truce",), follows=before))
    (part,) = question.parts
    assert part.text == "truce: And who signed it?"
    assert part.after is not None
    assert part.after.text == f"And who signed it? ({before})"
    assert part.after.shown == part.shown
    assert {*part.after.sought.indices} >= {*question_terms(before).indices}
    assert (question.follows, question.understood) == (before, "truce: And who signed it?")


def test_a_later_part_keeps_the_words_of_its_question_beside_the_one_before() -> None:
    before = "What delayed the tram to Port Quill?"
    follow_up = FollowUp(carried=("tram",), follows=before)
    _, where = asked("How many were stranded, and where?", follow_up=follow_up).parts
    assert where.text == "tram, many, stranded: Where?"
    assert where.after is not None
    assert where.after.text == f"many, stranded: Where? ({before})"


@pytest.mark.parametrize(
    ("question", "kind"),
    [("And who signed it?", "who"), ("And at Port Quill?", "when"), ("What about it?", "when")],
)
def test_what_is_wanted_is_in_the_question_or_else_in_the_one_before(
    question: str, kind: str
) -> None:
    before = "When did the truce of Port Alder begin?"
    (part,) = asked(question, follow_up=FollowUp(follows=before)).parts
    assert part.after is not None
    assert part.after.kind == kind
