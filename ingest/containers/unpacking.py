"""Unpack a stream while it is read; damage and decompression bombs raise an `InputError`."""

import errno
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Protocol

from ingest.found import Reason, Skip
from rag.errors import InputError

# What is read from a packed stream at a time.
CHUNK_BYTES = 64 * 1024
SPOOL_BYTES = 64 * 1024 * 1024
# What the standard library raises for a damaged container; bzip2 and gzip also raise OSError.
DAMAGE = (
    zlib.error,
    EOFError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    tarfile.TarError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a container may swell: text packs to a tenth, a bomb to a thousandth and less."""

    plain_bytes: int = 100_000_000
    ratio: int = 200
    members: int = 1_000_000

    def allowed(self, packed_bytes: int) -> int:
        """Return how many bytes so many packed bytes may become."""
        return max(self.plain_bytes, self.ratio * packed_bytes)


LIMITS = Limits()


class Packed(Protocol):
    """What the standard library's unpacking streams have in common."""

    def read1(self, size: int, /) -> bytes:
        """Return what comes next, at most `size` bytes; nothing at the end."""
        ...

    def close(self) -> None:
        """Close what unpacks, not what it reads from."""
        ...


class Guarded(io.RawIOBase):
    """An unpacking stream that fails only with `InputError`, also when it gives too much.

    `count` is told the bytes given so far and raises `InputError` where they are too many. A
    stream that failed fails again: what comes after damage is never taken for the content.
    """

    def __init__(
        self,
        packed: Packed,
        *,
        count: Callable[[int], None],
        closing: Callable[[], None] | None = None,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        super().__init__()
        self._packed = packed
        self._count = count
        self._closing = closing
        self._chunk_bytes = chunk_bytes
        self._given = 0
        self._failure: str | None = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer with what comes next, at most; 0 at the end.

        Raises:
            InputError: the stream is damaged, cut off, or gives more than it may.
        """
        if self._failure is not None:
            raise InputError(self._failure)
        try:
            data = self._packed.read1(min(len(buffer), self._chunk_bytes))
            self._given += len(data)
            self._count(self._given)
        except (*DAMAGE, OSError, InputError) as error:
            if not is_damage(error):
                raise
            self._failure = damage_text(error)
            raise InputError(self._failure) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close this, what it unpacks and what that is read from."""
        if self.closed:
            return
        try:
            self._packed.close()
        finally:
            if self._closing is not None:
                self._closing()
            super().close()


def is_damage(error: Exception) -> bool:
    """Say whether an error is the content's; an OSError with a number is the machine's."""
    return not isinstance(error, OSError) or error.errno is None


def damage_text(error: Exception) -> str:
    """Return what is wrong and what to do about it."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, NotImplementedError):
        return f"it is packed in a way that cannot be read ({error}); unpack it yourself"
    return f"it is damaged or cut off ({error}); download it or pack it again"


def too_large(limit: int, what: str) -> InputError:
    """Return the error for what unpacks to more than it may."""
    return InputError(
        f"{what} unpacks to more than {limit / 1e6:.1f} MB, as a decompression bomb does; unpack "
        "it yourself"
    )


@contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream in which one can go back, a copy in a temporary file if need be.

    Raises:
        InputError: there is no room for the copy.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
        while data := stream.read(CHUNK_BYTES):
            try:
                spool.write(data)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                raise InputError(
                    f"the temporary folder {tempfile.gettempdir()} is full; make room there, or "
                    "set TMPDIR to a folder that has some"
                ) from error
        spool.seek(0)
        yield spool


def size_of(stream: IO[bytes]) -> int | None:
    """Return the size of a stream that is at its beginning, None if it only goes forward."""
    if not stream.seekable():
        return None
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def skip(path: str, detail: str, reason: Reason = Reason.BROKEN) -> Skip:
    """Return the skip of a container or a member."""
    return Skip(reason=reason, detail=detail, path=path)
