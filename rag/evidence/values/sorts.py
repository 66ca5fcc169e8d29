"""Says what an amount is of, by the words around it: the dead, the ill, an age, a period."""

import re

from rag.evidence.values.amounts_told import amount_in
from rag.evidence.values.told import Told
from rag.text.tolls import cases_in, counts_dead, toll_in

_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]+ \($")
_OLDEST_AGE = 120
_STILL = re.compile(r"(?:\s+[\w’'-]+){0,4}?\s+(?:still|remain(?:s|ed|ing)?)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"[^.;,\d]{0,60}?\b(?:on|in|during|over)\s+(?:the|its|their|his|her)\s+first"
    r"\s+(?P<period>day|weekend|week|month|quarter|season|year)\b",
    re.IGNORECASE,
)


def is_of_dead(value: Told) -> bool:
    """Say whether an amount counts the dead: "the number of people killed on Monday rose to 16"."""
    if counts_dead(value.beside):
        return True
    toll = amount_in(value.piece, toll_in)
    return toll is not None and toll.figure == value.figure


def is_of_ill(value: Told) -> bool:
    """Say whether an amount counts all cases of an illness."""
    cases = amount_in(value.piece, cases_in)
    return cases is not None and cases.figure == value.figure


def counts_the_same(value: Told, known: Told) -> bool:
    """Say whether the words beside two amounts say that they count the same thing."""
    return bool(value.counted & known.counted) or (is_of_dead(value) and is_of_dead(known))


def is_rest(value: Told) -> bool:
    """Say whether an amount is what is left of another one: "five are still in hospital"."""
    figure = value.figure
    return figure is not None and _STILL.match(value.piece.text, figure.end) is not None


def period_of(value: Told) -> str:
    """Return the part of a story that an amount is of: "year" of "12 trips in its first year"."""
    figure = value.figure
    found = figure and _PERIOD.match(value.piece.text, figure.end)
    return found["period"].lower() if found else ""


def period_asked(question: str) -> str:
    """Return the part of a story that a question asks about, likewise."""
    found = _PERIOD.match(question)
    return found["period"].lower() if found else ""


def is_age(value: Told) -> bool:
    """Say whether a number in brackets is the age of whom it stands behind: "Anna Holm (52)"."""
    text, figure = value.piece.text, value.figure
    if figure is None or figure.unit or figure.low > _OLDEST_AGE:
        return False
    is_behind_name = _NAME_BEFORE.search(text[: figure.start]) is not None
    return is_behind_name and text.startswith(")", figure.end)
