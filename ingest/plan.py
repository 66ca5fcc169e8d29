"""Plan a run: which files must be read, which need not, and which are gone."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.engines import Engine, LocalEngine
from ingest.files import File, RunFiles, containers, find
from ingest.found import Note, PassedOver, Reason, Skip
from ingest.removal import Confirm, refuse
from rag.models.embedding import Embedder
from rag.store.model import FileMark

# Change it when files are read otherwise than before: then all of them are read again.
_READING = 2
# In a file's mark: that articles which it gave before, and gives no more, are still stored.
LACKS = "lacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about it; none of this changes the archive, but for what is deleted.

    `engine` runs the processes. `workers` of them read; `embedding_workers` embed what is more than
    a few articles, `articles_each` at a time, each with an embedder that `load_embedder` gives it
    and so many `embedding_gpus`; 0 workers do it in this process. A record that
    takes longer than `record_seconds` is skipped, as is a file over `max_file_bytes` (0: none is).
    `columns` names the columns of tables; with `ignore_expiry` no article expires; `pages` asks for
    the pages of websites too. `delete_missing` removes articles that the inputs under the sources
    hold no more; a removal that looks like an accident needs the word of `confirm`. `dry_run`
    writes nothing.
    """

    engine: Engine = field(default_factory=LocalEngine)
    workers: int = 0
    embedding_workers: int = 0
    embedding_gpus: int = 0
    # Few, so that no process waits long at the end, and what is written is soon written.
    articles_each: int = 4
    load_embedder: Callable[[], Embedder] | None = None
    record_seconds: float = 120.0
    max_file_bytes: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore_expiry: bool = False
    pages: bool = False
    delete_missing: bool = False
    confirm: Confirm = refuse
    dry_run: bool = False

    @property
    def reading(self) -> str:
        """A name for how files are read: what else than a file's content decides what it gives."""
        decides = json.dumps([sorted(self.columns.items()), self.ignore_expiry, self.pages])
        return f"{_READING}.{hashlib.sha256(decides.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run has to do.

    `changed` files are read, `marked` ones were read in the state they are in. `absent` are marks
    whose files are not `there` any more, and `gone` those of them that are to be deleted.
    `begun` are the marks of changed files until they are read. `otherwise` are the names of files
    that are read otherwise than before, and `edited` those of them that changed too.
    `skips` are what is no file, or too large; `passed` is what was not looked into. `notes` say
    what is not deleted, and why.
    """

    changed: tuple[File, ...]
    marked: tuple[File, ...]
    gone: tuple[str, ...]
    there: RunFiles
    skips: tuple[Skip, ...]
    absent: tuple[str, ...] = ()
    begun: Mapping[str, FileMark] = field(default_factory=dict)
    otherwise: tuple[str, ...] = ()
    edited: frozenset[str] = frozenset()
    passed: tuple[PassedOver, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def files(self) -> tuple[File, ...]:
        """All files that are there."""
        return self.changed + self.marked

    @property
    def unread(self) -> int:
        """How many files are there and are not read, as they are too large."""
        return sum(skip.reason is Reason.TOO_LARGE for skip in self.skips)

    def missing(self, places: Iterable[str]) -> list[str]:
        """Return the inputs whose files are gone, as far as what is there is known."""
        if not self.files or any(skip.hides for skip in self.skips):
            return []
        return [place for place in places if self.there.is_missing(place)]

    def absent_files_of(self, places: Iterable[str]) -> list[str]:
        """Return the marks of the absent files that inputs are or are members of."""
        names = {name for place in places for name in containers(place)}
        return sorted(names.intersection(self.absent))

    def files_of(self, places: Iterable[str]) -> list[File]:
        """Return the files that inputs are or are members of, as far as they are there."""
        names = {self.there.file_of(place) for place in places}
        return [file for file in self.files if file.name in names]


def make_plan(sources: list[Path], marks: Mapping[str, FileMark], options: Options) -> Plan:
    """Return what a run of the sources has to do."""
    passed: list[PassedOver] = []
    found = list(_find(sources, options, passed))
    files = [file for file in found if isinstance(file, File)]
    skips = tuple(skip for skip in found if isinstance(skip, Skip))
    unread = [*(skip.path for skip in skips), *(one.path for one in passed)]
    there = RunFiles(sources, files, unread)
    absent = tuple(path for path in marks if there.is_missing(path)) if files else ()
    # What is not found is gone, but not if a folder could not be read, or there is nothing at all.
    hidden = next((skip for skip in skips if skip.hides), None)
    notes = (_kept(hidden, len(absent)),) if hidden and absent and options.delete_missing else ()
    absent = () if hidden else absent
    marked = [file for file in files if _is_done(file, marks, options)]
    names = {file.name for file in marked}
    changed = tuple(file for file in files if file.name not in names)
    return Plan(
        changed=changed,
        marked=tuple(marked),
        gone=absent if options.delete_missing else (),
        there=there,
        skips=skips,
        absent=absent,
        begun={file.name: file.begun(marks) for file in changed},
        otherwise=tuple(file.name for file in changed if file.is_read_otherwise(marks)),
        edited=frozenset(file.name for file in changed if not file.is_as_it_was(marks)),
        passed=tuple(passed),
        notes=notes,
    )


def _kept(hidden: Skip, count: int) -> Note:
    """Return why files that are gone keep their articles."""
    files = "1 file is" if count == 1 else f"{count:,} files are"
    detail = (
        f"{files} gone from the sources, and nothing of them was removed, because this cannot be "
        "read and they may be there now"
    )
    return Note(detail=detail, path=hidden.path)


def _is_done(file: File, marks: Mapping[str, FileMark], options: Options) -> bool:
    """Say whether a file need not be read; one that lost records is, where those are to go."""
    if not file.is_marked(marks):
        return False
    return not (options.delete_missing and marks[file.name].gave.get(LACKS))


def _find(sources: list[Path], options: Options, passed: list[PassedOver]) -> Iterator[File | Skip]:
    limit = options.max_file_bytes
    for found in find(sources, reading=options.reading, pass_over=passed.append):
        if isinstance(found, File) and limit and found.size > limit:
            detail = f"it has {found.size / 1e6:,.1f} MB; raise DATELINE_MAX_FILE_MB to read it"
            yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=found.name)
        else:
            yield found
