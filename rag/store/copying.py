"""Copies an archive into another place: a directory or a Qdrant server, to or from either.

Both archives give their points in the order of their ids, so they are gone through side by side.
What the other place lacks or has differently is written, and what only it has is removed. So a copy
that was stopped goes on where it was, and a second one sends only what has changed. Nothing is
served before the points that were written have been read again and compared.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rag.errors import ArchiveDamaged, ArchiveError
from rag.groups import grouped
from rag.store.interface import Builder, Store
from rag.store.model import ARTICLE, FILE, PASSAGE, WITHDRAWN, FileMark
from rag.store.points import Point, file_point_id

if TYPE_CHECKING:
    from rag.store.directory.backup import Report

# The mark that a copy is under way here. An ingest does not go on with half an archive.
COPY_MARK = "\0copy"
# The marks of files come last: an ingest passes over files that have one.
_STEPS = ((ARTICLE, PASSAGE, WITHDRAWN), (FILE,))
_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy did: `written` and `removed` count points, `digest` is of all of them.

    `newer` says that a newer generation of the archive was served meanwhile, which is not copied.
    """

    articles: int
    passages: int
    points: int
    written: int
    removed: int
    digest: str
    newer: bool


@dataclass(slots=True)
class _Digest:
    """The digest of points that come in the order of their ids, and their number."""

    points: int = 0
    _content: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, digest: bytes) -> None:
        """Add the digest of a point."""
        self._content.update(digest)
        self.points += 1

    def __str__(self) -> str:
        return self._content.hexdigest()


def copy_archive(source: Store, builder: Builder, *, replace: bool, report: "Report") -> Copied:
    """Make what a builder serves next equal to an archive, and serve it.

    Raises:
        ArchiveError: there is an archive or an unfinished ingest, and it is not to be replaced.
        ArchiveDamaged: the archive is not what was published, or what was written is not what was
            read; nothing is served.
    """
    _require_free(builder, replace=replace)
    # The files of a generation that was replaced meanwhile are not there to be checked.
    damage = source.damage() if source.is_current() else []
    if damage:
        raise ArchiveDamaged(
            f"{source.location} was not copied, because {damage[0]}; run 'dateline doctor --deep', "
            "and restore the archive from a backup or ingest its sources into a new one"
        )
    manifest = source.manifest
    about = manifest.articles + manifest.passages
    builder.mark([FileMark(path=COPY_MARK, state=source.location, gave={})])
    read, found = _Digest(), _Digest()
    written = removed = 0
    for kinds in _STEPS:
        changes = _changes(source, builder, kinds, read)
        for group in grouped(changes, _AT_ONCE):
            new = [point for point in group if isinstance(point, Point)]
            gone = [point for point in group if isinstance(point, str)]
            builder.put_whole(new)
            builder.remove_points(gone)
            builder.compact()
            written, removed = written + len(new), removed + len(gone)
            report(min(read.points, about), 2 * about)
    for kinds in _STEPS:
        for point in _copied(builder, kinds):
            found.add(point.digest())
            report(about + min(found.points, about), 2 * about)
    if (str(read), read.points) != (str(found), found.points):
        raise ArchiveDamaged(
            f"what was written is not what {source.location} holds ({found.points:,} points, and "
            f"{read.points:,} were read); nothing was served; copy again, and if it happens again, "
            "run 'dateline doctor' on both"
        )
    if builder.unpublished or not builder.has_served:
        builder.unmark([COPY_MARK])
    made = builder.publish()
    return Copied(
        articles=made.articles,
        passages=made.passages,
        points=found.points,
        written=written,
        removed=removed,
        digest=str(found),
        newer=not source.is_current(),
    )


def is_being_copied(marks: Iterator[FileMark]) -> bool:
    """Say whether a copy into this archive was begun and not finished."""
    return any(mark.path == COPY_MARK for mark in marks)


def _require_free(builder: Builder, *, replace: bool) -> None:
    if replace:
        return
    if builder.has_served:
        raise ArchiveError(
            "there is an archive at the place to which you copy; name another place, or replace it "
            "with --replace"
        )
    if builder.resumed and not is_being_copied(builder.marks()):
        raise ArchiveError(
            "an ingest that was not finished is at the place to which you copy; finish it, name "
            "another place, or replace it with --replace"
        )


def _changes(
    source: Store, builder: Builder, kinds: tuple[str, ...], read: _Digest
) -> Iterator[Point | str]:
    """Yield the points to be written, and the ids of those to be removed, in the order of ids."""
    there = _copied(builder, kinds)
    other = next(there, None)
    for point in _in_order(source.whole_points(*kinds)):
        while other is not None and other.id < point.id:
            yield other.id
            other = next(there, None)
        digest = point.digest()
        read.add(digest)
        if other is not None and other.id == point.id:
            is_equal = other.digest() == digest
            other = next(there, None)
            if is_equal:
                continue
        yield point
    while other is not None:
        yield other.id
        other = next(there, None)


def _copied(builder: Builder, kinds: tuple[str, ...]) -> Iterator[Point]:
    """Stream the points so far, without the mark of the copy itself."""
    mark = file_point_id(COPY_MARK)
    return (p for p in _in_order(builder.whole_points(*kinds)) if p.id != mark)


def _in_order(points: Iterator[Point]) -> Iterator[Point]:
    """Stream points, which must come in the order of their ids, or they cannot be compared."""
    before = ""
    for point in points:
        if point.id <= before:
            raise ArchiveError(f"the point {point.id} came after {before}; points are out of order")
        before = point.id
        yield point
