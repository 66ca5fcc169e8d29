"""Read every input format, with one module for each.

`matches(head, suffix)` says if an input is of the format, and `read(source)` yields its records. To
add a format, add a module and put it into the list below. More particular formats come first: every
JSON Feed is JSON, every news item is XML, and any text at all is plain text.
"""

from collections.abc import Iterator
from typing import Protocol

from ingest.formats import (
    anpa,
    blogger,
    database_text,
    feeds,
    html,
    iptc7901,
    jsonfile,
    jsonl,
    mail,
    markdown,
    newsml,
    newsml1,
    ninjs,
    nitf,
    pdf,
    plaintext,
    rtf,
    sgml,
    tables,
    warc,
    word,
    wordpress,
    xml_records,
    zczc,
)
from ingest.found import FoundRecord, Skip
from ingest.inputs import Input


class Format(Protocol):
    """What a format module offers."""

    def matches(self, head: bytes, suffix: str) -> bool:
        """Say whether an input that begins so is of this format; the suffix is only a hint."""

    def read(self, source: Input) -> Iterator[FoundRecord | Skip]:
        """Yield the records of an input, and a skip for what cannot be read."""


# What may hold zero bytes, among it tables as Parquet; tried first for text too.
_BINARY: tuple[Format, ...] = (warc, pdf, word, rtf, anpa, iptc7901, zczc, tables)
_TEXT: tuple[Format, ...] = (
    sgml,
    newsml,
    newsml1,
    nitf,
    wordpress,
    blogger,
    feeds,
    html,
    xml_records,
    ninjs,
    jsonfile,
    jsonl,
    mail,
    database_text,
    markdown,
    plaintext,
)
FORMATS: tuple[Format, ...] = (*_BINARY, *_TEXT)


def detect(head: bytes, suffix: str) -> Format | None:
    """Return the format of an input by its first bytes, None for binary content that is none."""
    candidates = _BINARY if b"\0" in head else FORMATS
    return next((module for module in candidates if module.matches(head, suffix)), None)
