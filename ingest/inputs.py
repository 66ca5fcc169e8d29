"""Represent one input: a file, or a member of a container, which each reader opens for itself."""

import codecs
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from rag.errors import InputError

HEAD_BYTES = 4096
# What is read whole (a page, a news item) may not be larger; lines and records are streamed.
WHOLE_BYTES = 32 * 1024 * 1024
# One article may not be larger: the longest novels have 3 to 10 MB.
ARTICLE_BYTES = 16 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ESCAPED = re.compile(rb"\\(x[0-9a-f]{2})")
_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# In a text of any alphabet line breaks, spaces and digits have a zero byte.
_UTF16_ZEROS = 0.05
# In Chinese and Japanese there are few, but there are its own stops and commas, which are bytes
# that no text of another encoding has.
_EAST_ASIAN_STOPS = re.compile("[\u3000-\u3002\uff01\uff0c\uff1a\uff1f\n]")
_EAST_ASIAN_STOP_SHARE = 0.01
_BINARY = re.compile("[\0-\x08\x0e-\x1a\ufffe\uffff]")
_PIECE_BYTES = 64 * 1024


class TooLarge(InputError):
    """More than is read whole; who has the file can split it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A named stream; `name` tells a person where it is: `path`, or `path!member`.

    A member of a container can be opened only while the container is being walked. `columns` names
    for a field the column, or the key of a JSON object, that holds it; the others are told. `pages`
    asks for the pages of a website's export too, not only for its posts.
    """

    name: str
    opener: Callable[[], IO[bytes]]
    columns: Mapping[str, str] = field(default_factory=dict)
    pages: bool = False

    @classmethod
    def of_file(cls, path: Path, columns: Mapping[str, str] | None = None) -> "Input":
        """Return a file on disk as an input."""
        return cls(
            name=path_text(path), opener=lambda: path.open("rb"), columns=dict(columns or {})
        )

    def member(self, name: str, opener: Callable[[], IO[bytes]]) -> "Input":
        """Return a part of this container as an input that is read as this one would be."""
        return replace(self, name=name, opener=opener)

    @property
    def suffix(self) -> str:
        """The extension of the name, with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Give the stream from its beginning; what is UTF-16 is given as UTF-8.

        Raises:
            OSError: the file cannot be opened.
        """
        with self.opener() as stream:
            encoding = _utf16_of(_peek(stream))
            yield io.BufferedReader(_AsUtf8(stream, encoding)) if encoding else stream

    def head(self) -> bytes:
        """Return the first bytes, at most HEAD_BYTES."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read_whole(self, limit: int = WHOLE_BYTES) -> bytes:
        """Return all bytes.

        Raises:
            TooLarge: there are more than `limit`; nothing more than that is read.
        """
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooLarge(f"it has more than {limit >> 20} MB, which is the limit; split it")
        return data


def path_text(path: Path) -> str:
    """Return a path as text to store and print: a name may be any bytes, terminal escapes too."""
    name = os.fsencode(path)
    if _ESCAPED.search(name):
        # Or a file whose name is spelt like such an escape would be taken for that other file.
        name = _ESCAPED.sub(rb"\\x5c\1", name)
    text = name.decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _peek(stream: IO[bytes]) -> bytes:
    """Return some first bytes and leave the stream at its beginning."""
    peek = getattr(stream, "peek", None)
    if peek is not None:
        return bytes(peek(HEAD_BYTES)[:HEAD_BYTES])
    start = stream.read(HEAD_BYTES) if stream.seekable() else b""
    if start:
        stream.seek(0)
    return start


def _utf16_of(start: bytes) -> str:
    """Return the encoding of a text in UTF-16, with its mark or without, empty for all else."""
    if len(start) < 4:
        return ""
    encoding = _UTF16_MARKS.get(start[:2], "")
    if not encoding and b"\0" in start:
        zeros = [start[0::2].count(0) / len(start[0::2]), start[1::2].count(0) / len(start[1::2])]
        if min(zeros) == 0 and max(zeros) >= _UTF16_ZEROS:
            encoding = "utf-16-be" if zeros[0] else "utf-16-le"
    if encoding:
        return encoding if _decoded(start, encoding) else ""
    candidates = ("utf-16-le", "utf-16-be") if not start.isascii() and not _is_utf8(start) else ()
    for encoding in candidates:
        text = _decoded(start, encoding)
        stops = len(_EAST_ASIAN_STOPS.findall(text))
        if stops > _EAST_ASIAN_STOP_SHARE * len(text) and "\u3002" in text:
            return encoding
    return ""


def _decoded(start: bytes, encoding: str) -> str:
    """Return the beginning of a text in an encoding, empty if it is none."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return ""
    return "" if _BINARY.search(text) else text


def _is_utf8(start: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


class _AsUtf8(io.RawIOBase):
    """A text in UTF-16, given as UTF-8 without a mark."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        super().__init__()
        # One read of the source at a time: a larger one would lose what it had on an error.
        self._read = getattr(stream, "read1", stream.read)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._given = b""
        self._marked = True
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._given and not self._ended:
            self._given = self._next()
        piece, self._given = self._given[: len(buffer)], self._given[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self) -> bytes:
        data = self._read(_PIECE_BYTES)
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise InputError(
                f"its UTF-16 is damaged ({error.reason}); what comes after was not read; repair "
                "the file"
            ) from error
        self._ended = not data
        if self._marked and text:
            text, self._marked = text.removeprefix("\ufeff"), False
        return text.encode("utf-8")
