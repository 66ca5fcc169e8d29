"""The sample's main story as a timeline, against one made by hand from the same articles.

The days of `sample-timeline.jsonl` follow from the articles and the calendar. Each moment names the
words that its sentence must hold (`|` between alternatives) and the articles that report it. The
constants of `rag.timeline` were set on this archive too: a floor to keep, and no
held-out measure. What larger archives gave, judged by hand, is in `docs/decisions/0007`.
"""

import re
from collections.abc import Sequence
from datetime import date

from bench import data
from bench.tables import Table
from rag.evidence.retrieval import retrieve
from rag.question.asked import read_part
from rag.records import Citation, SearchFilter, TimeWindow
from rag.store import open_store
from rag.timeline.build import TimelineEntry, build_timeline

TOPIC = "Nagorno-Karabakh war 2020"
_WINDOW = TimeWindow(since=date(2020, 9, 27), until=date(2020, 12, 31))
_PASSAGES = 100
_MOST = (15, 20, 30, 60)


def measure() -> list[Table]:
    """Return recall and rightness of days by the number of entries, with and without a window."""
    table = Table(
        title=f"Timeline, sample archive: {TOPIC!r}",
        columns=["at most", "window", "entries", "moments found", "of", "their days right"],
    )
    moments = data.read_lines(data.ROOT / "bench" / "sample-timeline.jsonl")
    missed: list[str] = []
    for window in (None, _WINDOW):
        for most in _MOST:
            entries = timeline(TOPIC, window=window, most=most)
            found = [moment for moment in moments if any(is_found(e, moment) for e in entries)]
            told = [(e, moment) for moment in moments for e in entries if tells(e.citation, moment)]
            right = sum(is_found(entry, moment) for entry, moment in told)
            table.add(
                str(most),
                str(window or "none"),
                str(len(entries)),
                f"{len(found) / len(moments):.3f}",
                str(len(moments)),
                f"{right / max(1, len(told)):.3f}",
            )
            missed = [moment["what"] for moment in moments if moment not in found]
    table.notes.append(f"Missed in the last row: {', '.join(missed) or 'none'}.")
    return [table]


def timeline(topic: str, *, window: TimeWindow | None, most: int) -> Sequence[TimelineEntry]:
    """Return the sample archive's timeline of a topic."""
    data.sample_archive()
    store = open_store(data.archive_settings("sample"))
    try:
        asked = read_part(topic, data.embedder())
        where = SearchFilter(events=window)
        found = retrieve(asked, store, data.embedder(), where=where, limit=_PASSAGES)
        return build_timeline(asked, found, store, window=window, most=most)
    finally:
        store.close()


def is_found(entry: TimelineEntry, moment: data.Record) -> bool:
    """Say whether an entry tells a moment, at its day and no longer span."""
    day = date.fromisoformat(moment["date"])
    quotes = (entry.citation, *entry.also)
    return entry.first == entry.last == day and any(tells(quote, moment) for quote in quotes)


def tells(citation: Citation, moment: data.Record) -> bool:
    """Say whether a quote, from an article that reports the moment, holds its words."""
    holds = all(re.search(words, citation.quote, re.IGNORECASE) for words in moment["keywords"])
    return citation.article_id in moment["articles"] and holds
