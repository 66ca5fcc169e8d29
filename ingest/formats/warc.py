"""Read a web archive (WARC), with one record for each HTML page that was fetched successfully.

The plain texts that Common Crawl makes of pages (WET) are read too. Records are read one after the
other and only pages are held in memory. Everything else is counted and listed once for each reason,
but for a page that is cut off or has no article.
Source: ISO 28500:2017.
"""

import io
import lzma
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, TypeGuard

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from ingest.formats import html
from ingest.formats.values import host_of, iso_date
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from rag.errors import InputError

_ARC_START = b"filedesc://"
_PIECE_BYTES = 64 * 1024
# Some crawlers lose a page's last line break: warcio's example-wrong-chunks.warc.gz lacks a byte.
_SLACK_BYTES = 2
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# What a reader of compressed or remote bytes raises in the middle of a stream.
_STREAM_ERRORS = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, InputError)
_DECODERS = {"br": BrotliReader, "zstd": ZstdReader, "gzip": GzipReader, "x-gzip": GzipReader}
_FETCHED = "the page has no date of publication, so {}, when it was fetched, was used"
_WHOLE_PAGE = "the text is of a whole page, without its short lines"
_PLAIN = "text/plain"
_FEWEST_WORDS = 8
# Common Crawl names languages by three letters.
_LANGUAGES = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt"}
_CARRIERS = WarcRecordType.response | WarcRecordType.resource


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is a WARC file, or an ARC file, which is refused with its reason."""
    return head.lstrip().startswith((b"WARC/", _ARC_START)) or suffix == ".warc"


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the pages of an archive up to its end or its damage, then what was passed over."""
    passed: Counter[str] = Counter()
    pages = number = 0
    with source.open() as raw:
        stream = _Stream(raw)
        if stream.start.startswith(_ARC_START):
            detail = "it is an ARC file, older than WARC; convert it with 'warcio recompress'"
            yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
            return
        try:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                item = _read_record(record, name=source.name, number=number, passed=passed)
                pages += item is not None
                if item is not None:
                    yield item
        except (OSError, ValueError) as error:
            yield _damaged(source.name, number, str(error))
        else:
            if stream.error:
                yield _damaged(source.name, number, stream.error)
    for reason, count in sorted(passed.items()):
        detail = f"{count} {'record is' if count == 1 else 'records are'} {reason}"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)
    if not pages and not passed:
        detail = f"none of its {number} records is an answer of a web server"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)


def _read_record(
    record: WarcRecord, *, name: str, number: int, passed: Counter[str]
) -> FoundRecord | Skip | None:
    """Return a record's page, None if it is none; what it is instead is counted in `passed`."""
    instead = _not_a_page(record)
    if instead is None:
        return _page(record, name=name, number=number)
    size = _drain(record)
    if size < record.content_length or "Content-Length" not in record.headers:
        return _cut_off(record, size, name=name, number=number)
    if instead:
        passed[instead] += 1
    return None


def _not_a_page(record: WarcRecord) -> str | None:
    """Return what a record is that is no page, None for a page, empty for mere bookkeeping."""
    kind = record.record_type
    if kind == WarcRecordType.revisit:
        return "of type revisit, which repeats an answer fetched before"
    if kind == WarcRecordType.conversion:
        plain = _content_type(record) == _PLAIN
        return None if plain else "of type conversion, made from a page, not text"
    if not kind & _CARRIERS or (kind == WarcRecordType.response and not record.is_http):
        return ""
    status = record.http_headers.status_code if record.is_http else 200
    if status != 200:
        return f"of status {status}, not 200"
    return None if _content_type(record) in _HTML_TYPES else "not HTML"


def _page(record: WarcRecord, *, name: str, number: int) -> FoundRecord | Skip:
    payload = _payload(record, name=name, number=number)
    if isinstance(payload, Skip):
        return payload
    if record.record_type == WarcRecordType.conversion:
        return _extracted(record, payload, name=name, number=number)
    try:
        data = _decoded(record, payload)
    except _STREAM_ERRORS as error:
        detail = f"the page's encoding is broken ({error}); fetch {_address(record)} again"
        return Skip(reason=Reason.BROKEN, detail=detail, path=name, line=number)
    if len(data) > html.PAGE_BYTES:
        return _too_large(name, number)
    charset = record.http_charset or ""
    item = html.read_page(data, name=name, url=_address(record), line=number, charset=charset)
    if isinstance(item, Skip):
        return item
    fields, notes = dict(item.fields), list(item.notes)
    fetched = iso_date(record.headers.get("WARC-Date"))
    if fetched and "published" not in fields:
        fields["published"] = fetched
        notes.append(_FETCHED.format(fetched))
    if cut := record.headers.get("WARC-Truncated"):
        notes.append(f"its crawler cut the page off (WARC-Truncated: {cut})")
    return FoundRecord(fields=fields, path=name, line=number, notes=tuple(notes))


def _payload(record: WarcRecord, *, name: str, number: int) -> bytes | Skip:
    """Return what a record carries, or that it is too large or cut off."""
    payload = record.reader.read(html.PAGE_BYTES + 1)
    if len(payload) > html.PAGE_BYTES:
        return _too_large(name, number)
    promised = _promised_bytes(record)
    if len(payload) < promised:
        return _cut_off(record, len(payload), name=name, number=number, promised=promised)
    return payload


def _extracted(record: WarcRecord, payload: bytes, *, name: str, number: int) -> FoundRecord | Skip:
    """Return the record of a text that was made of a page: its first line is the page's title.

    It is the text of all of the page, with menus, so that lines of a few words are left out.
    """
    title, _, rest = payload.decode("utf-8", "replace").strip().partition("\n")
    lines = (" ".join(line.split()) for line in rest.split("\n"))
    text = "\n\n".join(line for line in lines if len(line.split()) >= _FEWEST_WORDS)
    if not text:
        detail = f"no sentence is in the text of {_address(record)}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=name, line=number)
    address = _address(record)
    fetched = iso_date(record.headers.get("WARC-Date"))
    language = (record.headers.get("WARC-Identified-Content-Language") or "").partition(",")[0]
    fields: dict[str, object] = {
        "url": address,
        "title": " ".join(title.split()),
        "published": fetched,
        "source": host_of(address),
        "language": _LANGUAGES.get(language, language),
        "text": text,
    }
    kept = {field: value for field, value in fields.items() if value}
    notes = (_FETCHED.format(fetched), _WHOLE_PAGE) if fetched else (_WHOLE_PAGE,)
    return FoundRecord(fields=kept, path=name, line=number, notes=notes)


def _promised_bytes(record: WarcRecord) -> int:
    """Return how many bytes the record has by its header, or by the server's if that is more."""
    headers = record.http_headers if record.is_http else None
    # A page that its crawler cut off on purpose is kept, with a note.
    length = headers.get("Content-Length") if headers is not None else None
    if headers is None or not _is_number(length) or "WARC-Truncated" in record.headers:
        return record.content_length
    return max(record.content_length, int(length) - _SLACK_BYTES)


def _is_number(value: str | None) -> TypeGuard[str]:
    return value is not None and value.isascii() and value.isdigit() and len(value) < 16


def _decoded(record: WarcRecord, payload: bytes) -> bytes:
    """Return the page without chunks and compression; what is wrongly declared stays as it is."""
    headers = record.http_headers if record.is_http else None
    if headers is None:
        return payload
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and _is_chunked(payload):
        payload = _limited(ChunkedReader(io.BytesIO(payload)))
    codings = (headers.get("Content-Encoding") or "").lower().replace(",", " ").split()
    for coding in reversed(codings):
        if coding == "deflate":
            payload = _inflated(payload)
        elif coding in ("gzip", "x-gzip") and not payload.startswith(b"\x1f\x8b"):
            continue
        elif decoder := _DECODERS.get(coding):
            payload = _limited(decoder(io.BytesIO(payload)))
    return payload


def _is_chunked(payload: bytes) -> bool:
    size = payload.split(b"\r\n", 1)[0].split(b";")[0].strip()
    return 0 < len(size) <= 8 and all(byte in b"0123456789abcdefABCDEF" for byte in size)


def _limited(reader: GzipReader | BrotliReader | ZstdReader | ChunkedReader) -> bytes:
    """Return what a decoder gives, and not much more than a page may have."""
    pieces: list[bytes] = []
    size = 0
    while size <= html.PAGE_BYTES and (piece := reader.read(_PIECE_BYTES)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _inflated(payload: bytes) -> bytes:
    """Return deflated bytes, with the zlib header or without, as servers send them."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(payload, html.PAGE_BYTES + 1)
        except zlib.error:
            continue
    return payload


def _content_type(record: WarcRecord) -> str:
    if record.is_http:
        return (record.http_content_type or "").lower()
    return (record.headers.get("Content-Type") or "").split(";")[0].strip().lower()


def _address(record: WarcRecord) -> str:
    # Some versions of wget write it in angle brackets.
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _drain(record: WarcRecord) -> int:
    size = 0
    while piece := record.reader.read(_PIECE_BYTES):
        size += len(piece)
    return size


def _cut_off(
    record: WarcRecord, size: int, *, name: str, number: int, promised: int | None = None
) -> Skip:
    wanted = record.content_length if promised is None else promised
    address = _address(record) or f"the {record.record_type} record"
    detail = f"{address} is cut off: {size} of {wanted} bytes are there; fetch it again"
    return Skip(reason=Reason.BROKEN, detail=detail, path=name, line=number)


def _too_large(name: str, number: int) -> Skip:
    detail = f"the page has more than {html.PAGE_BYTES >> 20} MB, which is the limit"
    return Skip(reason=Reason.TOO_LARGE, detail=detail, path=name, line=number)


def _damaged(name: str, number: int, error: str) -> Skip:
    detail = f"damaged after record {number} ({error}); the records before it were read"
    return Skip(reason=Reason.BROKEN, detail=detail, path=name)


class _Stream:
    """The input's stream, ending at its first error, so that what came before it is not lost."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        # One read of the source at a time: a larger one would lose what it had on an error.
        self._read = getattr(stream, "read1", stream.read)
        self._position = 0
        self.error = ""
        self.start = self._kept = self._next(_PIECE_BYTES)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end or after an error."""
        size = _PIECE_BYTES if size < 0 else size
        if self._kept:
            piece, self._kept = self._kept[:size], self._kept[size:]
        else:
            piece = self._next(size)
        self._position += len(piece)
        return piece

    def _next(self, size: int) -> bytes:
        if self.error:
            return b""
        try:
            return self._read(size) or b""
        except _STREAM_ERRORS as error:
            self.error = str(error) or type(error).__name__
            return b""

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Refuse: an archive is read from its beginning to its end."""
        raise io.UnsupportedOperation(f"seek({offset}, {whence})")

    def close(self) -> None:
        """Leave the stream open; whoever opened it closes it."""
