"""Makes what is sent of the arguments of a method; it refuses what `Archive` refuses."""

from collections.abc import Sequence
from typing import Any

from rag.question.arguments import read_day, refuse_string
from rag.question.filters import Filters
from rag.question.follow_ups import Earlier, read_exchange

_DAYS = frozenset(("since", "until", "as_of", "now"))
_NAMES = frozenset(("sources", "sections"))


def question_body(
    question: str, history: Sequence[Earlier], carried: Sequence[str] | None, filters: Filters
) -> dict[str, Any]:
    """Return a question as the server reads it.

    Raises:
        QuestionError: the words to carry are a string, or a filter makes no sense.
    """
    refuse_string(carried, name="carried", wanted="words")
    turns = [read_exchange(turn) for turn in history]
    return {
        "question": question,
        "history": [{"question": turn.question, "answer": turn.answer} for turn in turns],
        "carried": None if carried is None else list(carried),
        **filters_body(filters),
    }


def topic_body(topic: str, limit: int, filters: Filters) -> dict[str, Any]:
    """Return the topic of a timeline as the server reads it.

    Raises:
        QuestionError: a filter makes no sense.
    """
    return {"topic": topic, "limit": limit, **filters_body(filters)}


def filters_body(filters: Filters) -> dict[str, Any]:
    """Return filters as JSON has them.

    Raises:
        QuestionError: a day is none, or the outlets or the sections are a string.
    """
    sent: dict[str, Any] = {}
    for name, value in filters.items():
        if value is None:
            continue
        if name in _DAYS:
            day = read_day(value, name=name)  # type: ignore[arg-type]  # it refuses what is no day
            sent[name] = day.isoformat() if day else None
        elif name in _NAMES:
            refuse_string(value, name=name, wanted="names")
            sent[name] = list(value)  # type: ignore[call-overload]  # names come as an iterable
        else:
            sent[name] = value
    return sent
