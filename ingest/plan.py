"""Plan a run: which files must be read, which need not, and which are gone."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.files import File, RunFiles, find
from ingest.found import Reason, Skip
from rag.models.embedding import Embedder
from rag.store.model import FileMark

# Change it when files are read otherwise than before: then all of them are read again.
_READING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about it; none of this changes the archive, but for what is deleted.

    `workers` processes read; `embedding_workers` embed what is more than a few articles, each with
    an embedder that `load_embedder` gives it; 0 does it in this process. A record that
    takes longer than `record_seconds` costs its file, a file over `max_file_bytes` is skipped (0:
    none is). `columns` names the columns of tables, `pages` asks for
    the pages of websites too. `delete_missing` removes articles whose inputs
    under the sources are gone, `dry_run` writes nothing.
    """

    workers: int = 0
    embedding_workers: int = 0
    load_embedder: Callable[[], Embedder] | None = None
    record_seconds: float = 120.0
    max_file_bytes: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    pages: bool = False
    delete_missing: bool = False
    dry_run: bool = False

    @property
    def reading(self) -> str:
        """A name for how files are read: what else than a file's content decides what it gives."""
        decides = [_READING, sorted(self.columns.items()), self.max_file_bytes]
        decides += ["pages"] if self.pages else []
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run has to do.

    `changed` files are read, `marked` ones were read in the state they are in. `gone` are marks
    whose files are not `there` any more, where those are to be deleted; `skips` what is no file, or
    too large.
    """

    changed: tuple[File, ...]
    marked: tuple[File, ...]
    gone: tuple[str, ...]
    there: RunFiles
    skips: tuple[Skip, ...]

    @property
    def files(self) -> tuple[File, ...]:
        """All files that are there."""
        return self.changed + self.marked

    def files_of(self, places: Iterable[str]) -> list[File]:
        """Return the files that inputs are or are members of, as far as they are there."""
        names = {self.there.file_of(place) for place in places}
        return [file for file in self.files if file.name in names]


def make_plan(sources: list[Path], marks: Mapping[str, FileMark], options: Options) -> Plan:
    """Return what a run of the sources has to do."""
    found = list(_find(sources, options))
    files = [file for file in found if isinstance(file, File)]
    skips = tuple(skip for skip in found if isinstance(skip, Skip))
    there = RunFiles(sources, files)
    # What is not found is gone, but not if a folder could not be read, or there is nothing at all.
    unreadable = any(skip.reason is Reason.UNREADABLE for skip in skips)
    may_delete = options.delete_missing and bool(files) and not unreadable
    return Plan(
        changed=tuple(file for file in files if not file.is_marked(marks)),
        marked=tuple(file for file in files if file.is_marked(marks)),
        gone=tuple(path for path in marks if there.is_missing(path)) if may_delete else (),
        there=there,
        skips=skips,
    )


def _find(sources: list[Path], options: Options) -> Iterator[File | Skip]:
    limit = options.max_file_bytes
    for found in find(sources, reading=options.reading):
        if isinstance(found, File) and limit and found.size > limit:
            detail = f"it has {found.size / 1e6:,.1f} MB; raise DATELINE_MAX_FILE_MB to read it"
            yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=found.name)
        else:
            yield found
