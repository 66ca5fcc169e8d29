"""Writes references as plain footnotes, to be pasted into a text."""

from collections.abc import Iterable

from rag.export.citing.entries import Entry
from rag.text.calendar import day_in_words


def write_footnotes(entries: Iterable[Entry]) -> str:
    """Return the references as lines, each with the numbers that its quotes have in the answer."""
    return "".join(f"{_numbers(entry)} {footnote(entry)}\n" for entry in entries)


def footnote(entry: Entry) -> str:
    """Return a reference as one line: who, what, where, when, the address, and the quotes.

    An article without a headline is named by its id, which the archive knows it by.
    """
    known = [
        ", ".join(entry.authors),
        f"“{entry.title}”" if entry.title else f"article {entry.article_id}",
        entry.outlet,
        day_in_words(entry.published) if entry.published else "no date",
        entry.url,
    ]
    accessed = f" (accessed {day_in_words(entry.accessed)})" if entry.accessed else ""
    reference = f"{', '.join(part for part in known if part)}{accessed}"
    return f"{reference}: {entry.note}" if entry.note else reference


def _numbers(entry: Entry) -> str:
    return " ".join(f"[{number}]" for number in entry.numbers)
