"""Finds what a question says that somebody or something did not do: "How many were not sold?"."""

import re
from collections.abc import Iterator

from rag.text.verbs import base_form, is_past_form, is_verb
from rag.text.words import stem_of

# "Were not yet working", "could not have been seen", "did not go".
_DENIED = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\s+(?!(?:only|just|merely|including|counting|more|less|fewer|until"
    r"|before|because|long|far)\b)"
    r"(?:(?:yet|have|been|be|being|to|a|an|the|in|any|\w+ly)\s+)*(?P<word>[a-z]{3,})\b",
    re.IGNORECASE,
)
_UN = re.compile(r"\bun(?P<word>[a-z]{3,})\b")


def denied_in(question: str) -> frozenset[int | str]:
    """Return the keys of the words that a question denies (`keys_of`)."""
    return frozenset(key for word in _denied(question) for key in keys_of(word))


def keys_of(word: str) -> Iterator[int | str]:
    """Yield by what two forms of one word are the same."""
    lower = word.lower()
    stem = stem_of(lower)
    if stem is not None:
        yield stem
        yield base_form(lower)


def _denied(question: str) -> Iterator[str]:
    for found in _DENIED.finditer(question):
        yield found["word"].lower()
    for found in _UN.finditer(question):
        # "Unpaid", and not "united" or "unveiled".
        if is_past_form(found["word"]) and not is_verb(found[0]):
            yield found["word"]
