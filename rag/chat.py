"""Keeps a conversation with an archive: questions that may refer to earlier ones, and answers.

`rag.question.follow_ups` works out what a question needs from earlier turns.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rag.question.follow_ups import Earlier
from rag.records import Answer


class Askable(Protocol):
    """The part of an archive that a chat needs."""

    @property
    def ask(self) -> Callable[..., Answer]:
        """Return what the archive says to a question with its history and filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatTurn:
    """A question as the user put it, and its answer."""

    question: str
    answer: Answer

    @property
    def asked(self) -> str:
        """The question as it was searched and read."""
        return self.answer.asked

    @property
    def carried(self) -> tuple[str, ...]:
        """The words that were added from earlier turns."""
        return self.answer.carried


class Chat:
    """A conversation with an archive: its `turns` so far, and the `history` before them."""

    def __init__(self, archive: Askable, *, history: Iterable[Earlier] = ()) -> None:
        self.turns: list[ChatTurn] = []
        self._archive = archive
        self._history: list[Earlier] = list(history)

    def ask(
        self,
        question: str,
        *,
        as_written: bool = False,
        carried: Sequence[str] | None = None,
        **filters: Any,
    ) -> ChatTurn:
        """Return the next turn; the filters are those of `Archive.ask`.

        With `as_written`, nothing is added to the question from earlier turns. With `carried`,
        these words are added and no others.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense; no turn is added.
        """
        answer = self._archive.ask(
            question,
            history=tuple(self._history),
            carried=() if as_written else carried,
            **filters,
        )
        turn = ChatTurn(question=question, answer=answer)
        self.turns.append(turn)
        self._history.append(answer)
        return turn
