"""Tests which words of earlier questions a follow-up gets, and which questions get none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.follow_ups import (
    Exchange,
    FollowUp,
    as_told,
    carried_words,
    points_back,
    read_exchange,
    stands_alone,
    understand_follow_up,
    with_carried,
)
from rag.records import Answer

FERRY = "When did the ferry strike in Port Alder begin?"
WRITTEN = "Who called the strike of Port Alder's ferry crews?"


def carried(question: str, *before: str) -> tuple[str, ...]:
    return carried_words(question, [Exchange(question=text) for text in before])


@pytest.mark.parametrize(
    "question",
    [
        "Who called it?",
        "And why?",
        "How many crews took part?",
        "What about the buses?",
        "Did the union of Port Alder's dockers support it?",
    ],
)
def test_a_question_that_lacks_its_topic_gets_it(question: str) -> None:
    words = " ".join(carried(question, FERRY))
    assert "ferry strike" in words or "strike" in question
    assert "Port Alder" in words or "Port Alder" in question


@pytest.mark.parametrize(
    "question",
    ["Who won the Harbour Cup in 2019?", "When was Marta Quill born?", "Why did Lund Bank close?"],
)
def test_nothing_is_carried_into_a_question_that_stands_alone(question: str) -> None:
    assert stands_alone(question)
    assert carried(question, FERRY) == ()


def test_names_figures_and_what_was_said_before_are_carried_on() -> None:
    second = with_carried("How long did it last?", carried("How long did it last?", FERRY))
    third = carried("Who ended it?", FERRY, second)
    assert "Port Alder" in " ".join(third)
    assert "last" not in third
    assert "2019" in carried("And who lost?", "Who won the cup?", "Who won the final in 2019?")


def test_a_year_is_not_carried_into_a_question_that_names_one() -> None:
    words = " ".join(carried("And who won it in 2010?", "Who won the Alder Cup in 2021?"))
    assert "Cup" in words
    assert "2021" not in words


def test_no_more_is_carried_than_a_topic_needs() -> None:
    names = " ".join(f"Name{number}" for number in range(300))
    assert len(" ".join(carried("Why?", f"Who met {names}?")).split()) <= 20


def test_what_the_question_says_itself_is_not_carried_into_it() -> None:
    assert "strike" not in " ".join(carried("Did that strike end?", FERRY)).split()


@pytest.mark.parametrize("question", ["", "   ", "x " * 400])
def test_what_is_no_question_gets_nothing(question: str) -> None:
    assert carried(question, FERRY) == ()


def test_without_turns_nothing_is_carried() -> None:
    assert carried("Who called it?") == ()
    assert carried("Who called it?", "", "  ") == ()


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_only_words_of_the_question_before_are_carried(question: str, before: list[str]) -> None:
    words = carried(question, *before)
    asked = [text for text in before if text.strip()]
    assert all(word in asked[-1] for word in words)
    assert with_carried(question, ()) == question


def test_a_word_that_points_back_is_seen() -> None:
    assert points_back("Who called it?")
    assert not points_back("Who called the strike in Port Alder?")


def test_an_answer_is_an_earlier_turn_with_what_was_carried_into_it() -> None:
    answer = Answer(
        question="Who called it?",
        understood="Who called it ferry strike?",
        carried=("ferry strike",),
        status="not_in_archive",
        text="The archive does not say.",
    )
    assert read_exchange(answer) == Exchange(question="Who called it ferry strike?")
    assert as_told(answer) == ("Who called it ferry strike?", "The archive does not say.")
    assert read_exchange((FERRY, "On Monday.")) == Exchange(question=FERRY, answer="On Monday.")


# -- with a language model ----------------------------------------------------------------------


@dataclass
class ScriptedModel:
    """Writes what it is told to, and keeps what it is given."""

    written: str
    given: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        self.given.append((question, list(history)))
        return self.written


def test_what_a_model_writes_is_taken_and_what_it_added_is_named() -> None:
    model = ScriptedModel(WRITTEN)
    found = understand_follow_up("Who called it?", [(FERRY, "")], rewriter=model)
    assert found == FollowUp(carried=("the strike of Port Alder's ferry crews",), rewritten=WRITTEN)
    assert model.given == [("Who called it?", [(FERRY, "The archive does not say.")])]


@pytest.mark.parametrize("written", ["", "  \n", "How do I bake bread?", "?!", "What is the?"])
def test_what_is_of_no_use_gives_way_to_the_words(written: str) -> None:
    history = [(FERRY, "")]
    found = understand_follow_up("Who called it?", history, rewriter=ScriptedModel(written))
    assert found == FollowUp(carried=carried_words("Who called it?", history))


@pytest.mark.parametrize("question", ["Who won the Harbour Cup?", "Did Quill say who would go?"])
def test_a_question_that_stands_alone_is_not_given_to_a_model(question: str) -> None:
    model = ScriptedModel("Who won the Harbour Cup in Port Alder?")
    assert understand_follow_up(question, [(FERRY, "")], rewriter=model) == FollowUp()
    assert model.given == []


def test_the_first_question_is_not_given_to_a_model() -> None:
    model = ScriptedModel(WRITTEN)
    assert understand_follow_up("Who called it?", [], rewriter=model) == FollowUp()
    assert model.given == []


def test_a_model_may_leave_a_question_as_it_is() -> None:
    model = ScriptedModel("Who called it a strike?")
    found = understand_follow_up("Who called it a strike?", [(FERRY, "")], rewriter=model)
    assert found == FollowUp()


def test_only_the_last_turns_are_told_and_a_long_quote_is_cut() -> None:
    model = ScriptedModel(WRITTEN)
    history = [(f"What happened on day {day} in Port Alder?", "x" * 2000) for day in range(1, 20)]
    understand_follow_up("Who called it?", history, rewriter=model)
    ((_, told),) = model.given
    assert [question for question, _ in told] == [question for question, _ in history[-6:]]
    assert {len(answer) for _, answer in told} == {500}
