"""Says of which group an amount is, where a sentence gives several: "12% of girls, 9% of boys".

The group is named in the words behind an amount: "of the boys", "in those who took the drug". Names
of persons and places are told apart in `rag.text.named_amounts`.
"""

import re
from collections.abc import Sequence, Set
from itertools import takewhile

from rag.text.counting import CLAUSE_END
from rag.text.figures import Figure
from rag.text.rounding import same_unit
from rag.text.verbs import is_past_form
from rag.text.words import words_of

# "86.2% of the boys", "4 percent in the third", "12 miles more for those who walk".
_GROUP = re.compile(
    r"\s+(?:[a-z][\w-]*\s+){0,2}?(?:of|in|among|amongst|for|from|on)\s+(?P<group>.+)", re.DOTALL
)
# Behind these, a verb still says who is meant: "those given the pill", "patients who slept".
_SAYS_WHO = re.compile(r"^\W*(?:those|people|patients)\b|\b(?:who|that|which|whose)\b", re.I)
_NEXT_GROUP = re.compile(r"\b(?:against|compared|versus|vs)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "In those who did not": the group that is named by what it did not do.
_DENIED_GROUP = re.compile(
    r"\b(?:those|people|patients|ones)\s+(?:who|that)\s+\w+(?:\s+not|n['’]t)\b|\bthose\s+without\b",
    re.IGNORECASE,
)
_UNTREATED = re.compile(
    r"\b(?:placebo|dummy|control\s+group|controls|un(?:treated|vaccinated))\b", re.IGNORECASE
)
_ASKS_OF_DENIED = re.compile(
    rf"\b(?:not|never|without)\b|n['’]t\b|{_UNTREATED.pattern}", re.IGNORECASE
)


def amount_of_group(
    question: str, asked: Set[int], sentence: str, figures: Sequence[Figure], marked: Figure
) -> Figure | None:
    """Return the amount of the group that a question asks about, where another one was marked.

    It is the only one of its unit whose own words name what is asked, by the stems `asked`, while
    those of the marked one name nothing of it. None leaves the marked one.
    """
    groups = {
        figure: group
        for figure in figures
        if _is_like(sentence, figure, marked) and (group := _group_of(sentence, figure, figures))
    }
    if marked not in groups or len(groups) < 2:
        return None
    if _ASKS_OF_DENIED.search(question):
        able = [figure for figure, group in groups.items() if _is_of_untreated(group)]
        return able[0] if len(able) == 1 and able[0] != marked else None
    told = {figure: _named_in(group) & asked for figure, group in groups.items()}
    shared = frozenset[int]().union(
        *(told[one] & told[other] for one in told for other in told if one is not other)
    )
    able = [figure for figure, named in told.items() if named - shared]
    return able[0] if len(able) == 1 and able[0] != marked else None


def _is_of_untreated(group: str) -> bool:
    """Say whether a group is told by what it was not given, or by what it was given instead."""
    return _DENIED_GROUP.search(group) is not None or _UNTREATED.search(group) is not None


def _group_of(sentence: str, figure: Figure, figures: Sequence[Figure]) -> str:
    """Return the words behind an amount that say whose it is; empty if none do."""
    last = min((o.start for o in figures if o.start >= figure.end), default=len(sentence))
    behind = CLAUSE_END.split(sentence[figure.end : last], maxsplit=1)[0]
    found = _GROUP.match(_NEXT_GROUP.split(behind, maxsplit=1)[0])
    return found["group"] if found else ""


def _named_in(group: str) -> frozenset[int]:
    """Return the stems of a group, without the verb behind it: "passed" of "the boys passed"."""
    words = words_of(group)
    if not _SAYS_WHO.search(group):
        words = list(takewhile(lambda word: not is_past_form(word.text), words))
    return frozenset(word.stem for word in words if word.stem is not None)


def _is_like(sentence: str, figure: Figure, marked: Figure) -> bool:
    """Say whether a number is an amount of the unit of the marked one, and no year."""
    is_plain = not (figure.is_soft or figure.is_ordinal)
    is_year = not figure.unit and _YEAR.fullmatch(sentence, figure.start, figure.end) is not None
    return is_plain and not is_year and same_unit(figure.measure[0], marked.measure[0])
