"""Reads what a question of yes or no asks: "Was the bridge closed?" asks whether that is so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.verbs import is_base, is_past_form
from rag.text.words import Word, words_of

_AUXILIARY = r"is|are|was|were|am|do|does|did|has|have|had|will"
_OPENING = re.compile(
    rf"^\W*(?:(?:so|and|but)\s+)?(?P<auxiliary>{_AUXILIARY})(?:n['’]t)?\s+", re.IGNORECASE
)
_BE_FORMS = frozenset("is are was were am".split())
_BEFORE_BASE = frozenset("do does did will".split())
# Of these questions, a yes would not say what is so.
_UNCLEAR = re.compile(
    r"\b(?:or|not|never|no|none|nobody|nothing|neither|without|cannot|\w+n[’']t|than|only|still|why"
    r"|how|can|could|should|(?-i:may)|might|must|all|every|each|most|both|always|more|less|fewer|few|many"
    r"|same|used\s+to)\b",
    re.IGNORECASE,
)
# Words that a question adds, and that say nothing of what it asks.
_ADDED = frozenset("any anyone anything ever yet already really actually indeed true".split())
_LINK = re.compile(
    r"\b(from|to|by|for|against|with|of|in|into|at|on|under|over|before|after|since|until|about"
    r"|between|during|above|below|outside|inside|within|without|behind|near|through|across|among|via"
    r"|toward|towards|than|as|like|least|most|nearly|almost|around|roughly|just)\s+(?:(?:the|an?|its|his|her|their)\s+)?$",
    re.IGNORECASE,
)
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """What a question asks whether it is so: its content words in order, and its first word.

    `verbs` are the places of those words that may be its verb, likeliest first. `links` are the
    prepositions before the words.
    """

    words: tuple[Word, ...]
    auxiliary: str
    verbs: tuple[int, ...]
    links: tuple[str, ...]
    is_passive: bool

    def with_kinds(self) -> Iterator[tuple[Word, bool]]:
        """Yield each word, and whether it may be the verb."""
        for place, word in enumerate(self.words):
            yield word, place in self.verbs


def read_statement(question: str) -> Statement | None:
    """Return what a question of yes or no asks; None if neither could answer clearly."""
    opening = _OPENING.match(question)
    if opening is None:
        return None
    rest = question[opening.end() :]
    if not is_clear(rest):
        return None
    return statement_of(rest, opening["auxiliary"].lower())


def is_clear(text: str) -> bool:
    """Say whether a yes to what a text says would be clear: it has no alternative and no denial."""
    return _UNCLEAR.search(text) is None


def statement_of(text: str, auxiliary: str) -> Statement | None:
    """Return what the words after the auxiliary say."""
    words = tuple(
        word for word in words_of(text) if word.stem is not None and word.text.lower() not in _ADDED
    )
    is_passive = auxiliary in _BE_FORMS or re.search(r"\bbe(?:en)?\b", text) is not None
    verbs = tuple(
        place
        for place, word in enumerate(words)
        if place and _may_be_verb(word, auxiliary, is_passive=is_passive)
    )
    if len(words) < _LEAST_WORDS or not verbs:
        return None
    links = tuple(link_before(text, word) for word in words)
    return Statement(words, auxiliary, verbs, links, is_passive)


def link_before(text: str, word: Word) -> str:
    """Return the preposition before a word, perhaps with an article between; empty if none."""
    found = _LINK.search(text, 0, word.start)
    return found[1].lower() if found else ""


def _may_be_verb(word: Word, auxiliary: str, *, is_passive: bool) -> bool:
    """Say whether a word may be the verb after an auxiliary: "did approve", "was approved"."""
    if word.is_capitalised:
        return False
    if auxiliary in _BEFORE_BASE and not is_passive:
        return is_base(word.text)
    return is_past_form(word.text) or (auxiliary in _BE_FORMS and word.text.endswith("ing"))
