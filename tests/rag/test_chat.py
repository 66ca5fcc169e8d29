from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from rag.chat import Chat
from rag.errors import QuestionError
from rag.question.carried_prefix import with_carried
from rag.question.follow_ups import Earlier, carried_words
from rag.records import Answer
from tests.fakes import LastQuestionModel

MODEL = LastQuestionModel()
FERRY = "When did the ferry strike in Port Alder begin?"


@dataclass
class SilentArchive:
    """Knows nothing, and keeps what it is asked."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def ask(
        self,
        question: str,
        *,
        history: tuple[Earlier, ...] = (),
        carried: Sequence[str] | None = None,
        **filters: Any,
    ) -> Answer:
        if not question.strip():
            raise QuestionError("the question is empty")
        self.asked.append((question, filters))
        carried = (
            carried_words(question, history, model=MODEL) if carried is None else tuple(carried)
        )
        return Answer(
            question=question,
            understood=with_carried(question, carried) if carried else "",
            carried=carried,
            status="not_in_archive",
            text="The archive does not say.",
        )


def test_a_follow_up_is_asked_with_the_turns_before_it() -> None:
    archive = SilentArchive()
    chat = Chat(archive)
    chat.ask(FERRY)
    turn = chat.ask("And who called it?", since="2020-01-01")
    assert turn.question == "And who called it?"
    assert "Port Alder" in " ".join(turn.carried)
    assert turn.asked == f"{', '.join(turn.carried)}: And who called it?"
    assert archive.asked == [(FERRY, {}), ("And who called it?", {"since": "2020-01-01"})]


def test_the_turns_are_kept_in_their_order() -> None:
    chat = Chat(SilentArchive())
    asked = [FERRY, "Who called it?", "Who won the Harbour Cup?"]
    for question in asked:
        chat.ask(question)
    assert [turn.question for turn in chat.turns] == asked
    assert chat.turns[-1].asked == "Who won the Harbour Cup?"


def test_a_question_can_be_asked_as_it_is_written_or_with_words_of_ones_own() -> None:
    chat = Chat(SilentArchive())
    chat.ask(FERRY)
    as_written = chat.ask("Who called it?", as_written=True)
    assert (as_written.carried, as_written.asked) == ((), "Who called it?")
    assert chat.ask("Who called it?", carried=("the bus strike",)).carried == ("the bus strike",)


def test_a_chat_goes_on_from_what_went_before_it() -> None:
    chat = Chat(SilentArchive(), history=[(FERRY, "It began at midnight.")])
    assert chat.ask("Who called it?").carried
    assert len(chat.turns) == 1


def test_a_question_that_makes_no_sense_is_no_turn() -> None:
    chat = Chat(SilentArchive())
    chat.ask(FERRY)
    with pytest.raises(QuestionError):
        chat.ask(" ")
    assert len(chat.turns) == 1
