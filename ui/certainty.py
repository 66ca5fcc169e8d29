"""Says how sure an answer is, in words whose meaning was measured."""

from collections.abc import Mapping

from rag.records import Answer, Certainty

_MEANING: Mapping[Certainty, str] = {
    "likely": "Likely: about seven of ten such answers are right.",
    "uncertain": "Uncertain: about half of such answers are right. Check the quote.",
    "weak": "Weak: about one of three such answers is right. Check the quote.",
    "none": "",
}


def say_certainty(answer: Answer) -> str:
    """Return how sure an answer is, in one line; empty if there is no answer."""
    return _MEANING[answer.certainty]
