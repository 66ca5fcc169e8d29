"""Describe a timeline for its page, and name the files in which it is taken away. No Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.records import Citation
from rag.text.genres import GENRE_LEADS
from rag.timeline.build import TimelineEntry
from rag.timeline.tables import write_csv, write_markdown, write_timeline_json
from ui.page.article_address import query_of
from ui.page.in_words import byline, name_of, say_number, state_of
from ui.page.link_list import ListEntry, PageLink
from ui.timeline_table import days_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFile:
    """A file in which a timeline is taken away.

    `write` takes the topic, the entries, and a sentence on what they lack, empty if nothing.
    """

    label: str
    suffix: str
    media_type: str
    write: Callable[[str, Sequence[TimelineEntry], str], str]


FILES: Mapping[str, TimelineFile] = {
    "csv": TimelineFile(
        label="Table (CSV)",
        suffix=".csv",
        media_type="text/csv",
        write=lambda _, entries, __: write_csv(entries),
    ),
    "markdown": TimelineFile(
        label="Text (Markdown)",
        suffix=".md",
        media_type="text/markdown",
        write=lambda topic, entries, remark: write_markdown(topic, entries, remark=remark),
    ),
    "json": TimelineFile(
        label="Data (JSON)",
        suffix=".json",
        media_type="application/json",
        write=lambda _, entries, __: write_timeline_json(entries),
    ),
}


def describe_entry(entry: TimelineEntry) -> ListEntry:
    """Return an entry as the list shows it: its days, its quote, and who else reports it."""
    citation = entry.citation
    others = [PageLink(label=_named(other), query=_place(other)) for other in entry.also]
    copies = [
        PageLink(label=copy.source or copy.article_id, query=query_of(copy.article_id))
        for copy in citation.copies
    ]
    planned = " (planned)" if entry.planned else ""
    quote = f"“{' '.join(citation.quote.split())}”"
    return ListEntry(
        day=f"{days_in_words(entry.first, entry.last)}{planned}",
        link=PageLink(label=f"{GENRE_LEADS[citation.genre]}{quote}", query=_place(citation)),
        lines=(
            byline(citation),
            " ".join(name_of(citation).split()),
            *citation.note.splitlines(),
            *([say_number(entry.sources, "source")] if entry.sources > 1 else []),
        ),
        mark=_MARKS[state_of(citation.title, citation.note)],
        others_are="Also:" if others else "Copies:",
        others=(*others, *copies),
        is_quote=True,
    )


_MARKS = {"": "", "corrected": "Corrected", "withdrawn": "Withdrawn"}


def _place(citation: Citation) -> dict[str, str]:
    return query_of(citation.article_id, citation.start, citation.end)


def _named(citation: Citation) -> str:
    return " ".join((citation.source or name_of(citation)).split())
