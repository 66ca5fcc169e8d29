"""Give the members of a container as inputs: of gzip, bzip2, xz, zip, and plain or packed tar.

Nothing is unpacked to disk (a zip that can only be read forward is copied to a temporary file), a
name in a container never becomes a path, and damage is a skip after the members before it. One
level is taken off at a time; a packed tar is one level.
"""

import bz2
import gzip
import io
import lzma
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from ingest.containers import tars, zips
from ingest.containers.members import Names
from ingest.containers.unpacking import (
    CHUNK_BYTES,
    DAMAGE,
    LIMITS,
    Guarded,
    Limits,
    Packed,
    damage_text,
    is_damage,
    size_of,
    skip,
    too_large,
)
from ingest.found import Reason, Skip
from ingest.inputs import Input
from rag.errors import InputError

_GZIP, _BZIP2, _XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00"
_NO_GZIP = re.compile(r"Not a gzipped file \(b['\"](?!\\x1f)")
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
# What the strongest usual setting needs to unpack is 65 MB; a file may ask for 4 GB.
_XZ_MEMORY_BYTES = 512 * 1024 * 1024
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_PACKED_SUFFIXES = (".gz", ".gzip", ".bz2", ".xz", *_TAR_SUFFIXES)

Unpack = Callable[[IO[bytes]], Packed]


class _Counted:
    """A stream that counts what is read of it, for what only goes forward has no size."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.count = 0
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Gzip(gzip.GzipFile):
    """What gzip packed; at bytes behind it that are not gzip it ends, and says so."""

    def __init__(self, stream: IO[bytes], at_rest: Callable[[], None]) -> None:
        super().__init__(fileobj=stream)
        self._at_rest = at_rest

    def read1(self, size: int = -1) -> bytes:
        try:
            return super().read1(size)
        except gzip.BadGzipFile as error:
            # What begins as a gzip would is one that is damaged.
            if not self.tell() or not _NO_GZIP.match(str(error)):
                raise
            self._at_rest()
            return b""


class _Streams:
    """What bzip2 or xz packed, one stream or several on end.

    The library's own file classes end silently at a damaged second stream.
    """

    def __init__(
        self,
        make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor],
        stream: IO[bytes],
    ) -> None:
        self._make = make
        self._stream = stream
        self._unpacker = make()

    def read1(self, size: int, /) -> bytes:
        while True:
            if self._unpacker.eof:
                data = self._next_stream()
                if not data:
                    return b""
                self._unpacker = self._make()
            else:
                data = self._stream.read(CHUNK_BYTES) if self._unpacker.needs_input else b""
                if self._unpacker.needs_input and not data:
                    raise EOFError("it ends before its end mark")
            unpacked = self._unpacker.decompress(data, size)
            if unpacked:
                return unpacked

    def close(self) -> None:
        """Nothing is held open here."""

    def _next_stream(self) -> bytes:
        """Return what follows the end of a stream, without the zeros that pad an xz file."""
        data = self._unpacker.unused_data.lstrip(b"\0")
        while not data:
            more = self._stream.read(CHUNK_BYTES)
            if not more:
                return b""
            data = more.lstrip(b"\0")
        return data


def matches(head: bytes, suffix: str) -> bool:
    """Say whether the first bytes are those of a container; the suffix tells an empty tar."""
    if zips.is_zip(head) or _unpacking(head) is not None or tars.is_tar(head):
        return True
    return suffix == ".tar" and len(head) >= 1024 and not any(head)


def expand(source: Input, limits: Limits = LIMITS) -> Iterator[Input | Skip]:
    """Yield the members of a container, then what is wrong with it; a member may be one itself.

    A member can be opened, more than once, until the next one is asked for.

    Raises:
        OSError: the container cannot be read at all.
    """
    empty = True
    try:
        for item in _members(source, limits):
            empty = False
            yield item
    except (*DAMAGE, OSError, InputError) as error:
        if not is_damage(error):
            raise
        yield skip(source.name, f"{damage_text(error)}; the members before that were read")
        return
    if empty:
        yield skip(source.name, "the container holds no file", Reason.EMPTY)


def _members(source: Input, limits: Limits) -> Iterator[Input | Skip]:
    head = source.head()
    if zips.is_zip(head):
        yield from zips.walk(source, limits)
        return
    rests: list[str] = []
    unpack = _unpacking(head, at_rest=lambda: rests.append(source.name))
    opener = source.opener if unpack is None else partial(_open, source, unpack, limits)
    if unpack is None or _holds_tar(opener):
        yield from tars.walk(source, opener, limits)
    else:
        yield source.member(Names(source.name).of(_inner_name(source.name)), opener)
    if rests:
        detail = "what follows the end of its gzip is no gzip, and was not read"
        yield skip(source.name, detail)


def _ignore() -> None:
    """Do nothing: whoever only looks at the head does not ask what follows."""


def _unpacking(head: bytes, at_rest: Callable[[], None] = _ignore) -> Unpack | None:
    """Return what unpacks a stream, None for what is not packed as one.

    `at_rest` is called where something else follows what is packed.
    """
    if head.startswith(_GZIP):
        return partial(_Gzip, at_rest=at_rest)
    # "BZh" can begin a text.
    if head.startswith(_BZIP2) and head[4:10] in _BZIP2_BLOCKS:
        return partial(_Streams, bz2.BZ2Decompressor)
    if head.startswith(_XZ):
        return partial(_Streams, partial(lzma.LZMADecompressor, memlimit=_XZ_MEMORY_BYTES))
    return None


def _open(source: Input, unpack: Unpack, limits: Limits) -> IO[bytes]:
    with ExitStack() as opened:
        stream = opened.enter_context(source.opener())
        size = size_of(stream)
        counted = _Counted(stream)
        packed = unpack(cast("IO[bytes]", counted))
        close = opened.pop_all().close

    def count(given: int) -> None:
        allowed = limits.allowed(size or counted.count)
        if given > allowed:
            raise too_large(allowed, "it")

    return io.BufferedReader(Guarded(packed, count=count, closing=close), CHUNK_BYTES)


def _holds_tar(opener: Callable[[], IO[bytes]]) -> bool:
    with opener() as stream:
        try:
            return tars.is_tar(stream.read(1024))
        except InputError:
            # Too little is left of it to tell; its reader says what is wrong.
            return False


def _inner_name(name: str) -> str:
    """Return what a packed file is called inside: `day.jsonl` for `news/day.jsonl.gz`."""
    path = PurePosixPath(name.rpartition("!")[2])
    if path.suffix.lower() not in _PACKED_SUFFIXES:
        return path.name
    return path.stem + _TAR_SUFFIXES.get(path.suffix.lower(), "")
