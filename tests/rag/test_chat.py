from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from rag.chat import Chat, understand_follow_up
from rag.errors import QuestionError
from rag.records import Answer

TRUCE = "When did the ceasefire in Nagorno-Karabakh take effect?"
BY_RULES = "Who signed the ceasefire in Nagorno-Karabakh?"
BY_MODEL = "Who signed the statement on Nagorno-Karabakh?"


@dataclass
class SilentArchive:
    """Knows nothing, and keeps what it is asked."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def ask(self, question: str, **filters: Any) -> Answer:
        if not question.strip():
            raise QuestionError("the question is empty")
        self.asked.append((question, filters))
        return Answer(question=question, status="not_in_archive", text="The archive does not say.")


@dataclass
class ScriptedModel:
    """Writes what it is told to, and keeps what it is given."""

    written: str
    given: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        self.given.append((question, list(history)))
        return self.written


def test_a_follow_up_is_asked_as_it_is_understood() -> None:
    archive = SilentArchive()
    chat = Chat(archive)
    chat.ask(TRUCE)
    turn = chat.ask("And who signed it?", since="2020-01-01")
    assert (turn.question, turn.asked) == ("And who signed it?", BY_RULES)
    assert turn.carried == ("the ceasefire in Nagorno-Karabakh",)
    assert turn.answer.question == BY_RULES
    assert archive.asked == [(TRUCE, {}), (BY_RULES, {"since": "2020-01-01"})]


def test_the_turns_are_kept_in_their_order() -> None:
    chat = Chat(SilentArchive())
    for question in (TRUCE, "Who signed it?", "Who won Euro 2020?"):
        chat.ask(question)
    assert [turn.question for turn in chat.turns] == [TRUCE, "Who signed it?", "Who won Euro 2020?"]
    assert chat.turns[-1].asked == "Who won Euro 2020?"


def test_a_chat_goes_on_from_what_went_before_it() -> None:
    chat = Chat(SilentArchive(), history=[(TRUCE, "It took effect at midnight.")])
    assert chat.ask("Who signed it?").asked == BY_RULES
    assert len(chat.turns) == 1


def test_a_question_that_makes_no_sense_is_no_turn() -> None:
    chat = Chat(SilentArchive())
    chat.ask(TRUCE)
    with pytest.raises(QuestionError):
        chat.ask(" ")
    assert len(chat.turns) == 1
    assert chat.ask("Who signed it?").asked == BY_RULES


# -- with a language model ----------------------------------------------------------------------


def test_what_a_model_writes_is_asked_and_what_it_added_is_named() -> None:
    model = ScriptedModel(BY_MODEL)
    chat = Chat(SilentArchive(), rewriter=model)
    chat.ask(TRUCE)
    turn = chat.ask("Who signed it?")
    assert turn.asked == BY_MODEL
    assert turn.carried == ("the statement on Nagorno-Karabakh",)
    assert model.given == [("Who signed it?", [(TRUCE, "The archive does not say.")])]


@pytest.mark.parametrize("written", ["", "  \n", "How do I bake bread?", "?!", "What is the?"])
def test_what_is_of_no_use_gives_way_to_the_rules(written: str) -> None:
    found = understand_follow_up("Who signed it?", [(TRUCE, "")], rewriter=ScriptedModel(written))
    assert found.question == BY_RULES


@pytest.mark.parametrize("question", ["Who won Euro 2020?", "Did Putin say that he would go?"])
def test_a_question_that_stands_alone_is_not_given_to_a_model(question: str) -> None:
    model = ScriptedModel("Who won Euro 2020 in Nagorno-Karabakh?")
    found = understand_follow_up(question, [(TRUCE, "")], rewriter=model)
    assert (found.question, found.changed, model.given) == (question, False, [])


def test_the_first_question_is_not_given_to_a_model() -> None:
    model = ScriptedModel(BY_MODEL)
    assert understand_follow_up("Who signed it?", [], rewriter=model).question == "Who signed it?"
    assert model.given == []


def test_a_model_reads_where_the_rules_cannot() -> None:
    model = ScriptedModel("Tell me more about the ceasefire in Nagorno-Karabakh")
    found = understand_follow_up("Tell me more", [(TRUCE, "")], rewriter=model)
    assert found.changed
    assert found.carried == ("about the ceasefire in Nagorno-Karabakh",)


def test_only_the_last_turns_are_told_and_a_long_quote_is_cut() -> None:
    model = ScriptedModel(BY_MODEL)
    history = [(f"What happened on day {day} in Shusha?", "x" * 2000) for day in range(1, 20)]
    understand_follow_up("Who signed it?", history, rewriter=model)
    ((_, told),) = model.given
    assert [question for question, _ in told] == [question for question, _ in history[-6:]]
    assert {len(answer) for _, answer in told} == {500}
