"""Read the members of a tar, plain or packed, going forward only and never keeping it whole."""

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from typing import IO, Any, cast

from ingest.containers.members import Names, is_hidden, not_a_file
from ingest.containers.unpacking import CHUNK_BYTES, Guarded, Limits, skip
from ingest.found import Reason, Skip
from ingest.inputs import Input
from rag.errors import InputError

_BLOCK_BYTES = 512
# Long names and attributes come as members of their own, which tarfile reads whole.
_ATTRIBUTE_TYPES = b"LKxgX"
_ATTRIBUTE_BYTES = 1024 * 1024
# Kept of a member, so that telling its format and then reading it goes over the tar once.
_KEPT_BYTES = 1024 * 1024
_KINDS = {
    tarfile.SYMTYPE: 0o120000,
    tarfile.CHRTYPE: 0o020000,
    tarfile.BLKTYPE: 0o060000,
    tarfile.FIFOTYPE: 0o010000,
}

Opener = Callable[[], IO[bytes]]


class _Header(tarfile.TarInfo):
    """A header; tarfile takes a damaged one for the end, and everything behind it would be lost."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        if len(buf) != _BLOCK_BYTES:
            raise tarfile.ReadError("it ends without an end mark")
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if any(buf):
                raise tarfile.ReadError(f"a header is damaged: {error}") from error
            raise
        if header.type in _ATTRIBUTE_TYPES and header.size > _ATTRIBUTE_BYTES:
            raise tarfile.ReadError("a member's name or attributes are more than a megabyte")
        return header


def is_tar(head: bytes) -> bool:
    """Say whether the first block is a tar header, by its checksum."""
    block = head[:_BLOCK_BYTES]
    if len(block) < _BLOCK_BYTES or not any(block):
        return False
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def walk(source: Input, opener: Opener, limits: Limits) -> Iterator[Input | Skip]:
    """Yield the members in their order, then what is wrong with the rest.

    Raises:
        InputError, tarfile.TarError: the tar is damaged, cut off or too large.
    """
    names = Names(source.name)
    with opener() as stream, _open(stream) as tar:
        for number in count():
            member = _next(tar)
            if member is None:
                break
            if number >= limits.members:
                raise InputError(f"it has more than {limits.members:,} members; split it")
            item = _member(tar, member, number, names=names, source=replace(source, opener=opener))
            if item is not None:
                yield item
        yield from _rest(source.name, cast("IO[bytes]", tar.fileobj))


def _open(stream: IO[bytes]) -> tarfile.TarFile:
    return tarfile.open(
        fileobj=stream, mode="r|", tarinfo=_Header, encoding="utf-8", errors="surrogateescape"
    )


def _next(tar: tarfile.TarFile) -> tarfile.TarInfo | None:
    """Return the next member, and forget those before: tarfile would keep a million of them."""
    try:
        member = tar.next()
    except (ValueError, OverflowError) as error:
        raise tarfile.ReadError(f"a header is damaged: {error}") from error
    vars(tar)["members"].clear()
    if member is not None and member.size < 0:
        raise tarfile.ReadError("a member has a negative size")
    return member


def _member(
    tar: tarfile.TarFile, member: tarfile.TarInfo, number: int, *, names: Names, source: Input
) -> Input | Skip | None:
    if member.isdir() or is_hidden(member.name):
        return None
    name = names.of(member.name)
    if member.islnk():
        detail = "it is another name of a member that was read under its first name"
        return skip(name, detail, Reason.NOT_TEXT)
    kind = not_a_file(_KINDS.get(member.type, 0))
    if kind:
        return skip(name, f"it is {kind}", Reason.NOT_TEXT)
    if not member.isreg():
        detail = f"it is a member of the unknown type {member.type!r}, not a file"
        return skip(name, detail, Reason.NOT_TEXT)
    forward = Guarded(_content(tar, member), count=_uncounted)
    replayed = _Replayed(forward, lambda: _again(source.opener, number))
    return source.member(name, replayed.open)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> io.BufferedReader:
    """Return a file's bytes; tarfile gives a buffered reader, though it promises less."""
    return cast("io.BufferedReader", tar.extractfile(member))


def _uncounted(_: int) -> None:
    """Count nothing: the stream under the tar is counted already."""


def _rest(name: str, stream: IO[bytes]) -> Iterator[Skip]:
    """Read to the end, so that the checksum of what packs the tar is compared."""
    more = False
    while data := stream.read(CHUNK_BYTES):
        more = more or any(data)
    if more:
        detail = "more follows its end mark, and was not read; unpack it yourself"
        yield skip(name, detail)


def _again(opener: Opener, number: int) -> IO[bytes]:
    """Return a member from a new walk over the tar, for what is read twice beyond what is kept."""
    with ExitStack() as opened:
        tar = _open(opened.enter_context(opener()))
        member = None
        for _ in range(number + 1):
            member = _next(tar)
        if member is None:
            raise InputError("it is no longer in the container; run again")
        packed, close = _content(tar, member), opened.pop_all().close
    return io.BufferedReader(Guarded(packed, count=_uncounted, closing=close), CHUNK_BYTES)


class _Replayed:
    """A stream that only goes forward, for readers that each begin at its beginning."""

    def __init__(self, forward: Guarded, anew: Opener) -> None:
        self.kept = bytearray()
        self.position = 0
        self.anew = anew
        self._forward = forward

    def open(self) -> IO[bytes]:
        """Return a reader at the beginning."""
        return io.BufferedReader(_Replay(self), CHUNK_BYTES)

    def read(self, size: int) -> bytes:
        """Return what comes next, and keep it if it is near the beginning."""
        data = self._forward.read(size) or b""
        self.position += len(data)
        self.kept += data[: max(0, _KEPT_BYTES - len(self.kept))]
        return data


class _Replay(io.RawIOBase):
    """One reader of a replayed stream: what is kept, then the stream itself, else a new one."""

    def __init__(self, shared: _Replayed) -> None:
        super().__init__()
        self._shared = shared
        self._position = 0
        self._own: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._read(len(buffer))
        self._position += len(data)
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        shared = self._shared
        if self._own is None and self._position < len(shared.kept):
            return bytes(shared.kept[self._position : self._position + size])
        if self._own is None and self._position == shared.position:
            return shared.read(size)
        if self._own is None:
            self._own = shared.anew()
            left = self._position
            while left and (data := self._own.read(min(left, CHUNK_BYTES))):
                left -= len(data)
        return self._own.read(size)

    def close(self) -> None:
        if self._own is not None:
            self._own.close()
        super().close()
