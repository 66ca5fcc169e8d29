"""Makes a build from the generation before: its unchanging files are linked, the others copied.

A linked file keeps the digest that it was published with, so damage to it is found at any time, as
in the generation before. It must not spread: what the engine makes from damaged files would get
digests of its own. So the copied files are read in full when a build begins. When it ends, so are
the linked files of each segment from which the engine took something, and any that was written to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ArchiveDamaged
from rag.store.directory import disk
from rag.store.directory.engine_files import is_version, segment_of, unchanging_files

Files = Mapping[str, tuple[int, str]]  # size and digest of each file of a shard, by its name in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The shard that a build was made from, as it was published.

    `published` is when that was, in nanoseconds of the file system's clock.
    """

    shard: Path
    files: Files
    published: int


def files_of(shard: Path) -> Iterator[Path]:
    """Yield all files of a shard, in the order of their names."""
    return (path for path in sorted(shard.rglob("*")) if path.is_file())


def copied_files(shard: Path) -> Iterator[Path]:
    """Yield the files of a shard that a build on it copies, as it links the others."""
    linked = {shard / name for name in unchanging_files(shard)}
    return (path for path in files_of(shard) if path not in linked)


def copy_sound(source: Path, target: Path, published: Files) -> None:
    """Copy a published shard for a build, or link what never changes.

    Raises:
        ArchiveDamaged: a file, other than the linked ones of segments, is not as it was published.
    """
    disk.copy_tree(source, target, linked=unchanging_files(source))
    for name, (_, digest) in published.items():
        is_linked = disk.is_same_file(source / name, target / name)
        if not (is_linked and segment_of(name)) and not has_digest(target / name, digest):
            raise _damaged(source / name)


def checked_files(shard: Path, origin: Origin | None = None) -> Files:
    """Return size and digest of every file of a closed build.

    A linked file has the digest that it was published with, and is not read if its segment was left
    alone.

    Raises:
        ArchiveDamaged: a file of the origin that the build took something from is not as it was
            published, or a linked file was written to.
    """
    if origin is None:
        return {name: _state(path) for name, path in _named(shard)}
    files = dict(_checked(shard, origin))
    _require_sound(origin, files)
    return files


def has_digest(path: Path, digest: str) -> bool:
    """Say whether a file can be read and has a digest; a disk may have bad parts."""
    try:
        return disk.digest(path) == digest
    except OSError:
        return False


def _named(shard: Path) -> Iterator[tuple[str, Path]]:
    return ((path.relative_to(shard).as_posix(), path) for path in files_of(shard))


def _state(path: Path) -> tuple[int, str]:
    return path.stat().st_size, disk.digest(path)


def _checked(shard: Path, origin: Origin) -> Iterator[tuple[str, tuple[int, str]]]:
    for name, path in _named(shard):
        if name in origin.files and disk.is_same_file(path, origin.shard / name):
            state = origin.files[name]
            is_written = path.stat().st_mtime_ns > origin.published
            if is_written and not has_digest(path, state[1]):
                raise _damaged(origin.shard / name)
            yield name, state
        else:
            yield name, _state(path)


def _require_sound(origin: Origin, files: Files) -> None:
    """Do nothing if the segments that a build with `files` was made from are as published.

    A segment was left alone if nothing but its version changed.

    Raises:
        ArchiveDamaged: a file is not.
    """
    published = origin.files
    changed = (name for name in published if files.get(name) != published[name])
    used = {segment_of(name) for name in changed if not is_version(name)} - {None}
    for name in sorted(unchanging_files(origin.shard) & published.keys()):
        if segment_of(name) in used and not has_digest(origin.shard / name, published[name][1]):
            raise _damaged(origin.shard / name)


def _damaged(path: Path) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path} has changed since it was written; ingest the sources into a new archive, or "
        "restore this one from a backup"
    )
