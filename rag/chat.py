"""An archive + the turns so far -> the next turn: the question as understood, and its answer.

Questions are made to stand alone by rules (`rag.question.follow_ups`), or by a language model
where one is configured. What the model writes is a question to search with and nothing else; where
it fails, or writes of something else than was asked, the rules' question is asked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

from rag.question.dialogue.background import content_terms
from rag.question.follow_ups import Earlier, FollowUp, points_back, read_exchange, stand_alone
from rag.records import Answer

# Turns given to a language model, and the characters of a quote that it needs to know the topic.
_MOST_TURNS = 6
_MOST_QUOTE = 500
_NO_ANSWER = "The archive does not say."


class Rewriter(Protocol):
    """Makes follow-ups stand alone, by a language model."""

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return the question so that it can be asked alone; empty if the model failed.

        `history` are the earlier questions with what was answered, oldest first.
        """


class Askable(Protocol):
    """What a chat needs of an archive."""

    @property
    def ask(self) -> Callable[..., Answer]:
        """Return what the archive says to a question and filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatTurn:
    """A question as it was put, as it was understood and asked, and the answer to that.

    `carried` are the words that were taken from earlier turns.
    """

    question: str
    asked: str
    answer: Answer
    carried: tuple[str, ...] = ()


class Chat:
    """A conversation with an archive; `turns` are those so far, `history` what went before them."""

    def __init__(
        self, archive: Askable, *, rewriter: Rewriter | None = None, history: Iterable[Earlier] = ()
    ) -> None:
        self.turns: list[ChatTurn] = []
        self._archive = archive
        self._rewriter = rewriter
        self._history: list[Earlier] = list(history)

    def ask(self, question: str, **filters: Any) -> ChatTurn:
        """Return the next turn; the filters are those of the archive's own `ask`.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense; no turn is added.
        """
        understood = understand_follow_up(question, self._history, rewriter=self._rewriter)
        answer = self._archive.ask(understood.question, **filters)
        turn = ChatTurn(
            question=question, asked=understood.question, answer=answer, carried=understood.carried
        )
        self.turns.append(turn)
        self._history.append(answer)
        return turn


def understand_follow_up(
    question: str, history: Sequence[Earlier], *, rewriter: Rewriter | None = None
) -> FollowUp:
    """Return a question so that it stands alone, by a language model if there is one.

    A question that has names of its own and no word that points back is never given to the model:
    nothing may be carried into it.
    """
    by_rules = stand_alone(question, history)
    if rewriter is None or not history or not question.strip():
        return by_rules
    if not by_rules.changed and not points_back(question):
        return by_rules
    told = [as_told(earlier) for earlier in history[-_MOST_TURNS:]]
    written = " ".join(rewriter.rewrite(question, told).split())
    if not _is_about(written, [question, *(text for turn in told for text in turn)]):
        return by_rules
    changed = written != question
    return FollowUp(question=written, carried=_added(question, written), changed=changed)


def as_told(earlier: Earlier) -> tuple[str, str]:
    """Return an earlier turn as a language model is told of it: the question and what was said."""
    exchange = read_exchange(earlier)
    return exchange.question, (exchange.answer or _NO_ANSWER)[:_MOST_QUOTE]


def _is_about(written: str, texts: Sequence[str]) -> bool:
    """Say whether a text shares a word with what was said, function words aside."""
    return bool(content_terms(written) & content_terms(" ".join(texts)))


def _added(question: str, written: str) -> tuple[str, ...]:
    """Return the runs of words that a rewritten question has and the original has not."""
    before, after = question.rstrip("?!. ").split(), written.rstrip("?!. ").split()
    matcher = SequenceMatcher(None, _lower(before), _lower(after), autojunk=False)
    runs = [
        " ".join(after[start:end])
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]
    return tuple(run for run in runs if content_terms(run))


def _lower(words: list[str]) -> list[str]:
    return [word.lower() for word in words]
