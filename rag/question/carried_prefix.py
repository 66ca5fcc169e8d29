"""Writes the words that were carried into a question before it, and reads them there again.

"Who won?" with "Gaza" is searched, read and kept in the history as "Gaza: Who won?".
"""

import re
from collections.abc import Sequence

from rag.question.contrast_places import OPENING

_CARRIED = re.compile(r"[^?:]*: (?=\S)")
_WORD = re.compile(r"\w")


def with_carried(question: str, carried: Sequence[str]) -> str:
    """Return a question after the carried words, as it is searched and read: "Gaza: Who won?"."""
    return f"{', '.join(carried)}: {question}" if carried else question


def without_carried(question: str) -> tuple[tuple[str, ...], str]:
    """Return the words that were carried into a question, and the question as it was put.

    It undoes `with_carried`. What asks something itself was not carried.
    """
    start = own_start(question)
    words = carried_before(question)
    if not words or OPENING.match(question[:start]) or not _WORD.search(question, start):
        return (), question
    return words, question[start:]


def carried_before(question: str) -> tuple[str, ...]:
    """Return what stands before a question, as words that were carried into it."""
    start = own_start(question)
    return tuple(question[:start].removesuffix(": ").split(", ")) if start else ()


def own_start(question: str) -> int:
    """Return where a question begins behind the words that were carried into it."""
    carried = _CARRIED.match(question)
    return carried.end() if carried else 0
