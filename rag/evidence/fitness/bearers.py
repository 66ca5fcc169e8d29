"""Finds that the amount of a sentence is somebody else's than the question names.

"How old is Tait?" is not answered by "Ashdown, 44, took over from Tait".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises import AskedName
from rag.text.amount_owners import (
    Name,
    age_owner,
    is_age_of_another,
    relative_owner,
    subject_owner,
)
from rag.text.figures import Figure, find_figures
from rag.text.rounding import same_unit
from rag.text.sentences import split_sentences
from rag.text.words import plain, stem_of, words_of

_AUXILIARY = r"(?:is|are|was|were|did|does|do|has|have|had|will|would)"
# "How long was Orr jailed for?": it is Orr whose amount is asked for.
_SUBJECT = re.compile(rf"\b{_AUXILIARY}\s+(?:the\s+)?(?:[a-z]+\s+)?(?=[A-Z])")
_OWNER = re.compile(
    r"\b(?:what|which)(?:['’]s|\s+(?:is|was|were|are))\s+(?:the\s+)?(?=[A-Z])", re.I
)
_OF_AGE = re.compile(r"\bhow\s+old\b|\bages?\b", re.IGNORECASE)
# "A two-year contract" tells no age.
_OF_A_LENGTH = re.compile(r"-(?:year|month|week|day|hour|minute)s?\b(?!-old|\s+old)")
_PRONOUN = re.compile(r"\b(?:it|he|she|they|his|her|its|their)\b", re.IGNORECASE)


def check_age(candidate: Candidate) -> Misfit | None:
    """Return the one whose age a sentence gives, if another one's is asked for."""
    figure, asked, text = _marked(candidate), _asked_bearer(candidate), candidate.text
    if figure is None or asked is None or not _OF_AGE.search(candidate.asked.text):
        return None
    start, end = figure.start, _number_end(figure, text)
    if _OF_A_LENGTH.match(text, end):
        return Misfit(kind="unit", value="age")
    if owner := age_owner(text, start, end):
        return None if _may_be_one(owner, asked.words) else _misfit(owner)
    is_other = is_age_of_another(text, start, end, asked.words[-1])
    return Misfit(kind="bearer", value=text[figure.start : figure.end]) if is_other else None


def check_bearer(candidate: Candidate) -> Misfit | None:
    """Return the one who has an amount, if a clause says so and the question names another."""
    figure, asked = _marked(candidate), _asked_bearer(candidate)
    if figure is None or asked is None:
        return None
    owner, clause = relative_owner(candidate.text, figure.start)
    names = candidate.premises.names
    if not owner or any(_shares(name.words, owner) for name in names):
        return None
    return None if any(_has(clause, name) for name in names) else _misfit(owner)


def check_when_of_another(candidate: Candidate) -> Misfit | None:
    """Return whom a clause with the day tells of, if the question names another.

    "Orr, who left in May" does not say when Vesk did.
    """
    asked, answer = _asked_bearer(candidate), candidate.answer
    if candidate.asked.kind != "when" or asked is None or answer is None:
        return None
    owner, _ = relative_owner(candidate.text, answer.start - candidate.span.start)
    names = candidate.premises.names
    is_other = bool(owner) and not any(_has(candidate.text, name) for name in names)
    return _misfit(owner) if is_other else None


def check_other_bearer(candidate: Candidate) -> Misfit | None:
    """Return whose amount a sentence gives, if another sentence gives that of the one asked for."""
    figure, asked = _marked(candidate), _asked_bearer(candidate)
    if figure is None or asked is None or _PRONOUN.search(candidate.text[: figure.start]):
        return None
    owner = subject_owner(candidate.text, figure.start)
    names = candidate.premises.names
    if not owner or any(_shares(name.words, owner) or _has(candidate.text, name) for name in names):
        return None
    if _is_short_for(asked, owner):
        return None
    texts = [article.text for article in candidate.articles]
    is_told = any(_gives(text, asked.words, figure) for text in texts if _has(text, asked))
    return Misfit(kind="other bearer", value=" ".join(owner)) if is_told else None


def _marked(candidate: Candidate) -> Figure | None:
    """Return the number that was marked, if a number is asked for; places are in the sentence."""
    if candidate.asked.kind != "number":
        return None
    return next(iter(candidate.marked_figures), None)


def _number_end(figure: Figure, text: str) -> int:
    """Return where the number itself ends: "44" of "44-year-old"."""
    number = re.match(r"[^\W_]+(?:-(?!year)[^\W_]+)*", text[figure.start : figure.end])
    return figure.start + number.end() if number else figure.end


def _asked_bearer(candidate: Candidate) -> AskedName | None:
    """Return the name whose amount a question asks for, if it has one, and no list of them."""
    names, text = candidate.premises.names, candidate.asked.text
    found = _SUBJECT.search(text) or _OWNER.search(text)
    if found is None or any(name.is_joined for name in names):
        return None
    return next((name for name in names if text.startswith(name.text, found.end())), None)


def _may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two names can be of one person: "Orr" and "Eva Orr", not "Tom Orr"."""
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    return one[-1] == other[-1] and one[0][:1] == other[0][:1]


def _shares(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two names have a word in common, in the singular or the plural."""
    return not {stem_of(word) for word in one}.isdisjoint(stem_of(word) for word in other)


def _has(text: str, name: AskedName) -> bool:
    return not _stems_in(text).isdisjoint(stem_of(word) for word in name.words)


@lru_cache(maxsize=128)
def _stems_in(text: str) -> frozenset[int | None]:
    """Return the stems of the capitalised words of a text."""
    return frozenset(stem_of(plain(word.text)) for word in words_of(text) if word.is_capitalised)


def _is_short_for(name: AskedName, owner: Sequence[str]) -> bool:
    """Say whether a name has the first letters of another: "NPF"."""
    letters = "".join(word[0] for word in owner)
    return any(word in letters or letters in word for word in name.words)


def _gives(text: str, asked: Name, figure: Figure) -> bool:
    """Say whether a sentence of a text gives the one asked for an amount of the same unit."""
    for span in split_sentences(text):
        sentence = text[span.start : span.end]
        for other in find_figures(sentence):
            is_like = same_unit(other.measure[0], figure.measure[0]) and not other.is_ordinal
            if is_like and _shares(asked, subject_owner(sentence, other.start)):
                return True
    return False


def _misfit(owner: Sequence[str]) -> Misfit:
    return Misfit(kind="bearer", value=" ".join(owner))
