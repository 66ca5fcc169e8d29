"""Adds up people or things that are counted apart: "two men and a woman", "three boats, two rafts".

A question asks how many there were of all, and no number of the sentence says it.
"""

import re
from dataclasses import dataclass

from rag.text.figures import find_figures
from rag.text.tolls import counts_dead
from rag.text.verbs import is_past_form
from rag.text.words import stems_of

_BETWEEN = re.compile(r",\s(?:and\s)?|\sand\s")
# A thing without "of": "a group of pupils" and "one of the men" are no plain number.
_THING = re.compile(
    r"(?:(?P<one>an?)|(?P<owned>the|his|her|its|their))?\s?(?P<rest>[\w,-]+(?:\s(?!of\b)[\w-]+){0,4})",
    re.IGNORECASE,
)
# One word for several, so that "a" before it is no number.
_COLLECTIVE = frozenset(
    "family couple pair group crew team crowd party gang class number dozen lot few handful band "
    "squad fleet herd series string".split()
)
_PLURALS = frozenset("people men women children police officials others".split())
# "12 dead and 90 injured", "two deaths and five injuries": these are never added up.
_FATE = re.compile(r"\b(?:dead|injur\w+|hurt|wounded|missing|ill|sick|casualt\w+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """Things that are counted apart, in their words, and how many all are, if that is said."""

    things: tuple[str, ...]
    count: float | None


def added_in(words: str) -> Added | None:
    """Return the things in some words, if these are two things at least and one has a number.

    Each is a noun with a number before it, or with "a", "her" or the like.
    """
    things = tuple(_BETWEEN.split(words))
    counts = [_count_of(thing) for thing in things]
    if len(things) < 2 or None in counts or not any(map(find_figures, things)):
        return None
    known = [count for count in counts if count]
    return Added(things, sum(known) if len(known) == len(things) else None)


def _count_of(thing: str) -> float | None:
    """Return how many a thing is, 0 if that is not said, or None if it is nothing of the kind."""
    found = _THING.fullmatch(thing)
    if found is None or _FATE.search(thing) or counts_dead(stems_of(thing)):
        return None
    last = thing.rsplit(maxsplit=1)[-1].lower()
    if is_past_form(last):
        return None
    figures = find_figures(thing)
    if figures:
        (figure, *others) = figures
        is_plain = not (others or figure.unit or figure.is_ordinal or figure.is_vague)
        return figure.low if is_plain and figure.end < len(thing) else None
    if found["one"]:
        return 0.0 if last in _COLLECTIVE or last in _PLURALS else 1.0
    return 0.0 if found["owned"] else None
