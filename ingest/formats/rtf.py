"""Read RTF, in which news databases export: its articles, or the document as one.

`striprtf` turns it into plain text; a paragraph is a line.
"""

import re
from collections.abc import Iterator

from ingest.formats.office_text import Paragraph, records_of
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input

_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is RTF by its first bytes."""
    return head.lstrip().startswith(rb"{\rtf")


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of the document, or the reason why it has none."""
    from striprtf.striprtf import rtf_to_text

    data = source.read_whole(WHOLE_BYTES)
    found = _CODEPAGE.search(data[:4096])
    encoding = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        text = rtf_to_text(data.decode("latin-1"), encoding=encoding, errors="replace")
    except (ValueError, LookupError, IndexError, OverflowError, TypeError) as error:
        # The library raises any of these on what is not RTF all through.
        detail = f"the RTF is damaged ({error}); save it again"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
        return
    lines = (" ".join(line.replace("|", " ").split()) for line in text.split("\n"))
    yield from records_of([Paragraph(line) for line in lines], source.name)
