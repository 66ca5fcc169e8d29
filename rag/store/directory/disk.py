"""Copies files with their holes or links them, computes their digests, and writes them durably.

`generations` and `views` use it. It knows nothing about archives.
"""

import errno
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path

DIGEST_DIGITS = 32
# The piece of a file that a hole can replace; file systems use this size.
_PAGE = 4096
# How much is read or written at a time.
_PIECE = 1 << 20
# How much of a file is looked at at a time for something else than zeros.
_LOOK = 1 << 16
_ZEROS = bytes(_LOOK)
# The engine's files are no longer, but for the contents of large segments, which are no zeros.
_MOST_REMEMBERED = 64 << 20
# An archive of one article has 190 files.
_MOST_DIGESTS = 10_000
_DIGESTS: dict[bytes, str] = {}

# The errors if a file cannot be linked: the folder is not writable, the files belong to another
# user (the kernel's fs.protected_hardlinks), or the file system has no hard links.
NO_LINKS = (errno.EROFS, errno.EACCES, errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP)


def digest(path: Path) -> str:
    """Return the digest of a file's content, by BLAKE2b in hexadecimal digits.

    The engine makes files of 32 MB for a few bytes, and the next generation has many of them
    unchanged. So the digest of a file that is nearly all zeros is remembered by its other pieces,
    which are a fraction of the work.
    """
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        content = _fingerprint(file.fileno(), size) if size <= _MOST_REMEMBERED else None
        known = _DIGESTS.get(content) if content else None
        if known is None:
            file.seek(0)  # looking for data moved the position
            known = hashlib.file_digest(file, "blake2b").hexdigest()[:DIGEST_DIGITS]
        if content and len(_DIGESTS) < _MOST_DIGESTS:
            _DIGESTS[content] = known
        return known


def _fingerprint(descriptor: int, size: int) -> bytes | None:
    """Return what identifies a content that is nearly all zeros; None for any other content."""
    pieces, left = hashlib.blake2b(b"%d" % size), size // 8
    for place in _pieces_with_data(descriptor, size):
        piece = os.pread(descriptor, _LOOK, place)
        if piece == _ZEROS[: len(piece)]:
            continue
        left -= len(piece)
        if left < 0:
            return None
        pieces.update(b"%d " % place + piece)
    return pieces.digest()


def _pieces_with_data(descriptor: int, size: int) -> Iterator[int]:
    """Yield where the pieces begin that are not within holes."""
    place = 0
    while place < size and (start := _next_data(descriptor, place)) is not None:
        place = start - start % _LOOK
        yield place
        place += _LOOK


def _next_data(descriptor: int, place: int) -> int | None:
    """Return where the data of a file begin from a place on; None if a hole goes to the end."""
    try:
        return os.lseek(descriptor, place, os.SEEK_DATA)
    except OSError as error:
        if error.errno == errno.ENXIO:
            return None
        raise


def size(files: Iterable[Path]) -> int:
    """Return the bytes that files take on the disk, which are fewer than their lengths."""
    return sum(path.stat().st_blocks * 512 for path in files)


def write_durably(path: Path, text: str) -> None:
    """Replace a file's content atomically, so that a power cut leaves the old or the new."""
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(text)
    sync(scratch)
    os.replace(scratch, path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Put a file or a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_tree(source: Path, target: Path, *, linked: Collection[str] = ()) -> None:
    """Copy a folder with everything in it, but hard-link the files named in `linked` if possible.

    They are named from the folder, with slashes.

    Raises:
        FileNotFoundError: the folder was removed meanwhile.
    """
    for folder, place, names in walk(source, target):
        for name in names:
            path = folder / name
            if path.relative_to(source).as_posix() not in linked or not _link(path, place / name):
                copy_sparse(path, place / name)


def _link(source: Path, target: Path) -> bool:
    """Link a file and say whether links are possible here."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in NO_LINKS:
            return False
        raise
    return True


def is_same_file(one: Path, other: Path) -> bool:
    """Say whether two paths exist and are links to one file."""
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False


def walk(source: Path, target: Path) -> Iterator[tuple[Path, Path, list[str]]]:
    """Yield each folder of `source`, the same folder made in `target`, and its files' names."""
    for folder, _, names in os.walk(source, onerror=_raise):
        place = target / os.path.relpath(folder, source)
        place.mkdir(exist_ok=True)
        yield Path(folder), place, names


def _raise(error: OSError) -> None:
    raise error


def copy_sparse(source: Path, target: Path) -> None:
    """Copy a file with its holes, since the engine's logs are 32 MB files with little in them."""
    with open(source, "rb") as reader, open(target, "wb") as writer:
        size = os.fstat(reader.fileno()).st_size
        writer.truncate(size)
        place = 0
        while (start := _next_data(reader.fileno(), place)) is not None:
            place = os.lseek(reader.fileno(), start, os.SEEK_HOLE)
            _copy_range(reader.fileno(), writer.fileno(), start=start, end=place)


def write_with_holes(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file in which pages of zeros are holes, whoever wrote the zeros."""
    with open(path, "xb") as file:
        for piece in pieces:
            view = memoryview(piece)
            pages = (view[first : first + _PAGE] for first in range(0, len(view), _PAGE))
            for is_hole, run in groupby(pages, key=_is_zero):
                if is_hole:
                    file.seek(sum(map(len, run)), os.SEEK_CUR)
                else:
                    file.writelines(run)
        file.truncate()


def _is_zero(page: memoryview) -> bool:
    return page == _ZEROS[: len(page)]


def _copy_range(reader: int, writer: int, *, start: int, end: int) -> None:
    while start < end:
        data = os.pread(reader, min(_PIECE, end - start), start)
        if not data:
            break
        os.pwrite(writer, data, start)
        start += len(data)
