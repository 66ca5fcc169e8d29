"""Reads what a follow-up names, if it does nothing else: "And Porter?", "What about the second?".

`contrast.py` puts it in the last question.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import NamedTuple

from rag.models.known_words import is_known_word
from rag.question.capitals import lacks_capitals
from rag.question.contrast_times import NamedTime, read_time
from rag.question.kinds import AUXILIARY, asks_by_itself
from rag.text.places import country_of
from rag.text.words import stem_of

_I_MEAN = (
    r"i(?:['’]m|\s+am|\s+was)?\s+(?:meant?|asking|talking)\b(?:\s+to\s+(?:ask|say))?(?:\s+about)?"
)
_I_MEANT = re.compile(r"\W*(?:\w+\W+)?i\s+meant?\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|no|nope|yes|yeah|wait|also|sorry|actually|ok|okay|great|thanks|thank\s+you)"
    rf"\b\W*)*(?:{_I_MEAN}\s+|(?:what|how)\s+(?:about|of)\s+|(?:the\s+)?same\s+(?:for|with)\s+)?"
    r"(?:(?:and|then|also)\s+)?",
    re.IGNORECASE,
)
# With one of these in it, what is named was meant all along: "No, I meant Porter".
_MEANT = re.compile(
    rf"\b{_I_MEAN}|\bno(?:pe)?\s*[,;.:–—-]|\b(?:sorry|actually|wait)\b", re.IGNORECASE
)
# "Porter, not Hale" and "not Hale but Porter".
_INSTEAD = re.compile(
    r"(?P<own>[^,]+?),?\s+(?:and\s+)?not\s+(?P<not>[^,]+)"
    r"|not\s+(?P<not_>[^,]+?)(?:\s+but\s+|,\s*(?:but\s+)?)(?P<own_>[^,]+)",
    re.IGNORECASE,
)
_HAS_VERB = re.compile(rf"\b{AUXILIARY}\b", re.IGNORECASE)
# Of the words before it, those that say that something is to be put in the last question.
_JOINS = re.compile(r"\b(?:and|but|so|then|also|same|what|how)\b", re.IGNORECASE)
# So do these behind it: "Porter too?".
_TOO = re.compile(r",?\s+(?:too|also|as\s+well|instead)$", re.IGNORECASE)
# "Even Porter?" asks whether he is one of them, and is no name of two words.
_DOUBTS = frozenset("maybe perhaps even still only just including excluding except".split())
# A shorter word that nobody knows is mostly an abbreviation.
_SHORTEST_UNKNOWN = 4
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
    `instead_of` is what it says was not meant: "Porter, not Hale".
    """

    words: str
    preposition: str
    article: str
    time: NamedTime | None
    is_meant: bool
    is_one: bool
    instead_of: str = ""


def read_named(question: str) -> Named | None:
    """Return what a follow-up names, if it does nothing else."""
    found_lead = _LEAD.match(question)
    lead = found_lead[0] if found_lead else ""
    said, instead_of = _corrected(question[len(lead) :].strip(" ?!."))
    rest = _TOO.sub("", said)
    found = _WORDS.fullmatch(rest)
    if found is None or asks_by_itself(said):
        return None
    if len(_JOINER.sub("", found["rest"]).split()) > _MOST_WORDS:
        return None
    words = POSSESSIVE.sub("", _ONE.sub("", found["rest"]))
    if lacks_capitals(question) and not found["article"] and _is_small_name(words):
        words = " ".join(word[0].upper() + word[1:] for word in words.split())
    is_short = words != found["rest"]
    article = found["article"] or ""
    time = read_time(article + found["rest"])
    if time is None and is_short:
        time = read_time(words)  # "The 2024 one".
    # "The Harlow one" is one in Harlow.
    is_place = is_short and NAME.fullmatch(words)
    named = Named(
        words=words,
        preposition=(found["preposition"] or "").lower(),
        article="" if is_place else article,
        time=time,
        is_meant=bool(instead_of) or _MEANT.search(lead) is not None,
        is_one=is_short and _ONE.search(found["rest"]) is not None,
        instead_of=instead_of,
    )
    is_joined = _JOINS.search(lead) is not None or named.is_meant or said != rest
    return named if is_joined or _names_alone(rest, named, question) else None


def _corrected(words: str) -> tuple[str, str]:
    """Return what is meant, and what is not: of "Porter, not Hale" both; else the second is empty.

    "It was not Hale" says what was, and names nothing.
    """
    corrected = _INSTEAD.fullmatch(words)
    if corrected is None or _HAS_VERB.search(words):
        return words, ""
    return corrected["own"] or corrected["own_"], corrected["not"] or corrected["not_"]


def corrects(question: str) -> bool:
    """Say whether a turn says what was meant all along, and so is never complete."""
    if asks_by_itself(question):
        return False
    named = read_named(question)
    return _I_MEANT.match(question) is not None or (named is not None and bool(named.instead_of))


def _is_small_name(words: str) -> bool:
    """Say whether words in small letters are a name: a country, or one word that nobody knows.

    A plural, or what is one letter from a known word, may be a usual word.
    """
    if place := country_of(words):
        return place.count == len(words.split())
    if len(words) < _SHORTEST_UNKNOWN or not words.isalpha() or words.endswith(("s", "ing")):
        return False
    return not any(map(is_known_word, [words, *_one_letter_off(words)]))


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield what a word may be a slip for; the first letter is rarely wrong."""
    for place in range(1, len(word)):
        start, letter, rest = word[:place], word[place], word[place + 1 :]
        yield start + rest
        yield start + rest[:1] + letter + rest[1:]
        for other in ascii_lowercase:
            yield from (start + other + rest, start + other + letter + rest)


def _is_adverb(word: str) -> bool:
    """Say whether a word is "even", "probably" or such; "emily" and "kelly" are none."""
    return word in _DOUBTS or (
        word.endswith("ly")
        and len(word) > len("daily")
        and any(is_known_word(stem) for stem in (word[:-2], f"{word[:-1]}e"))
    )


def _names_alone(rest: str, named: Named, question: str) -> bool:
    """Say whether words are meant to be put in a question, with no "and" or "what about" to say so.

    The first word of a turn has a capital in any case. "Injuries?" is no name, and "Harlow?" is.
    """
    if rest == question.strip(" ?!.") and "?" not in question:
        return False
    if named.time is not None:
        return True
    if not NAME.fullmatch(rest):
        return bool(named.preposition and NAME.fullmatch(named.words))
    first = rest.split(maxsplit=1)[0]
    if " " in rest:
        # "Not Harlow?", but "In Harlow?" and "Anna Reiss?".
        is_led = named.preposition or named.article
        return bool(is_led) or not (stem_of(first.lower()) is None or _is_adverb(first.lower()))
    is_written_so = not first[1:].islower()
    return is_written_so or not is_known_word(first) or country_of(first) is not None
