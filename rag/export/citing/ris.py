"""Writes references as RIS, which EndNote, Mendeley, Zotero and library catalogues read.

A line is a tag, two spaces, a hyphen, a space and a value, and ends with CR and LF. Nothing is
escaped: a value cannot hold a line end, so nothing in it can be a tag.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rag.export.citing.entries import Entry


def write_ris(entries: Iterable[Entry]) -> str:
    """Return the references as records of RIS."""
    return "\r\n".join(_record(entry) for entry in entries)


def _record(entry: Entry) -> str:
    lines = [f"{tag}  - {value}\r\n" for tag, value in _values(entry) if value]
    return "".join(["TY  - NEWS\r\n", *lines, "ER  - \r\n"])


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "ID", entry.key
    yield "TI", entry.name
    yield from (("AU", name) for name in entry.authors)
    yield "T2", entry.outlet
    yield "PY", f"{entry.published:%Y}" if entry.published else ""
    yield "DA", _day(entry.published)
    yield "UR", entry.url
    yield "Y2", _day(entry.accessed)
    yield "LA", entry.language
    yield from (("N1", note) for note in entry.notes)


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""
