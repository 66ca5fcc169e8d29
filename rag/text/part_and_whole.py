"""Tells a part from its whole: "four of its 132 hangers", "of 340 buses that were checked, 125".

Both numbers count the same things, and a model that marks words may mark either. Which one a
question asks for follows from what it says of the things.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.text.figures import Figure
from rag.text.verbs import is_past_form
from rag.text.words import stems_of, words_of

# "Three out of four" is one share, and "one of three" is about the three.
_DETERMINERS = r"(?:(?:the|its|their|his|her|our|these|those|all)\s+)*"
# "Nine of the council's 15 members".
_OWNER = r"(?:(?:[\w-]+\s+){0,2}[\w-]+(?:['’]s|s['’])\s+)?"
_OF = re.compile(rf"\s+of\s+{_DETERMINERS}{_OWNER}", re.IGNORECASE)
_OPENS = re.compile(rf"(?:^|[;:—–]\s*|,\s+and\s+)[Oo]f\s+{_DETERMINERS}$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_CLAUSE_END = re.compile(r"[,;:—–]|\b(?:and|but|while)\b")
_HELPING = re.compile(r"\b(?:was|were|is|are|has|have|had)\b", re.IGNORECASE)
# What follows one of these says something of the whole: "the 63 homes in which it was found".
_OF_WHOLE = re.compile(r"\b(?:that|which|who|whom|where|whose)\b", re.IGNORECASE)

# So does "the 43 prisoners it promised".
_OF_WHOLE_BARE = re.compile(
    r"^(?:\s+(?!(?:when|if|as|after|before|because|while|until)\b)[\w’'-]+){1,3}?\s+"
    r"(?P<clause>(?:it|they|he|she|we)\s+(?:(?:has|had|have)\s+)?[a-z]+ed\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Divided:
    """A part and its whole, with the words of the sentence that tell of each."""

    part: Figure
    whole: Figure
    of_part: str
    of_whole: str

    @property
    def only_whole_is_promised(self) -> bool:
        """Whether the sentence tells of the whole, and not of the part, that it was promised."""
        promises = _stems_of_promises()
        return bool(promises & stems_of(self.of_whole)) and not promises & stems_of(self.of_part)


def part_or_whole(
    sentence: str, figures: Sequence[Figure], marked: Figure, asked: Set[int]
) -> Figure:
    """Return the part or the whole of which one is marked, whichever a question is about.

    `asked` are the stems of what it says of the things. It is the one that is told with more of
    them, and the marked one if both have as many.
    """
    for first, second in pairwise(figures):
        divided = _divide(sentence, first, second)
        if divided is None or marked not in (divided.part, divided.whole):
            continue
        if asked & _stems_of_promises() and divided.only_whole_is_promised:
            return divided.whole
        of_part = len(asked & stems_of(divided.of_part))
        of_whole = len(asked & stems_of(divided.of_whole))
        if of_part != of_whole:
            return divided.part if of_part > of_whole else divided.whole
    return marked


def whole_of(sentence: str, figures: Sequence[Figure], part: Figure) -> Figure | None:
    """Return the whole of which an amount is a part, as its sentence says; None if it says none."""
    divided = (_divide(sentence, first, second) for first, second in pairwise(figures))
    return next((found.whole for found in divided if found and found.part == part), None)


@cache
def _stems_of_promises() -> frozenset[int]:
    """Return the stems of words for what somebody is to do, all or a part of which is done."""
    return frozenset(stems_of("agree promise pledge vow offer plan intend undertake order"))


def _divide(sentence: str, first: Figure, second: Figure) -> _Divided | None:
    years = (_YEAR.fullmatch(sentence, f.start, f.end) for f in (first, second))
    if any(f.unit or f.is_ordinal or f.is_soft or f.is_vague for f in (first, second)) or any(
        years
    ):
        return None
    before, between = sentence[: first.start], sentence[first.end : second.start]
    behind = sentence[second.end :]
    if _OF.fullmatch(between):
        of_whole, rest = _relative(behind)
        if of_whole and not before.strip() and "," not in behind:
            return None  # the verb of the sentence cannot be told from that of the clause
        if not of_whole:
            of_whole, rest = _before_verb(behind)
        return _Divided(part=first, whole=second, of_part=before + rest, of_whole=of_whole)
    if _OPENS.search(before) and "," in between:
        of_whole, _, of_part = between.rpartition(",")
        return _Divided(part=second, whole=first, of_part=of_part + behind, of_whole=of_whole)
    return None


def _relative(behind: str) -> tuple[str, str]:
    """Return the clause that tells of the things before it, and the words beside it."""
    bare, found = _OF_WHOLE_BARE.match(behind), _OF_WHOLE.search(behind)
    if bare is None and found is None:
        return "", behind
    start = bare.start("clause") if bare else found.start() if found else 0
    end = behind.find(",", start)
    return behind[start : end if end >= 0 else None], behind[:start]


def _before_verb(behind: str) -> tuple[str, str]:
    """Return the words before the verb of the sentence, which tell of the things, and the rest.

    "Of the 33 miners trapped underground were rescued" tells of the miners that they were trapped.
    """
    own = _CLAUSE_END.split(behind)[0]
    helping = [*_HELPING.finditer(own)]
    verbs = [helping[-1].start()] if helping else []
    verbs += [word.start for word in words_of(own) if is_past_form(word.text)]
    return (behind[: verbs[0]], behind[verbs[0] :]) if verbs else ("", behind)
