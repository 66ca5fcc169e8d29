"""Reads what a follow-up names, if it does nothing else: "And Porter?", "What about the second?".

`contrast.py` puts it in the last question.
"""

import re
from typing import NamedTuple

from rag.models.known_words import is_known_word
from rag.question.contrast_times import NamedTime, read_time
from rag.question.kinds import asks_by_itself
from rag.text.places import place_at
from rag.text.words import plain, stem_of

_LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|no|nope|sorry|actually|ok|okay|great|thanks|thank\s+you)\b\W*)*"
    r"(?:i\s+meant?\s+|(?:what|how)\s+about\s+)?(?:(?:and|then)\s+)?",
    re.IGNORECASE,
)
# With one of these in it, what is named was meant all along: "No, I meant Porter".
_MEANT = re.compile(r"\bi\s+meant?\b|\bno(?:pe)?\s*[,;.:–—-]", re.IGNORECASE)
# Of the words before it, those that say that something is to be put in the last question.
_JOINS = re.compile(r"\b(?:and|but|so|then|what|how)\b", re.IGNORECASE)
_MOST_WORDS = 4  # besides a preposition, an article and what joins the words of a name
_JOINER = re.compile(r"\b(?:of|the|and)\s+")
PREPOSITION = "in|at|for|to|from|by|of|on|with|among|against|during|under|since|until|after|before"
_WORDS = re.compile(
    rf"(?:(?P<preposition>about|{PREPOSITION})\s+)?(?P<article>(?:the|an?)\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\s+ones?$", re.IGNORECASE)
_CAPITAL = r"(?!I\b)[^\W\d_a-z][\w.’'-]*"
_PARTICLE = r"(?:(?:al|el)-|(?:al|bin|ibn|van|von|der|den|del?|della|di|da|dos|du|la|le|ter)\s+)"
# "The Fort Delamere Courier", "U.S.", "Åkerblom", "von der Leyen", but not "How", "In" or "iPhone".
NAME = re.compile(
    rf"(?<![\w-])(?-i:{_PARTICLE}{{0,2}}{_CAPITAL}"
    rf"(?:\s+(?:(?:of|the|and)\s+){{0,2}}{_PARTICLE}{{0,2}}{_CAPITAL})*)"
)
POSSESSIVE = re.compile(r"['’]s?$")


class Named(NamedTuple):
    """What a follow-up names, with the preposition before it, empty if there is none.

    `time` is what it names if that is a time. It `is_meant` if the last question was understood
    otherwise: "No, I meant Porter". It `is_one` if it leaves out what it is: "the new one".
    """

    words: str
    preposition: str
    article: str
    time: NamedTime | None
    is_meant: bool
    is_one: bool


def read_named(question: str) -> Named | None:
    """Return what a follow-up names, if it does nothing else."""
    lead = _LEAD.match(question)
    rest = question[lead.end() if lead else 0 :].strip(" ?!.")
    found = _WORDS.fullmatch(rest)
    if found is None or asks_by_itself(question):
        return None
    if len(_JOINER.sub("", found["rest"]).split()) > _MOST_WORDS:
        return None
    words = POSSESSIVE.sub("", _ONE.sub("", found["rest"]))
    # "The Harlow one" is one in Harlow.
    is_place = words != found["rest"] and NAME.fullmatch(words)
    named = Named(
        words=words,
        preposition=(found["preposition"] or "").lower(),
        article="" if is_place else found["article"] or "",
        time=read_time((found["article"] or "") + found["rest"])
        or (
            # "The 2024 one".
            read_time(words) if words != found["rest"] else None
        ),
        is_meant=lead is not None and _MEANT.search(lead[0]) is not None,
        is_one=words != found["rest"] and _ONE.search(found["rest"]) is not None,
    )
    is_joined = lead is not None and _JOINS.search(lead[0]) is not None
    is_joined = is_joined or named.is_meant
    return named if is_joined or _names_alone(rest, named, question) else None


def _names_alone(rest: str, named: Named, question: str) -> bool:
    """Say whether words are meant to be put in a question, with no "and" or "what about" to say so.

    The first word of a turn has a capital in any case. "Injuries?" is no name, and "Harlow?" is.
    """
    if rest == question.strip(" ?!.") and "?" not in question:
        return False
    if named.time is not None:
        return True
    if not NAME.fullmatch(rest):
        return False
    first = rest.split(maxsplit=1)[0]
    if " " in rest:
        # "Not Harlow?", but "In Harlow?" and "Anna Reiss?".
        is_led = named.preposition or named.article
        return bool(is_led) or stem_of(first.lower()) is not None
    is_written_so = not first[1:].islower()
    return is_written_so or not is_known_word(first) or place_at([plain(first)], 0) is not None
