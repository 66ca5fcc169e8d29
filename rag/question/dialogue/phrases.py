"""The parts of a question -> the phrase that a pronoun means, in words for another question.

Each function looks at one question only and returns an empty text if it has no such phrase.
"""

import re
from collections.abc import Iterator

from rag.question.dialogue.names import find_names
from rag.question.dialogue.parts import Phrase, QuestionParts
from rag.question.dialogue.words import (
    AGREEMENTS,
    GROUPS,
    HAPPENINGS,
    LIGHT,
    LOCATIVE,
    MODALS,
    PERSONS,
    is_past,
    is_plural,
    words_of,
)

_DETERMINED = re.compile(r"(?:the|this|that|these|those|his|her|its|their|all|both)\s", re.I)
_INDEFINITE = re.compile(r"(?:an?|some|any|another)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:his|her|its|their|he|she|it|they|him|them)\b", re.IGNORECASE)
# A subject is likelier meant than an object, and that than what stands after a preposition.
_ROLES = ("subject", "object", "adjunct")


def definite(parts: QuestionParts, phrase: Phrase) -> str:
    """Return a noun phrase as what is known already: "a deal" becomes "the deal"."""
    text = phrase.text
    if _DETERMINED.match(text):
        return text[0].lower() + text[1:]
    if _INDEFINITE.match(text):
        return "the " + _INDEFINITE.sub("", text, count=1)
    first = next((name for name in parts.names if name.start == phrase.start), None)
    if first is None:
        return f"the {text}"
    owns = parts.text[first.end : first.end + 1] in ("'", "’")
    return text if first.text == phrase.head or owns or first.end == phrase.end else f"the {text}"


def kind_of(parts: QuestionParts, phrase: Phrase) -> str:
    """Return what a phrase means: a kind of name, or "thing" where its noun tells nothing."""
    if name := parts.head_name(phrase):
        return name.kind
    if phrase.head in PERSONS:
        return "person"
    if phrase.head in HAPPENINGS:
        return "event"
    return "group" if phrase.head in GROUPS else "thing"


def can_be_meant(parts: QuestionParts) -> list[Phrase]:
    """Return the phrases that a pronoun may mean, the likeliest first."""
    phrases = [
        phrase
        for phrase in parts.phrases
        if phrase.role != "asked" and phrase.head not in LIGHT and not _PRONOUN.search(phrase.text)
        if not (phrase.head.islower() and is_past(phrase.head))
    ]
    return sorted(phrases, key=lambda phrase: (phrase.depth, _ROLES.index(phrase.role)))


def is_several(parts: QuestionParts, phrase: Phrase) -> bool:
    """Say whether a phrase means several: a plural, or names joined by "and"."""
    name = parts.head_name(phrase)
    if name and " and " in phrase.text:
        return True
    is_place = name is not None and name.kind in ("country", "place")
    return not is_place and is_plural(phrase.head.split()[-1])


def one_thing(parts: QuestionParts) -> str:
    """Return the thing a question is about: what it asks which of, its subject, its object."""
    is_which = parts.said(parts.asked).lower().startswith("which ")
    noun = parts.asked_noun
    if is_which and noun and not is_plural(noun) and noun not in PERSONS | LIGHT:
        return _described(parts)
    for phrase in can_be_meant(parts):
        if not is_several(parts, phrase) and kind_of(parts, phrase) != "person":
            return definite(parts, phrase)
    return ""


def several_things(parts: QuestionParts) -> str:
    """Return what is several in a question: what it counts, its subject, its object; or a group."""
    counted = _counted(parts) if is_plural(parts.asked_noun or "one") else ""
    if counted and not parts.inverted:
        return counted
    phrases = can_be_meant(parts)
    several = next((phrase for phrase in phrases if is_several(parts, phrase)), None)
    if several or counted:
        return definite(parts, several) if several else counted
    groups = (phrase for phrase in phrases if kind_of(parts, phrase) in ("group", "country"))
    group = next(groups, None)
    return definite(parts, group) if group else ""


def joined_names(parts: QuestionParts) -> str:
    """Return the subject that is two names or more: "Israel and Hamas"."""
    for phrase in parts.phrases:
        if phrase.role == "subject" and " and " in phrase.text and parts.head_name(phrase):
            return phrase.text
    return ""


def any_name(parts: QuestionParts) -> str:
    """Return the first name in a question that is not of a people."""
    return next((name.text for name in parts.names if name.kind != "people"), "")


def described_person(parts: QuestionParts) -> str:
    """Return whom a who-question asks for, described by it: for when no answer names one."""
    if parts.said(parts.asked).lower() != "who" or parts.inverted or not parts.verb[1]:
        return ""
    return f"the person who {parts.after(parts.asked[1])}"


def _described(parts: QuestionParts) -> str:
    """Return what a which-question asks for, described by the question: "the ship that sank"."""
    noun = next(phrase.text for phrase in parts.phrases if phrase.role == "asked")
    if not parts.inverted:
        return f"the {noun} that {_without_time(parts, parts.asked[1])}"
    # Of "which ship did the storm sink" a clause would need the verb's past form.
    is_modal = parts.auxiliary in MODALS
    return f"the {noun}" if is_modal else f"the {noun} {_without_time(parts, parts.verb[0])}"


def _counted(parts: QuestionParts) -> str:
    """Return what a question counts: "the people killed in the blast", "the peacekeepers"."""
    noun = next((phrase.text for phrase in parts.phrases if phrase.role == "asked"), "")
    rest = _without_time(parts, parts.verb[0]) if parts.verb[1] else ""
    if not noun or parts.asked_noun != "people" or parts.inverted or not rest:
        return f"the {noun}" if noun else ""
    return f"the {noun} {rest if parts.auxiliary else f'who {rest}'}"


def _without_time(parts: QuestionParts, start: int) -> str:
    return parts.text[start : parts.time[0] or None].strip(" ?.!")


# -- the topic at the end of a question -----------------------------------------------------------


def led_phrase(parts: QuestionParts) -> str:
    """Return a phrase that itself says in what or where: "in the blast in Beirut"."""
    for phrase in parts.phrases:
        preposition = parts.preposition(phrase)
        if phrase.depth == 0 and preposition in LOCATIVE and parts.names_in(phrase):
            return f"{preposition} {definite(parts, phrase)}"
    return ""


def tied_phrase(parts: QuestionParts) -> str:
    """Return the subject or object with a preposition, or the place that stands inside of it."""
    for phrase in can_be_meant(parts):
        if phrase.depth or not parts.names_in(phrase):
            continue
        is_happening = phrase.head in HAPPENINGS or kind_of(parts, phrase) == "event"
        if is_happening or phrase.head in AGREEMENTS:
            return f"{'in' if is_happening else 'under'} {definite(parts, phrase)}"
        for place in _places_in(parts, phrase):
            return f"{parts.preposition(place)} {definite(parts, place)}"
    return ""


def _places_in(parts: QuestionParts, phrase: Phrase) -> Iterator[Phrase]:
    for inner in parts.phrases:
        is_inside = phrase.start < inner.start < phrase.end
        if is_inside and parts.preposition(inner) in LOCATIVE:
            yield inner


def tied(phrase: str) -> str:
    """Return a phrase with the preposition that ties it to what happened in, under or to it."""
    if not phrase:
        return ""
    words = set(words_of(phrase))
    kinds = {name.kind for name in find_names(f"of {phrase}")}
    if words & AGREEMENTS:
        return f"under {phrase}"
    if words & HAPPENINGS or "event" in kinds:
        return f"in {phrase}"
    if " and " in phrase and kinds:
        return f"between {phrase}"
    if kinds & {"country", "place"}:
        return f"in {phrase}"
    return f"in the case of {phrase}" if "person" in kinds else f"at {phrase}"
