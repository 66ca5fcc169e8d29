"""Tells whether a time in front of its verb is ahead: "On Saturday, Rovers play Harlow".

What is done in `rag.timex.plans` for a time after the verb is done here for one that opens its
sentence or owns what takes place: "Saturday's match is at Leyton".
"""

from rag.text.verbs import is_past_form, is_s_form
from rag.timex.plans import (
    BE,
    CLAUSE_STARTS,
    PREPOSITIONS,
    REACH_OF_CLAUSE,
    agrees_in_the_present,
    is_other_verb,
)
from rag.timex.tokens import ENDING_MARKS, KINDS, OTHER, STOP, Tokens

# How far the verb may be from its time, in tokens.
_REACH = 8
_REACH_OF_OWNED = 5
_QUOTES = frozenset("\"'“”‘’(:—")
_BEFORE_TIMES = frozenset("on this early late next".split())
# "It is", "this is" and "that is" mostly comment on what was reported.
_COMMENTING = frozenset("it this that what which who".split())
# Stories of people are told in the present: "On Sunday, she orders a pizza".
_TOLD_OF = frozenset("i he she it".split())
_BEFORE_HOURS = frozenset("at from".split())
_BEFORE_PLACES = frozenset("at in against".split())
_HOURS = frozenset(KINDS[name] for name in ("CLOCK", "SMALL", "NOON", "NUMERAL"))
_PARTICLES = frozenset("off up out over".split())
_CLOSING_MARKS = frozenset(", — – ) -".split())
_OTHER_CLAUSES = CLAUSE_STARTS - {"and"}


def opens_sentence(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether nothing but "on" is before a weekday in its sentence.

    Chronicles tell of days and months in the present long afterwards: "July 8 – The mayor resigns".
    """
    if KINDS["WEEKDAY"] not in tokens.kinds[start:end]:
        return False
    before = start - 1
    while tokens.word(before) in _BEFORE_TIMES:
        before -= 1
    while tokens.word(before) in _QUOTES:
        before -= 1
    return before < 0 or tokens.kinds[before] in {STOP, KINDS["DOT"]}


def is_fronted_plan(tokens: Tokens, place: int, end: int) -> bool:
    """Say whether the verb at `place` plans for the time in front that ends at token `end`."""
    first = end + (tokens.kinds[end : end + 1] == KINDS["COMMA"])
    if not first < place <= first + _REACH or not _is_one_phrase(tokens, first, place):
        return False
    if tokens.words[place] in BE:
        is_plan = _is_copula(tokens, place)
    else:
        is_story = not _TOLD_OF.isdisjoint(tokens.words[first:place])
        is_plan = not is_story and agrees_in_the_present(tokens, place)
    return is_plan and not _has_verb_after(tokens, place)


def is_owned_plan(tokens: Tokens, end: int) -> bool:
    """Say whether it is told at which hour or where something of a day is held.

    `end` is the token of the possessive. "Saturday's match is at Leyton" is ahead, and "Saturday's
    win is a relief" is not.
    """
    for place in range(end + 2, min(len(tokens) - 2, end + 2 + _REACH_OF_OWNED)):
        word = tokens.words[place]
        if tokens.kinds[place] in ENDING_MARKS or is_past_form(word) or word in CLAUSE_STARTS:
            return False
        if word in BE:
            return _is_held(tokens, place + 1, before=_BEFORE_PLACES)
        if word == "will":
            held = place + 2 + is_past_form(tokens.word(place + 2))
            return _is_held(tokens, held, before=_BEFORE_PLACES)
        if is_s_form(word) and tokens.kinds[place] == OTHER:
            held = place + 1 + (tokens.word(place + 1) in _PARTICLES)
            if _is_held(tokens, held, before=_BEFORE_HOURS):
                return True
    return False


def _is_held(tokens: Tokens, place: int, *, before: frozenset[str]) -> bool:
    """Say whether an hour or a named place is at a token: "at noon", "in Leyton"."""
    if tokens.word(place) not in before:
        return False
    is_hour = tokens.kinds[place + 1 : place + 2] in _HOURS and tokens.word(place) != "in"
    is_named = before is _BEFORE_PLACES and tokens.is_capitalised(place + 1)
    return is_hour or is_named or tokens.word(place + 1) == "home"


def _is_one_phrase(tokens: Tokens, first: int, place: int) -> bool:
    """Say whether nothing but a subject is between a time and its verb."""
    if tokens.words[first] in PREPOSITIONS:
        return False
    return not any(
        tokens.kinds[between] in ENDING_MARKS
        or tokens.words[between] in _OTHER_CLAUSES
        or tokens.words[between] in _QUOTES
        or tokens.kinds[between] == KINDS["HYPHEN"]
        or (is_other_verb(tokens, between) and not tokens.is_capitalised(between))
        for between in range(first, place)
    )


def _is_copula(tokens: Tokens, place: int) -> bool:
    """Say whether a form of "be" can tell a plan here: "the hearing is in Holm"."""
    following = tokens.word(place + 1)
    is_comment = tokens.word(place - 1) in _COMMENTING
    return not is_comment and following not in {"not", "n", "to"} and not is_past_form(following)


def _has_verb_after(tokens: Tokens, place: int) -> bool:
    """Say whether the clause of a verb has another one behind it, so that it is perhaps none."""
    for after in range(place + 1, min(len(tokens), place + 1 + REACH_OF_CLAUSE)):
        if is_other_verb(tokens, after) and not tokens.is_capitalised(after):
            return True
        if tokens.kinds[after] in ENDING_MARKS or tokens.words[after] in _OTHER_CLAUSES:
            return _goes_on_after_clause(tokens, after)
    return False


def _goes_on_after_clause(tokens: Tokens, place: int) -> bool:
    """Say whether the verb follows what is put in: "eggs, the cheapest of all, cost"."""
    for after in range(place, min(len(tokens) - 1, place + REACH_OF_CLAUSE)):
        if tokens.kinds[after] in {STOP, KINDS["DOT"]}:
            return False
        closes = tokens.words[after] in _CLOSING_MARKS
        if closes and is_past_form(tokens.words[after + 1]) and tokens.words[after + 1] != "said":
            return True
    return False
