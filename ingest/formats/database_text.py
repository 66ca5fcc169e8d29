"""Read the plain text that a news database exports, with many articles in one file."""

from collections.abc import Iterator

from ingest.formats.databases import is_export
from ingest.formats.decoding import decode
from ingest.formats.office_text import Paragraph, records_of
from ingest.formats.xml_text import plain_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether a text begins as such an export does."""
    return is_export(head.decode("utf-8-sig", "replace").splitlines())


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of the export."""
    text, note = decode(source.read_whole(WHOLE_BYTES))
    if text is None:
        detail = "its encoding is not recognised; convert it to UTF-8"
        yield Skip(reason=Reason.ENCODING, detail=detail, path=source.name)
        return
    for item in records_of(list(_paragraphs(text)), source.name):
        if note and isinstance(item, FoundRecord):
            yield FoundRecord(fields=item.fields, path=item.path, line=item.line, notes=(note,))
        else:
            yield item


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs; a line that only a blank line parts from the next one is whole."""
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n\n")
    for block in blocks:
        for paragraph in plain_paragraphs(block):
            yield Paragraph(paragraph)
