"""A conversation with an archive: questions that may follow each other, and their answers.

`rag.question.follow_ups` says what a question needs of those before it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from rag.question.follow_ups import Earlier
from rag.records import Answer


class Askable(Protocol):
    """What a chat needs of an archive."""

    @property
    def ask(self) -> Callable[..., Answer]:
        """Return what the archive says to a question, its history and filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatTurn:
    """A question as it was put, and the answer."""

    question: str
    answer: Answer

    @property
    def asked(self) -> str:
        """The question as it was searched and read."""
        return self.answer.asked

    @property
    def carried(self) -> tuple[str, ...]:
        """The words that were taken from earlier turns."""
        return self.answer.carried


class Chat:
    """A conversation with an archive; `turns` are those so far, `history` what went before them."""

    def __init__(self, archive: Askable, *, history: Iterable[Earlier] = ()) -> None:
        self.turns: list[ChatTurn] = []
        self._archive = archive
        self._history: list[Earlier] = list(history)

    def ask(self, question: str, **filters: Any) -> ChatTurn:
        """Return the next turn; the filters are those of the archive's own `ask`.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense; no turn is added.
        """
        answer = self._archive.ask(question, history=tuple(self._history), **filters)
        turn = ChatTurn(question=question, answer=answer)
        self.turns.append(turn)
        self._history.append(answer)
        return turn
