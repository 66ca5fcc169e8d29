"""Adds up people or things that are counted apart: "two men and a woman", "three boats, two rafts".

A question asks how many there were of all, and no number of the sentence says it. They may be of
one noun too: "three counts of theft and one count of fraud" are four counts.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rag.text.counting import counted_by
from rag.text.figures import Figure, find_figures
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


# "Three counts of grand theft and ": what stands between two numbers of one list.
_SAME_LIST = re.compile(
    r"(?:\s+(?!(?:and|or|but|to|from|than|while|against)\b)[\w’'-]+){1,6}(?:,\s+and|,|\s+and)\s+"
)
_COUNTED = re.compile(
    r"\s+[\w’'-]+(?:\s+of(?:\s+[\w’'-]+){1,3}?(?=[.,;:)]|$|\s+(?:and|in|on|at|for|after|when|was|were)\b))?"
)
# Each of these is told of another: "Orr and Vesk got 3 votes and 4 votes respectively".
_OF_EACH = re.compile(r"\b(?:respectively|each|apiece)\b", re.IGNORECASE)


def added_alike(
    sentence: str, figures: Sequence[Figure], marked: Figure, things: Set[int]
) -> tuple[Figure, ...]:
    """Return the numbers of a list that all count the things asked for, the marked one among them.

    `things` are the stems of these things. Nothing is returned if the marked one stands alone, or
    if a word of the list is a verb, so that one part was done and another was not.
    """
    like = [f for f in figures if not (f.unit or f.bound or f.is_ordinal or f.is_vague)]
    like = [f for f in like if counted_by(sentence, f) & things]
    run: list[Figure] = []
    for figure in like:
        between = sentence[run[-1].end : figure.start] if run else ""
        if run and (not _SAME_LIST.fullmatch(between) or _has_verb(between)):
            if marked in run:
                break
            run = []
        run.append(figure)
    is_list = len(run) > 1 and marked in run and not _OF_EACH.search(sentence)
    return tuple(run) if is_list else ()


def list_end(sentence: str, last: Figure) -> int:
    """Return where a list ends, with what its last number counts: "one count of forgery"."""
    counted = _COUNTED.match(sentence, last.end)
    return counted.end() if counted else last.end


def _has_verb(words: str) -> bool:
    return any(is_past_form(word) for word in re.findall(r"[a-z]+", words))
