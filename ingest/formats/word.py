"""Read a Word document (.docx): its articles if it is the export of a news database, or one.

Its text is in one part of a zip, which is parsed as any other XML; what was deleted with changes
shown, instructions of fields, and pictures are left out. Source: ECMA-376, part 1, 17.3.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ingest.containers.unpacking import seekable
from ingest.formats.markup import local_name
from ingest.formats.office_text import Paragraph, records_of
from ingest.formats.xml_text import parse_xml
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input

_ZIP = b"PK\x03\x04"
_PARTS = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"word/")
_DOCUMENT = "word/document.xml"
# What the library raises on a zip that is damaged, locked, or packed in an unknown way.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError),
    *(NotImplementedError, RuntimeError, struct.error),
)
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The old binary format of Word, which is another one.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of the styles; programs in other languages write theirs.
_HEADINGS = ("heading1", "title", "berschrift1", "titel", "titre1", "ttulo1", "titolo1", "kop1")
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "drawing", "pict", "Fallback"))


def is_document(head: bytes) -> bool:
    """Say whether a zip is a Word document, so that it is not taken apart as a container."""
    return head.startswith(_ZIP) and head[30:50].startswith(_PARTS) and b"word/" in head


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is a Word document, or one of the old format, which is refused."""
    is_zip = head.startswith(_ZIP)
    return (is_zip and (suffix == ".docx" or is_document(head))) or (
        head.startswith(_OLE) and suffix in (".doc", ".dot")
    )


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of the document, or the reason why it has none."""
    if source.head().startswith(_OLE):
        detail = "it is a document of Word before 2007; save it as .docx"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    try:
        data = _document(source)
    except _DAMAGE as error:
        detail = f"the Word document is damaged or locked ({error}); save it again"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
        return
    if data is None:
        detail = f"its text unpacks to more than {WHOLE_BYTES >> 20} MB, which is the limit"
        yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=source.name)
        return
    root = parse_xml(data, source.name)
    if isinstance(root, Skip):
        yield root
        return
    yield from records_of(list(_paragraphs(root)), source.name)


def _document(source: Input) -> bytes | None:
    """Return the part with the text, None if it is too large."""
    with (
        source.open() as stream,
        seekable(stream) as file,
        zipfile.ZipFile(file) as archive,
        archive.open(_DOCUMENT) as part,
    ):
        data = part.read(WHOLE_BYTES + 1)
    return data if len(data) <= WHOLE_BYTES else None


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs; the cells of a row of a table stand in one."""
    for element in root.iter(f"{_NAMESPACE}p", f"{_NAMESPACE}tr"):
        if local_name(element) == "tr":
            cells = (_text(cell) for cell in element.iter(f"{_NAMESPACE}tc"))
            yield Paragraph(" ".join(filter(None, cells)))
        elif not any(local_name(outer) in ("tr", *_LEFT_OUT) for outer in element.iterancestors()):
            style = element.find(f"{_NAMESPACE}pPr/{_NAMESPACE}pStyle")
            named = "" if style is None else str(style.get(f"{_NAMESPACE}val") or "")
            heading = named.lower().replace(" ", "") in _HEADINGS
            for line in _text(element).split("\n"):
                yield Paragraph(" ".join(line.split()), is_heading=heading)


def _text(element: Any) -> str:
    """Return the text of an element, with its line breaks."""
    pieces: list[str] = []
    pending = [element]
    while pending:
        item = pending.pop()
        name = local_name(item)
        if name in _LEFT_OUT:
            continue
        if name == "t":
            pieces.append(item.text or "")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name in ("tab", "p"):
            pieces.append(" ")
        pending += reversed(item)
    return "".join(pieces).strip()
