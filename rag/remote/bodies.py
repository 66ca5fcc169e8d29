"""Makes what is sent of the arguments of a method; it refuses what `Archive` refuses."""

from collections.abc import Sequence
from typing import Any

from rag.errors import QuestionError
from rag.question.filters import Filters
from rag.question.follow_ups import Earlier, read_exchange
from rag.records import parse_day

_DAYS = frozenset(("since", "until", "as_of", "now"))
_NAMES = frozenset(("sources", "sections"))


def question_body(
    question: str, history: Sequence[Earlier], carried: Sequence[str] | None, filters: Filters
) -> dict[str, Any]:
    """Return a question as the server reads it.

    Raises:
        QuestionError: the words to carry are a string, or a filter makes no sense.
    """
    if isinstance(carried, str):
        raise QuestionError(f"carried is the string {carried!r}; give a list of words")
    turns = [read_exchange(turn) for turn in history]
    return {
        "question": question,
        "history": [{"question": turn.question, "answer": turn.answer} for turn in turns],
        "carried": None if carried is None else list(carried),
        **filters_body(filters),
    }


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
            sent[name] = _day(name, value)
        elif name in _NAMES:
            if isinstance(value, str):
                raise QuestionError(f"{name} is the string {value!r}; give a list of names")
            sent[name] = list(value)  # type: ignore[call-overload]  # names come as an iterable
        else:
            sent[name] = value
    return sent


def _day(name: str, value: object) -> str | None:
    try:
        day = parse_day(value, name=name)  # type: ignore[arg-type]  # it refuses what is no day
    except ValueError as error:
        raise QuestionError(str(error)) from error
    return day.isoformat() if day else None
