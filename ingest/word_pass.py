"""Read the changed files, so that their articles can be found by words: the first pass of a run.

A file is marked as read when all that it gave is written. If something follows from it that is done
when all is read, its mark waits for that: a kill in between must not lose what is to be done.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import NamedTuple

from ingest.catalog import Catalog
from ingest.decisions import Recount
from ingest.engines import Workers
from ingest.files import File
from ingest.found import Reason, Skip
from ingest.full_disk import FULL
from ingest.intake import Intake
from ingest.plan import LACKS, Options
from ingest.pool import Ended, Gave
from ingest.progress import Progress
from ingest.reading import Begun, Part, Piece, Read, ReadFiles, sorted_contents, stuck_record
from ingest.scratch import unavailable
from ingest.tally import Tally
from rag.store.model import FileMark

# A smaller file is read in less time than it takes to start a second process.
_WORTH_SHARING_BYTES = 1_000_000
# Each costs two processes and the reading of its file up to it; after so many, a file is given up.
_MOST_POISON = 20
_NO_MARKS: Mapping[str, FileMark] = {}


@dataclass(slots=True, kw_only=True)
class WordPass:
    """Reads files into an intake.

    `scratch` is a folder for what the reading processes are told. `held` are the files whose marks
    wait, by their names, and what they gave; `lost` are the files whose second reading failed.
    """

    catalog: Catalog
    intake: Intake
    options: Options
    passage_words: int
    progress: Progress
    scratch: Path
    held: dict[str, tuple[File, Tally]] = field(default_factory=dict)
    lost: list[Skip] = field(default_factory=list)
    _poison: dict[Path, set[int]] = field(default_factory=dict)

    def read(self, files: Iterable[File], begun: Mapping[str, FileMark] = _NO_MARKS) -> Tally:
        """Take in what the files give; return the counts.

        `begun` are the marks that files have while only a part of them is written.
        """
        total = Tally()
        tallies: dict[str, Tally] = {}
        unsettled: set[str] = set()
        lost: set[str] = set()
        with closing(self._events(list(files), "reading")) as events:
            for file, event, is_last in events:
                tally = tallies.setdefault(file.name, Tally())
                if isinstance(event, Gave):
                    if (mark := begun.get(file.name)) is not None:
                        self.intake.begin(mark)
                    left = [self.intake.take(read, tally) for read in event.value.records]
                    if any(left):
                        unsettled.add(file.name)
                    continue
                if event.failure:
                    self.intake.lose(_stuck(event, file), tally)
                    lost.add(file.name)
                if is_last:
                    if file.name not in lost:
                        self._finish(file, tally, waits=file.name in unsettled)
                    total.add(tally)
        self.intake.flush()
        return total

    def read_again(self, files: Iterable[File]) -> None:
        """Take in what was left of files that were read, and counted, before."""
        with closing(self._events(list(files), "reading again")) as events:
            for file, event, _ in events:
                if isinstance(event, Gave):
                    for read in event.value.records:
                        self.intake.take(read, Tally())
                elif event.failure:
                    self.lost.append(_stuck(event, file))
        self.intake.flush()

    def marks(self, file_of: Callable[[str], str | None]) -> Iterator[tuple[str, FileMark]]:
        """Yield the marks that waited, as all is settled now; `file_of` is that of an input."""
        recounts: dict[str, Counter[Recount]] = {}
        for path, recount in self.catalog.recounted:
            recounts.setdefault(file_of(path) or "", Counter())[recount] += 1
        for name, (file, tally) in self.held.items():
            tally.recount(recounts.get(name, {}))
            lacks = {LACKS: True} if self.catalog.places.is_lacking(name) else {}
            yield name, FileMark(path=name, state=file.state, gave={**tally.to_dict(), **lacks})

    def lose(self, files: Iterable[File]) -> None:
        """Give up files whose second reading did not give what the first did."""
        detail = (
            "it could not be read a second time, to put its records in order; the next run tries "
            "again"
        )
        known = {skip.path for skip in self.lost}
        self.lost += [
            Skip(reason=Reason.UNREADABLE, detail=detail, path=file.name)
            for file in files
            if file.name not in known
        ]

    def _events(self, files: list[File], name: str) -> Generator["_Event", None, None]:
        """Yield what the files give and their ends, and show how far that is."""
        if not files:
            return
        parts = {part: file for file in files for part in self._parts(file, len(files))}
        left = Counter(part.path for part in parts)
        read_bytes = dict.fromkeys(parts, 0)
        known = sorted_contents(*self.catalog.hashes())
        engine = self.options.engine
        readers: Workers[Part, Piece] = engine.pool(
            ReadFiles(
                passage_words=self.passage_words,
                known=engine.share(known, Path(mkdtemp(dir=self.scratch))),
                columns=self.options.columns,
                ignore_expiry=self.options.ignore_expiry,
                pages=self.options.pages,
            ),
            workers=self.options.workers,
            patience_seconds=self.options.record_seconds,
        )
        size, records = sum(file.size for file in files), 0
        with readers, self.progress.step(name, size, "B") as step:
            for event in self._with_second_tries(readers, list(parts)):
                part = replace(event.task, first=0, carefully=False)
                file = parts[part]
                if isinstance(event, Gave):
                    now = min(event.value.bytes_read, file.size)
                    records += len(event.value.records)
                else:
                    now = file.size
                    left[part.path] -= 1
                yield _Event(file, event, is_last=not left[part.path])
                step.advance(max(now - read_bytes[part], 0) // part.of, f"{records:,} records")
                read_bytes[part] = max(now, read_bytes[part])

    def _with_second_tries(
        self, readers: Workers[Part, Piece], parts: list[Part]
    ) -> Iterator["Gave[Part, Piece] | Ended[Part]"]:
        """Yield what the parts give and the end of each; a record that stops its reader is a skip.

        A part that failed is read again from there, carefully: then it is known on which record its
        reader works when it fails a second time. If that is none, the file itself cannot be read.
        A part whose reader was lost with its machine just goes on with another one.
        """
        reached: dict[Part, int] = {}
        begun: dict[Part, Begun | None] = {}
        poison: Counter[Path] = Counter()
        for event in readers.run(parts):
            part = event.task
            key = replace(part, first=0, carefully=False)
            if isinstance(event, Gave):
                begun[key] = event.value.begun
                if event.value.records:
                    reached[key] = event.value.records[-1].number + 1
                yield event
                continue
            if event.failure == FULL:
                raise unavailable(gettempdir())
            culprit = begun.get(key)
            if event.blameless:
                readers.add(replace(part, first=reached.get(key, part.first)))
            elif event.failure and not part.carefully:
                readers.add(replace(key, first=reached.get(key, 0), carefully=True))
            elif event.failure and culprit and poison[part.path] < _MOST_POISON:
                poison[part.path] += 1
                self._poison.setdefault(part.path, set()).add(culprit.number)
                yield Gave(part, _skipped(culprit, event.failure))
                readers.add(replace(part, first=culprit.number + 1))
            else:
                yield event

    def _parts(self, file: File, files: int) -> list[Part]:
        """Return the shares in which a file is read: more than one where processes would idle."""
        of = self.options.workers // files if file.size >= _WORTH_SHARING_BYTES else 1
        without = frozenset(self._poison.get(file.path, ()))
        return [
            Part(file.path, number, max(of, 1), without=without) for number in range(max(of, 1))
        ]

    def _finish(self, file: File, tally: Tally, *, waits: bool) -> None:
        """Mark a file as read in full, now or when all is settled."""
        if waits or self.catalog.places.is_lacking(file.name):
            self.held[file.name] = (file, tally)
        else:
            self.intake.finish(FileMark(path=file.name, state=file.state, gave=tally.to_dict()))


class _Event(NamedTuple):
    """What came of a file; `is_last` says that no other part of it is left."""

    file: File
    event: Gave[Part, Piece] | Ended[Part]
    is_last: bool


def _skipped(culprit: Begun, failure: str) -> Piece:
    """Return what a record gives that stops whoever works on it."""
    skip = stuck_record(failure, culprit.path, culprit.line)
    return Piece(records=(Read(result=skip, number=culprit.number),), bytes_read=0)


def _stuck(event: Ended[Part], file: File) -> Skip:
    detail = f"{event.failure}; what it gave before that is kept, and the next run tries again"
    return Skip(reason=Reason.STUCK, detail=detail, path=file.name)
