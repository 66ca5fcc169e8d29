"""Says whose an amount is, where a sentence gives several: "Norland has 5,400 and Vesk 3,900".

An amount is that of the last name before it and of the first name behind it, if only a few words of
the same clause are between them.
"""

from collections.abc import Iterator, Sequence

from rag.text.amount_owners import subject_owner
from rag.text.counting import CLAUSE_END
from rag.text.figures import Figure
from rag.text.names import TIME_WORDS, find_names, parts_of
from rag.text.rounding import same_unit
from rag.text.verbs import is_past_form
from rag.text.words import Word, plain, stem_of, words_of

# How many words may be between a name and its amount.
_BEFORE, _BEHIND = 4, 5


def amount_of_named(
    question: str, sentence: str, figures: Sequence[Figure], marked: Figure
) -> Figure | None:
    """Return the amount of whom a question names, where that of somebody else was marked.

    It is the only amount of the same unit beside a name of the question, while the marked one is
    beside other names only. None leaves the marked one.
    """
    asked = [_bearer(name) for name in find_names(question)]
    able = [figure for figure in figures if not figure.is_soft and _is_like(figure, marked)]
    if not asked or all(figure == marked for figure in able):
        return None
    names = list(_names_in(sentence))

    def is_of_asked(figure: Figure) -> bool:
        owners = _owners(sentence, figure, figures, names)
        return any(one <= other or other <= one for one in owners for other in asked)

    if not _owners(sentence, marked, figures, names) or is_of_asked(marked):
        return None
    others = [figure for figure in able if is_of_asked(figure)]
    return others[0] if len(others) == 1 else None


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
