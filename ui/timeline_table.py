"""Format a timeline as a table for a terminal."""

from collections.abc import Sequence
from datetime import date

from rag.dates.wording import name_of_span
from rag.text.calendar import day_in_words
from rag.text.genres import GENRE_LEADS
from rag.timeline.build import TimelineEntry
from ui.columns import in_columns, rule_below
from ui.terminal import clean, said_of_note

# Together with the two gaps 96 columns, as for answers.
_WIDTHS = (17, 53, 22)


def timeline_table(entries: Sequence[TimelineEntry]) -> str:
    """Return the entries as a plain-text table of 96 columns, a blank line after each."""
    if not entries:
        return "No dated events were found."
    rows = [_row("Date", "What", "Source"), rule_below(_WIDTHS)]
    rows += [_row(_days(entry), _quoted(entry), _sources(entry)) + "\n" for entry in entries]
    return clean("\n".join(rows).rstrip())


def days_in_words(first: date, last: date) -> str:
    """Return a span of days, both included: "10 November 2020", "October 2020", "1–5 May 2021"."""
    if whole := name_of_span(first, last):
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last)}"
    if first.year == last.year:
        return f"{first:%-d %B} – {day_in_words(last)}"
    return f"{day_in_words(first)} – {day_in_words(last)}"


def _days(entry: TimelineEntry) -> str:
    days = days_in_words(entry.first, entry.last)
    return f"{days}\n(planned)" if entry.planned else days


def _quoted(entry: TimelineEntry) -> str:
    """Return the quote, after what its article is if that is no news, and the note below it."""
    citation = entry.citation
    quote = f"{GENRE_LEADS[citation.genre]}“{' '.join(citation.quote.split())}”"
    return "\n".join([quote, *(said_of_note(line) for line in citation.note.splitlines())])


def _sources(entry: TimelineEntry) -> str:
    citation = entry.citation
    named = " ".join((citation.source or citation.title or citation.article_id).split())
    others = entry.sources - 1
    return f"{named}\n+{others} other{'' if others == 1 else 's'}" if others else named


def _row(*cells: str) -> str:
    return in_columns([clean(cell) for cell in cells], _WIDTHS)
