"""Refuses arguments of a question that make no sense, in the words that every caller reads."""

from datetime import date

from rag.errors import QuestionError
from rag.records import parse_day


def read_day(value: str | date | None, *, name: str) -> date | None:
    """Return the day that an argument names; None if it names none.

    Raises:
        QuestionError: it is not a day such as 2020-11-10.
    """
    try:
        return parse_day(value, name=name)
    except ValueError as error:
        raise QuestionError(str(error)) from error


def refuse_string(value: object, *, name: str, wanted: str) -> None:
    """Do nothing unless an argument is a string, whose letters would be taken for what is `wanted`.

    Raises:
        QuestionError: it is a string.
    """
    if isinstance(value, str):
        raise QuestionError(f"{name} is the string {value!r}; give a list of {wanted}")
