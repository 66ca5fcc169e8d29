"""Read a PDF that has a text layer: its pages, or the articles that headings part them into.

`pypdfium2` finds the characters with their places; `pdf_layout` puts them into reading order. The
library is an extra, `dateline[documents]`, as it is large and few archives are of PDF.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.formats.pdf_layout import (
    Line,
    Paragraph,
    body_size,
    paragraphs,
    reading_order,
    without_running_heads,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from ingest.written_dates import day_in

_Box = tuple[float, float, float, float]
_MARK = b"%PDF-"
_PDF_BYTES = 200 * 1024 * 1024
_MOST_PAGES = 5000
# A page with fewer letters in its text is a scan, or has no story.
_FEW_LETTERS = 40
# An article under a heading has at least this many characters, otherwise the heading is inside one.
_ARTICLE_CHARACTERS = 200
# A gap between two letters that is a space, and the widest space, in heights of the type.
_GAP = 0.2
_SPACED = 1.6
# The day of a newspaper stands above this part of the page.
_HEAD = 0.8
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_WITHOUT = "to read PDF, run \"pip install '.[documents]'\" in Dateline's repository"


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is a PDF; some have a few other bytes first."""
    return _MARK in head[:1024]


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of the pages, and a skip for pages that are scans, or for the file."""
    try:
        import pypdfium2
    except ImportError:
        yield Skip(reason=Reason.NOT_TEXT, detail=f"it is a PDF; {_WITHOUT}", path=source.name)
        return
    data = source.read_whole(_PDF_BYTES)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        detail = (
            "the PDF is protected by a password; save it without"
            if locked
            else (f"the PDF is damaged ({error}); save it again")
        )
        yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
        return
    try:
        yield from _records(document, source.name)
    finally:
        document.close()


def _records(document: Any, path: str) -> Iterator[FoundRecord | Skip]:
    pages, height, broken = _pages(document)
    title = " ".join(str(document.get_metadata_value("Title") or "").split())
    day = _day(pages, height)
    kept = without_running_heads(pages, height)
    size = body_size(kept)
    scans = found = 0
    for number, lines in enumerate(kept, start=1):
        if sum(character.isalpha() for line in lines for character in line.text) < _FEW_LETTERS:
            scans += 1
            continue
        for heading, text in _articles(paragraphs(reading_order(lines), size)):
            found += 1
            fields: dict[str, object] = {
                "title": heading or title,
                "published": day,
                "section": f"page {number}",
                "text": text,
            }
            record = {name: value for name, value in fields.items() if value}
            yield FoundRecord(fields=record, path=path, line=found)
    for number in broken:
        detail = f"page {number} is damaged; save the PDF again"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=path)
    scans -= len(broken)
    if scans:
        some = f"{scans} of its {len(kept)} pages have" if found else "it has"
        detail = f"{some} no text, as in scans; recognise the text, for example with 'ocrmypdf'"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=path)


def _pages(document: Any) -> tuple[list[list[Line]], float, list[int]]:
    """Return the lines of every page, how high a page is, and the numbers of damaged pages."""
    from pypdfium2 import PdfiumError

    pages: list[list[Line]] = []
    height, broken = 0.0, []
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
            height = max(height, page.get_height())
            pages.append(list(_lines(page)))
            page.close()
        except PdfiumError:
            pages.append([])
            broken.append(number + 1)
    return pages, height, broken


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page in the order of the file, cut where there is a wide gap."""
    textpage = page.get_textpage()
    piece: list[tuple[str, _Box]] = []
    spaced = False
    for text, box in _characters(textpage):
        if not text.strip():
            # What the library puts between words has no place; an end of line is told by place.
            spaced = True
            continue
        if piece and _is_elsewhere(piece[-1][1], box, spaced=spaced):
            yield _line(piece)
            piece = []
        piece.append((f" {text}" if spaced and piece else text, box))
        spaced = False
    if piece:
        yield _line(piece)
    textpage.close()


def _characters(textpage: Any) -> Iterator[tuple[str, _Box]]:
    """Yield each character with its box."""
    from pypdfium2 import raw

    for index in range(textpage.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(textpage, index))
        yield text, textpage.get_charbox(index, loose=True) if text.strip() else _NOWHERE


def _is_elsewhere(before: _Box, box: _Box, *, spaced: bool) -> bool:
    """Say whether a character does not continue the line of the one before."""
    size, before_size = box[3] - box[1], before[3] - before[1]
    level = min(before[3], box[3]) - max(before[1], box[1])
    gap = box[0] - before[2]
    # In a narrow column that is set to both edges the spaces are wide.
    widest = (_SPACED if spaced else 1.0) * size
    return level < 0.3 * min(size, before_size) or not -size < gap < widest


def _line(piece: Sequence[tuple[str, _Box]]) -> Line:
    """Return the line of some characters, with a space where there is a gap."""
    text, right = "", piece[0][1][0]
    for character, box in piece:
        gap = box[0] - right > _GAP * (box[3] - box[1])
        text += f" {character}" if gap else character
        right = box[2]
    boxes = [box for _, box in piece]
    return Line(
        text=" ".join(text.split()),
        left=min(box[0] for box in boxes),
        bottom=min(box[1] for box in boxes),
        right=max(box[2] for box in boxes),
        top=max(box[3] for box in boxes),
        size=max(box[3] - box[1] for box in boxes),
    )


def _articles(found: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    """Yield the title and the text of each article of a page, parted by headings.

    A heading over a few lines only is one inside an article.
    """
    title, texts = "", []
    for paragraph in found:
        if not paragraph.is_heading:
            texts.append(paragraph.text)
        elif sum(map(len, texts)) >= _ARTICLE_CHARACTERS:
            yield title, "\n\n".join(texts)
            title, texts = paragraph.text, []
        elif title:
            texts.append(paragraph.text)
        else:
            title = paragraph.text
    if texts or title:
        yield (title, "\n\n".join(texts)) if texts else ("", title)


def _day(pages: Sequence[Sequence[Line]], height: float) -> str:
    """Return the day that stands at the edge of the pages, as in a newspaper, empty without one.

    When the file was made says little: a scan of an old paper is new.
    """
    edges = (line for page in pages for line in page if line.bottom > _HEAD * height)
    return next(filter(None, (day_in(line.text) for line in edges)), "")
