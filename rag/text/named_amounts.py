"""Says whose an amount is, where a sentence gives several: "Norland has 5,400 and Vesk 3,900".

An amount is that of the last name before it and of the first name behind it, if only a few words of
the same clause are between them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.text.amount_owners import subject_owner
from rag.text.counting import CLAUSE_END, counted_by
from rag.text.figures import Figure
from rag.text.names import TIME_WORDS, find_names, parts_of
from rag.text.rounding import same_unit
from rag.text.verbs import is_past_form
from rag.text.words import Word, plain, stem_of, words_of

_RIGHT_BEHIND = re.compile(
    r"\s+(?:(?:has|had|have|with|got|gets|won|wins|on|at|only|just)\s+){0,2}"
)
_HAS = re.compile(r"\s+(?:has|had|have|got|gets|won|wins)\s+(?:only\s+|just\s+)?")
_OF_THEM_IN = re.compile(r"\s+of\s+(?:them|these|those|which)\s+(?:\w+\s+)?(?:in|at|from|on|for)\b")
# How many words may be between a name and its amount.
_BEFORE, _BEHIND = 4, 5


def amount_of_named(
    question: str, sentence: str, figures: Sequence[Figure], marked: Figure
) -> Figure | None:
    """Return the amount of whom a question names, where that of somebody else was marked.

    It is the only amount of the same unit beside a name of the question, while the marked one is
    beside other names only. If it is beside none, the other is right behind the name: "He has 52,
    and Vesk 37", "9,000 homes, 400 of them in Vesk". None leaves the marked one.
    """
    asked = [_bearer(name) for name in find_names(question)]
    names = list(_names_in(sentence)) if asked else []
    able = [
        _with_unit_of(figure, marked, sentence, names) for figure in figures if not figure.is_soft
    ]
    able = [figure for figure in able if _is_like(figure, marked)]
    if not asked or all(figure == marked for figure in able):
        return None

    def is_of_asked(figure: Figure) -> bool:
        owners = _owners(sentence, figure, figures, names)
        return any(one <= other or other <= one for one in owners for other in asked)

    if is_of_asked(marked):
        return None
    others = [figure for figure in able if is_of_asked(figure)]
    if len(others) != 1:
        return None
    is_owned = bool(_owners(sentence, marked, figures, names))
    return others[0] if is_owned or _is_told_of_name(sentence, others[0], names) else None


def _with_unit_of(
    figure: Figure, marked: Figure, sentence: str, names: Sequence[Sequence[Word]]
) -> Figure:
    """Return a number that leaves out the unit of the one before: "60 percent and Vesk 40"."""
    is_bare = not figure.unit and not figure.is_ordinal and not counted_by(sentence, figure)
    if not (is_bare and marked.unit and marked.end <= figure.start):
        return figure
    before = (name[-1].end for name in names)
    is_next = any(_RIGHT_BEHIND.fullmatch(sentence[end : figure.start]) for end in before)
    return replace(figure, unit=marked.unit) if is_next else figure


def _is_told_of_name(sentence: str, figure: Figure, names: Sequence[Sequence[Word]]) -> bool:
    """Say whether a number stands right behind a name, or is that of some of them in a place."""
    if any(_HAS.fullmatch(sentence[name[-1].end : figure.start]) for name in names):
        return True
    return _OF_THEM_IN.match(sentence, figure.end) is not None


def _owners(
    sentence: str, figure: Figure, figures: Sequence[Figure], names: Sequence[Sequence[Word]]
) -> list[frozenset[int]]:
    """Return the stems of the names beside an amount, up to the amounts around it.

    Where no name is beside it, it is that of the subject: "Orr came fourth with 1,902".
    """
    first = max((other.end for other in figures if other.end <= figure.start), default=0)
    last = min((o.start for o in figures if o.start >= figure.end), default=len(sentence))
    before = [n for n in names if first <= n[0].start and n[-1].end <= figure.start]
    behind = [n for n in names if figure.end <= n[0].start and n[-1].end <= last]
    owners = []
    if before and _is_near(sentence[before[-1][-1].end : figure.start], _BEFORE):
        owners.append(_bearer(before[-1]))
    if behind and _is_near(sentence[figure.end : behind[0][0].start], _BEHIND):
        owners.append(_bearer(behind[0]))
    if not owners and (subject := subject_owner(sentence, figure.start)):
        owners.append(_bearer_of(subject))
    return owners


def _names_in(sentence: str) -> Iterator[Sequence[Word]]:
    """Yield the names of a sentence, with a first word that has a verb behind it."""
    names = [name for name in find_names(sentence) if not _is_time(name)]
    first, *behind = words_of(sentence)[:2]
    is_capitalised = first.is_capitalised and first.stem is not None
    is_known = any(name[0].start == first.start for name in names)
    if is_capitalised and not is_known and any(is_past_form(word.text) for word in behind):
        yield [first]
    yield from names


def _is_like(figure: Figure, marked: Figure) -> bool:
    return (
        same_unit(figure.measure[0], marked.measure[0]) and figure.is_ordinal == marked.is_ordinal
    )


def _is_near(between: str, most: int) -> bool:
    return len(between.split()) <= most and not CLAUSE_END.search(between)


def _is_time(name: Sequence[Word]) -> bool:
    return any(plain(word.text) in TIME_WORDS for word in name)


def _bearer(name: Sequence[Word]) -> frozenset[int]:
    return _bearer_of(parts_of(name))


def _bearer_of(words: Sequence[str]) -> frozenset[int]:
    """Return the stems of a name, by which "the Green candidate" is the one of the Greens."""
    return frozenset(stem for word in words if (stem := stem_of(word)) is not None)
