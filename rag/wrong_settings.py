"""Says in plain words why the value of a setting cannot be used, and which value can."""

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from rag.addresses import without_user

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_NUMBERS: dict[object, str] = {int: "a whole number", float: "a number"}


def describe_wrong(problem: "ErrorDetails", field: "FieldInfo") -> str:
    """Return the value that was given to a field, and what to give instead."""
    value = problem["input"]
    shown = without_user(value) if isinstance(value, str) else value
    return f"{shown!r}: {_wanted(problem, field)}"


def _wanted(problem: "ErrorDetails", field: "FieldInfo") -> str:
    """Return what to give, from what the field says of itself."""
    if problem["type"] == "value_error":  # from a function of ours, which says it in full
        return str(problem["ctx"]["error"])
    if problem["type"] == "string_too_short":
        return "it is empty; give a value, or remove the setting"
    if get_origin(field.annotation) is Literal:
        return f"give one of {', '.join(get_args(field.annotation))}"
    if field.annotation in _NUMBERS:
        return f"give {_NUMBERS[field.annotation]}{_bounds(field.metadata)}"
    return problem["msg"]


def _bounds(metadata: list[Any]) -> str:
    low = next((bound.ge for bound in metadata if hasattr(bound, "ge")), None)
    high = next((bound.le for bound in metadata if hasattr(bound, "le")), None)
    if low is None or high is None:
        return "" if low is None else f" of at least {low}"
    return f" from {low} to {high}"
