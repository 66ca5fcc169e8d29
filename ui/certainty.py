"""Says how sure an answer is, in words whose meaning was measured."""

from rag.export.facts import CERTAINTY_MEANS
from rag.records import Answer


def say_certainty(answer: Answer) -> str:
    """Return how sure an answer is, in one line; empty if there is no answer."""
    if answer.certainty not in CERTAINTY_MEANS:
        return ""
    check = "" if answer.certainty == "likely" else " Check the quote."
    return f"{answer.certainty.capitalize()}: {CERTAINTY_MEANS[answer.certainty]}.{check}"
