"""Writes a timeline as a table for spreadsheets, as Markdown, and as JSON."""

import csv
import io
from collections.abc import Iterator, Sequence

from rag.export.citing.entries import in_one_line, safe_address
from rag.export.markdown import escape
from rag.interchange import write_json
from rag.records import Citation
from rag.text.genres import GENRE_LEADS
from rag.timeline.build import TimelineEntry

_COLUMNS = (
    "first day",
    "last day",
    "planned",
    "quote",
    "outlet",
    "headline",
    "published",
    "address",
    "article",
    "sources",
    "also reported by",
    "kind",
    "note",
)
# Spreadsheets run a cell that begins so as a formula. Source: OWASP, CSV Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_csv(entries: Sequence[TimelineEntry]) -> str:
    """Return a timeline as CSV with a row for each entry; no cell of it is run as a formula.

    The kind is "opinion" or "analysis" for an article that is not news, and the note says what was
    corrected in it.
    It begins with the mark by which spreadsheets know UTF-8.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for entry in entries:
        writer.writerow([_harmless(cell) for cell in _cells(entry)])
    return f"\ufeff{table.getvalue()}"


def write_markdown(topic: str, entries: Sequence[TimelineEntry], *, remark: str = "") -> str:
    """Return a timeline as a Markdown text, with the quote and the source of each entry.

    `remark` stands below the heading, such as that there are more entries.
    """
    lines = [f"# Timeline: {escape(topic)}", ""]
    lines += [escape(remark), ""] if remark else []
    for entry in entries:
        days = " to ".join(dict.fromkeys((entry.first.isoformat(), entry.last.isoformat())))
        planned = " (planned)" if entry.planned else ""
        quote = f"{GENRE_LEADS[entry.citation.genre]}“{escape(entry.citation.quote)}”"
        lines += [f"- **{days}**{planned}: {quote}", *_sources(entry)]
    return "\n".join(lines) + "\n"


def write_timeline_json(entries: Sequence[TimelineEntry]) -> str:
    """Return a timeline as JSON, as `dateline timeline --json` prints it."""
    return f"{write_json(list(entries), indent=2)}\n"


def _cells(entry: TimelineEntry) -> Iterator[str]:
    citation = entry.citation
    yield entry.first.isoformat()
    yield entry.last.isoformat()
    yield "planned" if entry.planned else ""
    yield citation.quote
    yield citation.source
    yield citation.title
    yield citation.published.isoformat() if citation.published else ""
    yield safe_address(citation.link or citation.url)
    yield citation.article_id
    yield str(entry.sources)
    yield "; ".join(dict.fromkeys(other.source or other.article_id for other in entry.also))
    yield citation.genre
    yield citation.note


def _harmless(cell: str) -> str:
    line = in_one_line(cell)
    return f"'{line}" if line.startswith(_FORMULA) else line


def _sources(entry: TimelineEntry) -> Iterator[str]:
    yield f"  - {_source(entry.citation)}"
    yield from (f"  - note: {escape(line)}" for line in entry.citation.note.splitlines())
    for other in entry.also:
        yield f"  - also: {_source(other)}"
        yield from (f"    - note: {escape(line)}" for line in other.note.splitlines())


def _source(citation: Citation) -> str:
    day = citation.published.isoformat() if citation.published else "no date"
    known = [escape(citation.source), escape(citation.title), day]
    address = safe_address(citation.link or citation.url)
    return ", ".join(part for part in (*known, f"<{address}>" if address else "") if part)
