"""Finds that certain words lead to every amount of a sentence, so that it tells no other amount."""

import re
from collections.abc import Callable

from rag.text.figures import Figure, find_figures


def lead_to_all(text: str, find: Callable[[str], re.Match[str] | None]) -> str:
    """Return the words that lead to the first amount of a text, if such lead to each; else nothing.

    `find` gets what stands before an amount, and finds such words at its end.
    """
    figures = [one for one in find_figures(text) if not (one.is_soft or _is_age(text, one))]
    found = [find(text[: figure.start]) for figure in figures]
    if not found or not all(found):
        return ""
    assert found[0] is not None
    return found[0][0].strip()


def _is_age(text: str, figure: Figure) -> bool:
    """Say whether a number between commas is somebody's age: "Orr, 31, left"."""
    is_bare = not figure.unit and text[figure.start : figure.end].isdigit()
    return is_bare and text[: figure.start].endswith(", ") and text[figure.end :].startswith(", ")
