"""Reads a follow-up that only names what the last question shall be asked about instead.

"What about Porter?" after "When was Hale arrested?" asks when Porter was arrested. The words are
put where the last question has the like of them: a name for a name, a time for a time
(`contrast_times.py`), "the second" for "the first", "the police" for "the coroner". Where it has
nothing like them, or more than one, nothing is put.
"""

import re
from typing import NamedTuple

from rag.models.carrying import terms_in
from rag.question.carried_prefix import carried_before, own_start, with_carried
from rag.question.contrast_named import NAME, POSSESSIVE, Named, read_named
from rag.question.contrast_places import (
    ARTICLE,
    NOUN_BEHIND,
    OF_PLACE,
    OPENING,
    ORDINAL,
    PLACED,
    PRONOUN,
    only_of,
    place_of,
    times_of,
)
from rag.question.contrast_times import NamedTime, put_time, with_time_last
from rag.question.kinds import AUXILIARY
from rag.text.patterns import any_of
from rag.text.places import country_of
from rag.text.sentences import Span

_APPOSED = re.compile(r"\b(?:the|an?|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+)?\s+$")
# Of the pronouns, "they" may also stand for what is not carried.
_PERSON = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
# What is meant by it was carried: "Who signed it?", "Who is his wife?".
_HANGS = re.compile(r"\b(?:it|its|his|her|their)\b", re.IGNORECASE)
_THERE = re.compile(r"\bthere\b", re.IGNORECASE)
# One question and nothing beside it.
_IS_QUESTION = re.compile(rf"{OPENING.pattern}[^?!;]*\??\s*$", re.IGNORECASE)


class _Put(NamedTuple):
    """A question with something put in it, what that was, and what it replaced."""

    question: str
    words: str
    replaced: str


def in_place(question: str, before: str) -> str:
    """Return the question before, asked about what a follow-up names; empty if it is no such one.

    `before` may have carried words before it, "Gaza: Who signed it?". These stay, unless one is
    what was replaced.
    """
    named = read_named(question)
    if named is None:
        return ""
    carried = list(carried_before(before))
    body = with_time_last(before[own_start(before) :])
    if not _IS_QUESTION.match(body):
        return ""
    put = _with_time(named.time, named, body) if named.time else _with_named(named, body)
    if put is None:
        if named.time:
            return ""
        # "No, the owner's" is not who is meant, but whose.
        is_whose = POSSESSIVE.search(question.rstrip(" ?!.")) is not None
        described = "" if is_whose else _with_description(named, carried, body)
        return described or _with_carried_name(named, carried, body)
    if _PERSON.fullmatch(put.replaced) or (named.is_meant and PRONOUN.fullmatch(put.replaced)):
        # Porter takes the place of the one whom "he" was taken for, which is no country.
        names = [words for words in carried if NAME.fullmatch(words) and country_of(words) is None]
        carried = [words for words in carried if len(names) > 1 or words not in names]
    gone = terms_in(f"{put.replaced} {put.words} {named.instead_of}")
    kept = [words for words in carried if not terms_in(words) & gone]
    return with_carried(put.question, kept)


def _with_carried_name(named: Named, carried: list[str], body: str) -> str:
    """Return a question with a name in place of the only one that was carried; empty if not.

    The question itself has nothing in it that may be meant: "Why?", "Who signed it?". A place is
    put if the question points to one: "Who won there?".
    """
    if named.time or named.is_one or named.article or not NAME.fullmatch(named.words):
        return ""
    opening = OPENING.match(body)
    names = [words for words in carried if NAME.fullmatch(words)]
    if len(names) != 1 or NAME.search(body, opening.end() if opening else 0):
        return ""
    if named.preposition:
        is_meant = named.preposition in OF_PLACE and _THERE.search(body) is not None
    elif _HANGS.search(body) or not re.search(rf"\b{AUXILIARY}\b", body):
        is_meant = (country_of(named.words) is None) == (country_of(names[0]) is None)
    else:
        is_meant = False
    kept = [named.words if words in names else words for words in carried]
    return with_carried(body, kept) if is_meant else ""


def _with_description(named: Named, carried: list[str], body: str) -> str:
    """Return a question with who is meant described: "No, I mean the footballer"; empty if not.

    It is put to the only name that was carried, or to the only one in the question.
    """
    if not named.is_meant or named.article.lower().strip() != "the" or named.is_one:
        return ""
    if not re.fullmatch(r"[a-z]+(?: [a-z]+)?", named.words):
        return ""
    described = f", the {named.words}"
    opening = OPENING.match(body)
    places = [Span(*f.span()) for f in NAME.finditer(body, opening.end() if opening else 0)]
    names = [words for words in carried if NAME.fullmatch(words)]
    if len(names) == 1 and not places:
        kept = [f"{words}{described if words in names else ''}" for words in carried]
        return with_carried(body, kept)
    if names or len(places) != 1 or body[places[0].end :].strip(" ?!."):
        return ""
    return f"{body[: places[0].end]}{described}{body[places[0].end :]}"


def _with_time(time: NamedTime, named: Named, body: str) -> _Put | None:
    """Return a question with a time in place of the only one of its kind that it has."""
    place = only_of([span for span, sort in times_of(body).items() if sort == time.sort])
    asked = put_time(time, named.preposition, body, place) if place else ""
    return _Put(asked, time.words, body[place.start : place.end]) if place and asked else None


def _with_named(named: Named, body: str) -> _Put | None:
    """Return a question with a name or a noun in place of its like."""
    place = _place_instead(named, body) if named.instead_of else place_of(named, body)
    if place is None:
        return None
    article = ARTICLE.search(body, 0, place.start)
    is_of_noun = NOUN_BEHIND.match(body, place.end) is not None and not named.article
    if article is not None and not is_of_noun:
        place = Span(article.start(), place.end)
    replaced = body[place.start : place.end]
    put = named.words if _follows_noun(body, place) else named.article + named.words
    if named.is_one and named.words.islower() and not ORDINAL.fullmatch(named.words):
        # "The new one" after "the conductor" is the new conductor.
        put += f" {replaced.split()[-1]}"
    placed = PLACED.fullmatch(named.words)
    name = replaced.removeprefix("the ")
    is_name = NAME.fullmatch(name) is not None
    if placed and is_name and (" " not in name or NOUN_BEHIND.match(body, place.end)):
        # "The tunnel at Harlow" is put for "the Holm Tunnel", and not for "Holm".
        return None
    if placed:
        noun = replaced.split()[-1].lower() if placed["noun"] == "one" else placed["noun"]
        put = f"the {noun}{placed['where']}"
    if possessive := POSSESSIVE.search(replaced):
        put += possessive[0] if len(possessive[0]) > 1 else "’s"
    asked = _with_preposition(body[: place.start], named) + put + body[place.end :]
    return _Put(asked, put, replaced)


def _place_instead(named: Named, body: str) -> Span | None:
    """Return where a question has what was not meant, or else a pronoun for it."""
    own = re.compile(rf"\b{re.escape(named.instead_of)}\b", re.IGNORECASE)
    found = list(own.finditer(body)) or list(PRONOUN.finditer(body))
    return only_of([Span(*match.span()) for match in found])


def _follows_noun(body: str, place: Span) -> bool:
    """Say whether a name stands behind what it is the name of: "the ferry Corrigan"."""
    is_noun = body.startswith("the ", place.start)
    return not is_noun and _APPOSED.search(body, 0, place.start) is not None


def _with_preposition(before: str, named: Named) -> str:
    """Return what stands before a place with the preposition of what is put there."""
    if named.preposition not in OF_PLACE:
        return before
    return re.sub(rf"\b{any_of(OF_PLACE)}(\s+(?:the\s+)?)$", rf"{named.preposition}\1", before)
