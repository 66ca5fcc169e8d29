"""A sentence and a when-question -> what its clauses with a time say of what is asked.

Under `signals`. "Signed in Moscow, the truce took effect on Tuesday" dates the truce, not the
signing; and what a 2022 story tells of Wednesday is not when the war of 2020 broke out.
"""

import re
from collections.abc import Iterator, Sequence, Set

from rag.records import EventTime
from rag.text.clauses import clause_edges
from rag.text.sentences import Span

_WORD = re.compile(r"\w+")
# With fewer words beside its time a clause is an adverbial of those next to it: "On Sunday, ...".
_FEWEST_WORDS = 3


def may_date(time: EventTime) -> bool:
    """Say whether a time may date something: no length, and not "now" or "the future"."""
    return time.type in ("DATE", "TIME") and not time.value.endswith("_REF")


def dating_times(times: Sequence[EventTime], years: Set[str]) -> list[EventTime]:
    """Return the times that may date what is asked about, given the years in the question.

    Not a year that only repeats one ("since the 2020 war"), and none where all are of other years.
    """
    named = [time for time in times if may_date(time) and time.value not in years]
    dated = [(t.first.year, t.last.year) for t in named if t.first and t.last]
    if years and dated and not any(a <= int(year) <= b for a, b in dated for year in years):
        return []
    return named


def timed_clauses(
    sentence: str, start: int, times: Sequence[EventTime]
) -> Iterator[tuple[EventTime, str]]:
    """Yield each time with the words of its clause, without the time's own words.

    Times are in characters of the article, in which the sentence starts at `start`.
    """
    edges = clause_edges(sentence)
    for time in times:
        first, last = time.start - start, time.end - start
        low = max(n for n, edge in enumerate(edges[:-1]) if edge <= first)
        high = min(n for n, edge in enumerate(edges) if edge >= last and n > low)
        words = _beside(sentence, Span(edges[low], edges[high]), Span(first, last))
        if len(_WORD.findall(words)) < _FEWEST_WORDS:
            around = Span(edges[max(0, low - 1)], edges[min(len(edges) - 1, high + 1)])
            words = _beside(sentence, around, Span(first, last))
        yield time, words


def _beside(sentence: str, clause: Span, time: Span) -> str:
    return f"{sentence[clause.start : time.start]} {sentence[time.end : clause.end]}"
