"""Read the members of a zip in the order of its directory, unpacking each while it is read."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO, cast

from ingest.containers.members import Names, is_hidden, not_a_file
from ingest.containers.unpacking import (
    CHUNK_BYTES,
    DAMAGE,
    Guarded,
    Limits,
    damage_text,
    is_damage,
    seekable,
    size_of,
    skip,
    too_large,
)
from ingest.found import Reason, Skip
from ingest.inputs import Input
from rag.errors import InputError

MARKS = (b"PK\x03\x04", b"PK\x05\x06")
# Word processors and e-books pack theirs as a zip; its parts are no articles.
_DOCUMENTS = (b"[Content_Types].xml", b"_rels/", b"mimetype")
_ENCRYPTED = 0x1
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_MARK = b"PK\x06\x06"
_LOCATOR_BYTES = 20
_ENTRY_BYTES = 46
_ENTRY_LENGTHS = struct.Struct("<3H")
# The others are unpacked without a bound to their output, so they get little at a time.
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL_CHUNK_BYTES = 4096


class _Total:
    """What the members before gave and what this one gives, against what the zip may give."""

    def __init__(self, allowed: int) -> None:
        self.allowed = allowed
        self._before = 0
        self._now = 0

    def next(self) -> None:
        """Count another member from here."""
        self._before += self._now
        self._now = 0

    def count(self, limit: int, given: int) -> None:
        """Raise `InputError` if a member, or the zip with it, gives more than it may."""
        self._now = max(self._now, given)
        if given > limit:
            raise too_large(limit, "it")
        if self.exceeded:
            raise too_large(self.allowed, "the whole zip")

    @property
    def exceeded(self) -> bool:
        """Whether the zip gave more than it may."""
        return self._before + self._now > self.allowed


def is_zip(head: bytes) -> bool:
    """Say whether this is a zip, and not a document or a book that is packed as one."""
    return head.startswith(MARKS) and not head[30:].startswith(_DOCUMENTS)


def walk(source: Input, limits: Limits) -> Iterator[Input | Skip]:
    """Yield the members of a zip in their order.

    Raises:
        InputError, zipfile.BadZipFile: the directory at its end is damaged or too large.
    """
    with source.open() as stream, seekable(stream) as file:
        size = size_of(file) or 0
        _check_directory(file, size, limits)
        with _directory(file) as archive:
            total = _Total(limits.allowed(size))
            names = Names(source.name)
            for info in archive.infolist():
                member = _member(archive, info, source, names=names, total=total, limits=limits)
                if member is not None:
                    yield member
                total.next()
                if total.exceeded:
                    raise too_large(total.allowed, "the zip")


def _directory(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (ValueError, OverflowError, struct.error) as error:
        raise zipfile.BadZipFile(f"its directory is damaged: {error}") from error


def _check_directory(file: IO[bytes], size: int, limits: Limits) -> None:
    """Count the directory before it is read: a million members more are a gigabyte of memory."""
    place = _place_of_directory(file, size)
    if place is None:
        raise zipfile.BadZipFile("the directory at its end is missing")
    at, end = place
    for _ in range(limits.members):
        if at >= end:
            return
        file.seek(at + 28)
        lengths = file.read(_ENTRY_LENGTHS.size)
        if len(lengths) < _ENTRY_LENGTHS.size:
            return
        at += _ENTRY_BYTES + sum(_ENTRY_LENGTHS.unpack(lengths))
    if at < end:
        raise InputError(f"it has more than {limits.members:,} members; split it")


def _place_of_directory(file: IO[bytes], size: int) -> tuple[int, int] | None:
    """Return where the directory begins and ends, None if its end is not marked."""
    tail_bytes = min(size, _END.size + 0xFFFF)
    file.seek(size - tail_bytes)
    tail = file.read(tail_bytes)
    found = tail.rfind(_END_MARK)
    if found < 0 or len(tail) - found < _END.size:
        return None
    end = size - tail_bytes + found
    directory_bytes = _END.unpack_from(tail, found)[5]
    record = max(0, end - _LOCATOR_BYTES - _END64.size)
    file.seek(record)
    large = file.read(_END64.size)
    if len(large) == _END64.size and large.startswith(_END64_MARK):
        directory_bytes, end = _END64.unpack(large)[8], record
    return max(0, end - directory_bytes), end


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    source: Input,
    *,
    names: Names,
    total: _Total,
    limits: Limits,
) -> Input | Skip | None:
    mode = info.external_attr >> 16
    if info.filename.endswith("/") or stat.S_ISDIR(mode) or is_hidden(info.filename):
        return None
    name = names.of(info.filename)
    kind = not_a_file(mode)
    if kind:
        return skip(name, f"it is {kind}", Reason.NOT_TEXT)
    if info.flag_bits & _ENCRYPTED:
        detail = "it is encrypted; unpack it with its password, and ingest the file"
        return skip(name, detail, Reason.UNREADABLE)
    count = partial(total.count, limits.allowed(info.compress_size))
    return source.member(name, lambda: _open(archive, info, count))


def _open(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, count: partial[None]
) -> io.BufferedReader:
    try:
        packed = cast("zipfile.ZipExtFile", archive.open(info))
    except (*DAMAGE, RuntimeError, OSError, ValueError, OverflowError, struct.error) as error:
        if not is_damage(error):
            raise
        raise InputError(damage_text(error)) from error
    chunk = CHUNK_BYTES if info.compress_type in _BOUNDED else _SMALL_CHUNK_BYTES
    return io.BufferedReader(Guarded(packed, count=count, chunk_bytes=chunk), CHUNK_BYTES)
