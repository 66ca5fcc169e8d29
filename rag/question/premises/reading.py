"""Puts everything that a question takes for granted into one record."""

import re
from dataclasses import dataclass
from datetime import date

from rag.question.kinds import Kind
from rag.question.premises.amounts import AmountKind, asked_amounts
from rag.question.premises.asked_names import AskedName, asked_names
from rag.question.premises.deeds import Deed, asked_deeds
from rag.question.premises.leaving import who_is_gone
from rag.question.premises.rests import denied_in
from rag.question.premises.speakers import asked_addressee, asked_speaker
from rag.question.premises.times import asked_period, asks_for_limit, past_verbs
from rag.question.premises.topics import AskedWord, asked_words
from rag.text.numbered import Numbered, numbered_in_question, ordinals_of
from rag.text.opposites import SidedWord, sided_words
from rag.text.tolls import Sufferers, asked_sufferers

# What comes after one of these is not what is asked: "Who left when it opened?", "agree to stop".
_ASIDE = re.compile(r"(?<=\w)\s+(?:when|while|after|before|since|because|if|to)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What a question takes for granted.

    `names` are those in it, `numbered` is what it tells apart by a number, `ordinals` are its nouns
    with an ordinal, and `deeds` what it says that one of the names did to another. `period` are the
    days in which it says that something happened, and `past_verbs` its verbs if it asks about the
    past. With `is_of_limit` it asks until when something holds, or to which day it was moved.
    `speaker` has the words of the name of whoever's words it wants, and `addressee` those of
    the name of whoever they are said to. `amounts` are the kinds of amount that it asks for, and
    `words` what it asks about its names. `sided` are its words that have opposites. `gone` are the
    names, in plain words, of whoever was there before the one it asks for. `denied` are the keys of
    what it says was not done, and `sufferers` says whether it asks for the dead or for the hurt.
    """

    names: tuple[AskedName, ...]
    numbered: tuple[Numbered, ...]
    ordinals: tuple[tuple[str, frozenset[float]], ...]
    deeds: tuple[Deed, ...]
    period: tuple[date, date] | None
    past_verbs: frozenset[str]
    is_of_limit: bool
    speaker: frozenset[str]
    addressee: frozenset[str]
    amounts: frozenset[AmountKind]
    words: tuple[AskedWord, ...]
    sided: tuple[SidedWord, ...]
    gone: frozenset[tuple[str, ...]]
    denied: frozenset[int | str]
    sufferers: Sufferers


def read_premises(question: str, kind: Kind) -> Premises:
    """Return what a question of a kind takes for granted."""
    names = asked_names(question)
    return Premises(
        names=names,
        numbered=tuple(numbered_in_question(question)),
        ordinals=tuple(ordinals_of(question).items()),
        deeds=asked_deeds(question),
        period=asked_period(question),
        past_verbs=past_verbs(question),
        is_of_limit=kind == "when" and asks_for_limit(question),
        speaker=asked_speaker(question),
        addressee=asked_addressee(question),
        amounts=asked_amounts(question),
        words=asked_words(question, kind, names),
        sided=sided_words(_ASIDE.split(question, maxsplit=1)[0]),
        gone=who_is_gone(question) if kind == "who" else frozenset(),
        denied=denied_in(question),
        sufferers=asked_sufferers(question),
    )
