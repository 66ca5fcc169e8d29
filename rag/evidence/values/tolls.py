"""Finds the counts of the dead or the ill that reports of one story gave, one after the other.

Each report brings the count up to its day, in a sentence that says little of what happened: "that
brings the number of deaths to nine". So the reader need not have read it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

from rag.dates.entry_days import told_on
from rag.evidence.reader import Evidence, unweighed
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.amounts_told import Choose, amount_in
from rag.evidence.values.told import Told
from rag.question.asked import AskedPart
from rag.text.figures import find_figures
from rag.text.known_names import has_name_word
from rag.text.names import TIME_WORDS, find_names, parts_of
from rag.text.sentences import split_sentences
from rag.text.terms import counted_terms
from rag.text.tolls import cases_in, counts_dead, stems_of_counts, toll_in
from rag.text.words import plain, stems_of

# Reports of one story come so long before the first that is known, and after the last.
_BEFORE, _AFTER = timedelta(days=7), timedelta(days=60)
# An article of the story that leaves out a name of the question has so many others of it.
_SHARED_NAMES = 2
# "In Holm", "in neighbouring Holm".
_IN = re.compile(r"\b[Ii]n\s+(?:(?:the|neighbou?ring|nearby)\s+){0,2}(?P<name>[A-Z][\w-]+)")


def counts_on(part: AskedPart) -> Choose | None:
    """Return what finds the count that a question asks for; None if it asks for none of these."""
    if part.kind != "number":
        return None
    if part.wanted.is_of_the_dead:
        return toll_in
    return cases_in if part.wanted.is_of_the_ill else None


def tolls_told(
    part: AskedPart, passages: Sequence[FoundPassage], told: Sequence[Told]
) -> Iterator[Told]:
    """Yield the counts in other reports on the days of those that are known, one of each."""
    choose = counts_on(part)
    days = [day for value in told if (day := value.piece.published) is not None]
    if choose is None or not days:
        return
    seen = {value.piece.report for value in told}
    first, last = min(days) - _BEFORE, max(days) + _AFTER
    known = frozenset[str]().union(*(names_in(value.piece.found.article.text) for value in told))
    for item in passages:
        report = next(unweighed(item)).report
        published = told_on(item.article, item.hit.start)
        if report in seen or published is None or not first <= published <= last:
            continue
        if not _is_of_story(item, part, known):
            continue
        value = next(_counted(item, choose), None)
        if value is not None and not _is_of_other_place(value, part):
            seen.add(report)
            yield value


def _counted(item: FoundPassage, choose: Choose) -> Iterator[Told]:
    pieces: Iterator[Evidence] = unweighed(item)
    return (value for piece in pieces if (value := amount_in(piece, choose)) is not None)


def _is_of_story(item: FoundPassage, part: AskedPart, names: frozenset[str]) -> bool:
    """Say whether a passage is about what the question is, and about those whom reports name."""
    article = item.article
    matter = part.wanted.stems - part.names - stems_of_counts()
    if not part.names or (matter and not matter & stems_of(item.hit.text)):
        return False
    if part.names <= counted_terms(f"{article.title}\n{article.text}"):
        return True
    return len(names_in(article.text) & names) >= _SHARED_NAMES


def _is_of_other_place(value: Told, part: AskedPart) -> bool:
    """Say whether a count is that of another place, beside which the article counts the asked one.

    "The toll in Holm rose to 38. In Tarn, 13 died" does not say that 38 died in Tarn. Where the
    article does not count them apart, the other place may be within the one that is asked about.
    """
    asked, places = _places_in(part.text), _places_in(value.piece.text)
    missing = {name for name in asked if not has_name_word(value.piece.text, name)}
    if not missing or not places or places & asked:
        return False
    text = value.piece.found.article.text
    others = (text[span.start : span.end] for span in split_sentences(text))
    return any(
        _places_in(other) & missing
        and not _places_in(other) & places
        and counts_dead(stems_of(other))
        and next(iter(find_figures(other)), None) is not None
        for other in others
    )


def _places_in(text: str) -> frozenset[str]:
    """Return the names behind "in" in plain form, without those of months."""
    return frozenset(plain(found["name"]) for found in _IN.finditer(text)) - TIME_WORDS


@lru_cache(maxsize=256)
def names_in(text: str) -> frozenset[str]:
    """Return the names in a text, in plain form."""
    return frozenset(" ".join(parts_of(name)) for name in find_names(text))
