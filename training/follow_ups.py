"""Make follow-ups of questions: a name is left to the question before, and a pronoun says it.

"When did Quintela resign?" becomes "When did he resign?", read as the product reads what follows
another question: behind the carried name, or before the question that has it. What answers is the
same, so nothing has to be labelled. Whether it should be "he" or "she" is not known, and chosen by
chance.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.question.carried_prefix import with_carried
from rag.text.names import TIME_WORDS, find_names
from rag.text.verbs import is_base, is_past_form
from rag.text.words import Word, plain
from training.examples import Example

FOLLOW_UPS = "follow-ups"
# After these words a name is the doer, after those it is not; after others ("the", "minister") it
# is part of a longer description, and stays.
_BEFORE_DOER = frozenset(
    "did do does was were is are has had have will would can could should may might must and that "
    "than when if while because".split()
)
_BEFORE_OTHER = frozenset("by with to from of for about against after before on behind".split())
_BEFORE_PLACE = frozenset("in at".split())
_BEFORE_ANY = _BEFORE_DOER | _BEFORE_OTHER | _BEFORE_PLACE
_BEHIND_A_NAME = 0.5
# What comes after a name that is not part of a longer description ("the Korhola line").
_AFTER_OTHER = frozenset(
    "in at on by with to from of for about against after before and or when while because if as "
    "is are was were has had have will would did do does can could yesterday today".split()
)
_LAST = re.compile(r"(\w+)\s+$")
_NEXT = re.compile(r"\s*(\w*)")


class _Pronoun(NamedTuple):
    doer: str
    other: str
    owner: str


_PERSONS = (_Pronoun("he", "him", "his"), _Pronoun("she", "her", "her"))
_THINGS = (_Pronoun("it", "it", "its"), _Pronoun("they", "them", "their"))


def follow_ups(examples: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    """Yield what can follow another question of the set, which has the name that it leaves out."""
    naming: dict[str, list[str]] = {}
    for question in dict.fromkeys(example.question for example in examples):
        for name in find_names(question):
            naming.setdefault(_key(name), []).append(question)
    for example in examples:
        asked = _follow_up(example.question, naming, rng)
        if asked:
            yield replace(example, set_name=FOLLOW_UPS, question=asked)


def _follow_up(question: str, naming: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """Return a question as it is read after one that has its name; empty if none has."""
    for name in find_names(question):
        if any(plain(word.text) in TIME_WORDS for word in name):
            continue
        said = _without(question, name, rng)
        before = [other for other in naming[_key(name)] if other != question]
        if said and before:
            if rng.random() < _BEHIND_A_NAME:
                return with_carried(said, [_plain_end(question[name[0].start : name[-1].end])])
            return f"{said} ({rng.choice(before)})"
    return ""


def _without(question: str, name: Sequence[Word], rng: random.Random) -> str:
    """Return the question with a pronoun for the name; empty where a pronoun cannot stand."""
    head, tail = question[: name[0].start], question[name[-1].end :]
    before, after = _LAST.search(head), _NEXT.match(tail)
    last, following = before[1].lower() if before else "", after[1] if after else ""
    is_end = not following or following in _AFTER_OTHER
    # One word may be a person, a firm or a country; two are mostly a person.
    pronoun = rng.choice(_PERSONS if len(name) > 1 else _PERSONS + _THINGS)
    if name[-1].text != _plain_end(name[-1].text):
        return f"{head}{pronoun.owner}{tail}" if last in _BEFORE_ANY else ""
    if before and last in _BEFORE_PLACE and is_end:
        return f"{head[: before.start()]}there{tail}"
    if last in _BEFORE_DOER and (is_base(following) or is_past_form(following)):
        return f"{head}{pronoun.doer}{tail}"
    return f"{head}{pronoun.other}{tail}" if last in _BEFORE_OTHER and is_end else ""


def _key(name: Sequence[Word]) -> str:
    return plain(name[-1].text)


def _plain_end(name: str) -> str:
    """Return a name without the mark of an owner."""
    return re.sub(r"[’']s?$", "", name)
