"""Read the changed files, so that their articles can be found by words: the first pass of a run.

A file is marked as read when all that it gave is written. If something follows from it that is done
when all is read, its mark waits for that: a kill in between must not lose what is to be done.
"""

from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from ingest.catalog import Catalog
from ingest.files import File
from ingest.found import Reason, Skip
from ingest.intake import Intake
from ingest.plan import Options
from ingest.pool import Ended, Gave, Pool
from ingest.progress import Progress
from ingest.reading import Part, Piece, ReadFiles, save_contents
from ingest.report import Tally
from rag.store.model import FileMark

# A smaller file is read in less time than it takes to start a second process.
_WORTH_SHARING_BYTES = 1_000_000
# A file with more skips than this is read again each time rather than remembered.
_SKIPS_REMEMBERED = 1000


@dataclass(slots=True, kw_only=True)
class WordPass:
    """Reads files into an intake.

    `scratch` is a folder for what the reading processes are told. `held` are the marks that wait,
    of files by their names; `lost` are the files whose second reading failed.
    """

    catalog: Catalog
    intake: Intake
    options: Options
    passage_words: int
    progress: Progress
    scratch: Path
    held: dict[str, FileMark] = field(default_factory=dict)
    lost: list[Skip] = field(default_factory=list)

    def read(self, files: Iterable[File]) -> Tally:
        """Take in what the files give; return the counts."""
        total = Tally()
        tallies: dict[str, Tally] = {}
        unsettled: set[str] = set()
        with closing(self._events(list(files), "reading")) as events:
            for file, event, is_last in events:
                tally = tallies.setdefault(file.name, Tally())
                if isinstance(event, Gave):
                    left = [self.intake.take(read, tally) for read in event.value.records]
                    if any(left):
                        unsettled.add(file.name)
                    continue
                if event.failure:
                    self.intake.lose(_stuck(event, file), tally)
                if is_last:
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
        known = save_contents(*self.catalog.hashes(), Path(mkdtemp(dir=self.scratch), "known.npy"))
        readers: Pool[Part, Piece] = Pool(
            ReadFiles(
                passage_words=self.passage_words,
                known=known,
                columns=self.options.columns,
                pages=self.options.pages,
            ),
            workers=self.options.workers,
            patience_seconds=self.options.record_seconds,
        )
        size, records = sum(file.size for file in files), 0
        with readers, self.progress.step(name, size, "B") as step:
            for event in readers.run(parts):
                part, file = event.task, parts[event.task]
                if isinstance(event, Gave):
                    now = min(event.value.bytes_read, file.size)
                    records += len(event.value.records)
                else:
                    now = file.size
                    left[part.path] -= 1
                yield _Event(file, event, is_last=not left[part.path])
                step.advance(max(now - read_bytes[part], 0) // part.of, f"{records:,} records")
                read_bytes[part] = max(now, read_bytes[part])

    def _parts(self, file: File, files: int) -> list[Part]:
        """Return the shares in which a file is read: more than one where processes would idle."""
        of = self.options.workers // files if file.size >= _WORTH_SHARING_BYTES else 1
        return [Part(file.path, number, max(of, 1)) for number in range(max(of, 1))]

    def _finish(self, file: File, tally: Tally, *, waits: bool) -> None:
        """Mark a file as read, if it was in full, now or when all is settled."""
        stuck = any(skip.reason is Reason.STUCK for skip in tally.skips)
        if stuck or len(tally.skips) + len(tally.notes) > _SKIPS_REMEMBERED:
            return
        mark = FileMark(path=file.name, state=file.state, gave=tally.to_dict())
        if waits or self.catalog.places.is_lacking(file.name):
            self.held[file.name] = mark
        else:
            self.intake.finish(mark)


class _Event(NamedTuple):
    """What came of a file; `is_last` says that no other part of it is left."""

    file: File
    event: Gave[Part, Piece] | Ended[Part]
    is_last: bool


def _stuck(event: Ended[Part], file: File) -> Skip:
    detail = f"{event.failure}; what it gave before that is kept, and the next run tries again"
    return Skip(reason=Reason.STUCK, detail=detail, path=file.name)
