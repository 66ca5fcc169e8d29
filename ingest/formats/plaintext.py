"""A plain text file -> one found record: its first line is the title where it reads like one."""

import codecs
from collections.abc import Iterator

import charset_normalizer

from ingest.found import Found, Reason, Skip
from ingest.inputs import Input

_TITLE_CHARACTERS = 200
# A guess by letter statistics turned é into ą; an English file with a few accents needs none.
_FEW_ACCENTS = 0.15
_SENTENCE_ENDS = (".", "!", ":", ";", ",", '."', ".”")


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say yes: what is text and nothing else is plain text."""
    return True


def read(source: Input) -> Iterator[Found | Skip]:
    """Yield the file as one record, or the reason why it is none."""
    text, encoding = decode(source.read_whole())
    if text is None:
        detail = "its encoding is not recognised; convert it to UTF-8"
        yield Skip(reason=Reason.ENCODING, detail=detail, path=source.name)
        return
    title, body = split_title(text)
    notes = () if encoding.startswith("utf") else (f"not UTF-8; read as {encoding}",)
    yield Found(fields={"title": title, "text": body}, path=source.name, notes=notes)


def decode(data: bytes) -> tuple[str | None, str]:
    """Return the text of a file, None if it cannot be told, and the encoding it was read by.

    That is UTF-8, or UTF-16 with its mark, or, where few letters are not ASCII, Windows-1252, the
    usual encoding of old English files; only then what the bytes look most like.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16")
    text, encoding = _try(data, "utf-8-sig")
    if text is None and sum(byte > 127 for byte in data) <= _FEW_ACCENTS * len(data):
        text, encoding = _try(data, "cp1252")
    if text is None:
        best = charset_normalizer.from_bytes(data).best()
        return (str(best), best.encoding) if best else (None, "")
    return text, encoding


def _try(data: bytes, encoding: str) -> tuple[str | None, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return None, encoding


def split_title(text: str) -> tuple[str, str]:
    """Return title and body; the title is empty where the first line does not read like one."""
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    is_title = (
        rest.strip() != ""
        and len(first.split()) >= 2
        and len(first) <= _TITLE_CHARACTERS
        and not first.endswith(_SENTENCE_ENDS)
        and not _goes_on(rest)
    )
    return (first, rest.strip("\n")) if is_title else ("", text)


def _goes_on(rest: str) -> bool:
    """Say whether the next line continues a sentence that the first line began."""
    return rest[:1].islower() and not rest.startswith("by ")
