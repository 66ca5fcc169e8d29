"""Finds how many died, or are ill, where a sentence counts all so far: "the toll rose to 135".

Such a sentence mostly counts others too ("and 5,000 were hurt"), and no word beside the number says
what it counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import chain
from typing import Literal

from rag.text.figures import Figure
from rag.text.words import stem_of

Sufferers = Literal["dead", "hurt", ""]

_DEAD = r"(?:toll|number\s+of\s+(?:deaths|dead|fatalities|victims|people\s+killed))\b"
_ILL = (
    r"(?:number\s+of\s+(?:[\w-]+\s+){0,2}?(?:cases|infections)"
    r"|number\s+of\s+people\s+(?:ill|infected|sick))\b"
)
_REACHES = (
    r"\b(?:rose|rises?|risen|rising|climb\w*|increas\w*|jump\w*|gr[eo]w[ns]?|stood|stands?|reach\w*"
    r"|(?:sur)?pass\w*|exceed\w*|total(?:s|l?ed)|hit|was|is|put|revis\w*|rais\w*|lower\w*|fell|fallen|cut|dropp\w*)\b"
)
_PUTS = (
    r"\b(?:put|puts|placed?s?|rais\w+|revis\w+|lower\w+|lift\w*|push\w*|br(?:ings?|inging|ought)"
    r"|tak(?:es?|ing)|took)\s+(?:\w+\s+){0,2}?"
)
_BEFORE_DEAD, _BEFORE_ILL = (
    re.compile(
        rf"(?:\b{counted}[^;:]{{0,160}}?{_REACHES}|{_PUTS}{counted}[^;:.]{{0,60}}?\s(?:at|to))"
        r"(?:\s+[\w’',-]+){0,6}\s+$",
        re.IGNORECASE,
    )
    for counted in (_DEAD, _ILL)
)
# "There are now 52 cases", "the final count is 49 confirmed cases".
_BEFORE_CASES = re.compile(
    r"\b(?:there\s+(?:are|were|have\s+been|had\s+been)|(?:count|total|tally)\s+(?:is|was|to|at|of"
    r"|(?:stands|stood)\s+at))(?:\s+(?:now|so|far|at|least|about|nearly|more|than)){0,3}\s+$",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"\s+(?:(?:[\w-]*confirmed|known|recorded|reported)\s+)?(?:cases|infections)\b", re.IGNORECASE
)
# "Rose from 78 to 135", "rose by 57 to 135": what comes first is no toll of now.
_ON_THE_WAY = re.compile(
    r"\b(?:from|by)\s+(?:(?!(?:at(?!\s+(?:least|most))|to)\b)[a-z]+\s+){0,3}$", re.IGNORECASE
)
# "The toll is likely to top 100", and neither "May" nor "Will".
_IS_FORECAST = re.compile(
    r"\b(?:likely|expected|could|may|might|would|will|feared?|predict\w*|forecast)\b"
)
# "Nine times higher", "one fewer than the police said".
_NO_COUNT = re.compile(r"\s+(?:times|fewer|less|more\s+than)\b", re.IGNORECASE)
# "How many were arrested over the deaths in Essex?"
_OVER = re.compile(
    r"\b(?:over|for|with|about|because\s+of|in\s+connection\s+with)\s+(?:(?:the|his|her|their)\s+)?"
    r"(?:[\w-]+\s+)?(?:deaths?|killings?|kill)\b",
    re.IGNORECASE,
)
_OF_DEATHS = frozenset(
    "die died dies dead death deaths kill killed kills killing toll fatalities drown drowned drowns"
    " drowning perish perished".split()
)
# Other words by which reports tell it, and by which no question asks.
_DEATHS_IN_OTHER_WORDS = frozenset(
    "lives bodies victims casualties fatal fatally murdered slain executed shot stabbed".split()
)
# "The storm claimed 19 lives."
_LIVES = (
    re.compile(r"\b(?:claim\w*|cost\w*|tak(?:e[ns]?|ing)|took|lost)\s+(?:[\w-]+\s+){0,3}$", re.I),
    re.compile(r"\s+lives\b", re.I),
)
_OF_THE_ILL = frozenset(
    "caught catch contracted infected infections cases ill sick sickened".split()
)

_OF_THE_HURT = frozenset(
    "hurt injured injures injuries injuring injury wounded wounding wounds".split()
)
_OF_THE_MISSING = frozenset("missing unaccounted".split())
_OF_THE_HOMELESS = frozenset("displaced evacuated evacuees homeless".split())
_OF_THE_LIVING = (_OF_THE_ILL, _OF_THE_HURT, _OF_THE_MISSING, _OF_THE_HOMELESS)
_HURT_IN_OTHER_WORDS = frozenset(
    "hospital hospitals hospitalised hospitalized treated casualties burns burned burnt shot"
    " stabbed survived harmed harm unhurt uninjured maimed".split()
)
# "How many were hurt in the blast that killed the minister?"
_OF_OTHERS = re.compile(
    r"\b(?:injured|hurt|wounded|missing|rescued|displaced|evacuated|homeless|survived)\b",
    re.IGNORECASE,
)
_DEATH_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_OF_DEATHS))})\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|or)\s+(?:were\s+|have\s+)?(?:died|dead|killed)\b", re.IGNORECASE)


def asks_for_deaths(question: str) -> bool:
    """Say whether a question asks how many died, and not how many a deadly thing hurt."""
    others, dead = _OF_OTHERS.search(question), _DEATH_WORD.search(question)
    if others and dead and others.start() < dead.start() and not _JOINED.search(question):
        return False
    return not _asked_words(question).isdisjoint(_OF_DEATHS)


def asked_sufferers(question: str) -> Sufferers:
    """Return whether a question asks for the dead or for the hurt; empty if for neither."""
    if asks_for_deaths(question):
        return "dead"
    return "hurt" if not _asked_words(question).isdisjoint(_OF_THE_HURT) else ""


def counts_others(asked: Sufferers, sentence: str) -> bool:
    """Say whether a sentence counts the hurt or the missing alone, where the dead are asked for.

    So does one that counts the dead alone, where the hurt are asked for.
    """
    if not asked:
        return False
    told = set(re.findall(r"[^\W\d_]+", sentence.lower()))
    tells_of_deaths = not told.isdisjoint(_OF_DEATHS | _DEATHS_IN_OTHER_WORDS)
    if asked == "dead":
        return not tells_of_deaths and not told.isdisjoint(_OF_THE_HURT | _OF_THE_MISSING)
    return tells_of_deaths and told.isdisjoint(_OF_THE_HURT | _HURT_IN_OTHER_WORDS)


def asks_for_the_ill(question: str) -> bool:
    """Say whether a question asks how many are or were ill."""
    return not _asked_words(question).isdisjoint(_OF_THE_ILL)


def stems_of_toll(question: str) -> frozenset[int]:
    """Return the stems by which reports tell the count of people that a question asks for.

    There are none if it does not ask how many died, fell ill, were hurt, are missing or had to
    leave: no other counts are brought up to date in report after report.
    """
    if asks_for_deaths(question):
        return _stems_of_deaths()
    asked = _asked_words(question)
    told = next((words for words in _OF_THE_LIVING if not asked.isdisjoint(words)), frozenset())
    return _stems(told)


def _asked_words(question: str) -> Set[str]:
    """Return the words of a question in lower case, without what others were arrested for."""
    return set(re.findall(r"[^\W\d_]+", _OVER.sub(" ", question).lower()))


def counts_dead(beside: Set[int]) -> bool:
    """Say whether a number counts the dead, by the stems of the words beside it."""
    return not beside.isdisjoint(_stems_of_deaths())


@cache
def _stems_of_deaths() -> frozenset[int]:
    return _stems(_OF_DEATHS)


@cache
def stems_of_people() -> frozenset[int]:
    """Return the stems of words that count the dead under no other name."""
    return _stems("people persons victims lives others deaths fatalities dead".split())


@cache
def stems_of_counts() -> frozenset[int]:
    """Return the stems of the words by which a question asks for a count of the dead or the ill."""
    words = [*_OF_DEATHS, *_OF_THE_ILL, "people", "many", "number", "count", "total", "confirmed"]
    return _stems(words)


def _stems(words: Iterable[str]) -> frozenset[int]:
    return frozenset(stem for word in words if (stem := stem_of(word)) is not None)


def toll_in(sentence: str, figures: Sequence[Figure]) -> Figure | None:
    """Return which of a sentence's figures is a toll; of two, that which it rose or fell to."""
    before, behind = _LIVES
    lives = (
        figure
        for figure in figures
        if behind.match(sentence, figure.end) and before.search(sentence[: figure.start])
    )
    return next(chain(lives, _reached(sentence, figures, _BEFORE_DEAD)), None)


def cases_in(sentence: str, figures: Sequence[Figure]) -> Figure | None:
    """Return which of a sentence's figures counts all who are or were ill of something."""
    for figure in figures:
        if _CASES.match(sentence, figure.end) and _BEFORE_CASES.search(sentence[: figure.start]):
            return figure
    return next(_reached(sentence, figures, _BEFORE_ILL), None)


def _reached(sentence: str, figures: Sequence[Figure], before: re.Pattern[str]) -> Iterator[Figure]:
    for figure in figures:
        if figure.unit or figure.is_ordinal or _NO_COUNT.match(sentence, figure.end):
            continue
        so_far = sentence[: figure.start]
        reached = before.search(so_far)
        if reached and not (_ON_THE_WAY.search(so_far) or _IS_FORECAST.search(reached[0])):
            yield figure
