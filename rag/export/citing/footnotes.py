"""Writes references as plain footnotes, to be pasted into a text."""

from collections.abc import Iterable

from rag.export.citing.entries import Entry
from rag.text.calendar import day_in_words


def write_footnotes(entries: Iterable[Entry]) -> str:
    """Return the references as numbered lines."""
    return "".join(f"{number}. {footnote(entry)}\n" for number, entry in enumerate(entries, 1))


def footnote(entry: Entry) -> str:
    """Return a reference as one line: who, what, where, when, the address, and the quotes."""
    known = [
        ", ".join(entry.authors),
        f"“{entry.title}”" if entry.title else "",
        entry.outlet,
        day_in_words(entry.published) if entry.published else "no date",
        entry.url,
    ]
    accessed = f" (accessed {day_in_words(entry.accessed)})" if entry.accessed else ""
    reference = f"{', '.join(part for part in known if part)}{accessed}"
    return f"{reference}: {entry.note}" if entry.note else reference
