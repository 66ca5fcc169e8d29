"""Tell which input files have changed since they were read, so that only these are read."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.decisions import name_order
from ingest.found import Reason, Skip
from ingest.inputs import path_text
from ingest.sources import PassOver, find_files
from rag.store.model import FileMark


@dataclass(frozen=True, slots=True)
class File:
    """An input file, `changed` so many seconds after 1970.

    Its `state` changes whenever its content may have.
    """

    path: Path
    name: str
    size: int
    state: str
    changed: int = 0

    def is_marked(self, marks: Mapping[str, FileMark]) -> bool:
        """Say whether it was read in full in the state it is in."""
        mark = marks.get(self.name)
        return mark is not None and mark.state == self.state

    def is_read_otherwise(self, marks: Mapping[str, FileMark]) -> bool:
        """Say whether other columns were named for it when it was read, or begun to be read."""
        mark = marks.get(self.name)
        return mark is not None and any(
            reading != self.reading and _rules(reading) == _rules(self.reading)
            for reading in _readings(mark)
        )

    def is_as_it_was(self, marks: Mapping[str, FileMark]) -> bool:
        """Say whether it did not change since it was read."""
        mark = marks.get(self.name)
        return mark is not None and mark.state.rpartition("-")[0] == self.state.rpartition("-")[0]

    @property
    def reading(self) -> str:
        """How it is read, as its state says."""
        return _reading(self.state)

    def begun(self, marks: Mapping[str, FileMark]) -> FileMark:
        """Return a mark that it was begun to be read so, as it was read otherwise before maybe."""
        mark = marks.get(self.name)
        readings = {self.reading, *(_readings(mark) if mark else ())}
        return FileMark(path=self.name, state=_BEGUN, gave={_BEGUN: sorted(readings)})


def find(
    sources: Iterable[Path], *, reading: str, pass_over: PassOver = str
) -> Iterator[File | Skip]:
    """Yield every file of the sources once; how it is read, named by `reading`, is of its state.

    A change that leaves size and both times as they were is not seen, as with every such tool.
    """
    for path in find_files(sources, pass_over=pass_over):
        if isinstance(path, Skip):
            yield path
            continue
        name = path_text(path)
        try:
            status = path.stat()
        except OSError as error:
            detail = f"{error.strerror or error}; check that it exists and that you may read it"
            yield Skip(reason=Reason.UNREADABLE, detail=detail, path=name)
            continue
        state = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{reading}"
        changed = max(int(status.st_mtime), 0)
        yield File(path=path, name=name, size=status.st_size, state=state, changed=changed)


class RunFiles:
    """The files of a run by name, to tell whether the file of an input is among them.

    `passed` are files that are there and are not read, and folders that are not looked into.
    """

    def __init__(
        self, sources: Iterable[Path], files: Iterable[File], passed: Iterable[str] = ()
    ) -> None:
        roots = (path_text(Path(os.path.abspath(source))) for source in sources)
        # Beside a folder "a" there may be a folder "a!", which is no member of it.
        self._roots = {
            root: (root.rstrip(os.sep), (os.sep,) if Path(root).is_dir() else (os.sep, "!"))
            for root in roots
        }
        self._names = {file.name: file.changed for file in files}
        self._passed = set(passed)

    def file_of(self, place: str) -> str | None:
        """Return the file that an input is or is a member of, None if it is not there."""
        return next((name for name in containers(place) if name in self._names), None)

    def order_of(self, place: str) -> str:
        """Return a text that orders inputs by when their files were changed, then by their names.

        Copying many files at once may take them in any order, so a second is not divided.
        """
        changed = self._names.get(self.file_of(place) or "", 0)
        return f"{changed:012d} {name_order(place)}"

    def likely_file_of(self, place: str) -> str:
        """Return the file that an input is or was a member of, also if the run does not read it.

        Folders, files and members may all have a "!" in their names, so the disk is asked.
        """
        there = self.file_of(place)
        return there or next((name for name in containers(place) if Path(name).is_file()), place)

    def roots_of(self, place: str) -> list[str]:
        """Return the sources, as they were named, that an input would be under."""
        return [
            root
            for root, (start, ends) in self._roots.items()
            if place == root or place.startswith(tuple(start + end for end in ends))
        ]

    def is_missing(self, place: str) -> bool:
        """Say whether an input would be under the sources and is not there."""
        if self.file_of(place) is not None or not self.roots_of(place):
            return False
        around = (str(folder) for folder in Path(place).parents)
        return self._passed.isdisjoint((*containers(place), *around))


# The state of a file of which only a part may be stored, and the readings that gave it.
_BEGUN = "begun"


def _readings(mark: FileMark) -> list[str]:
    """Return how a file was read, each time that it was begun."""
    begun = mark.gave.get(_BEGUN)
    return list(begun) if begun else [_reading(mark.state)]


def _reading(state: str) -> str:
    """Return the last part of a state, which names how the file is read."""
    return state.rpartition("-")[2]


def _rules(reading: str) -> str:
    """Return a reading without the columns that are named, which are its last part."""
    return reading.rpartition(".")[0]


def containers(place: str) -> Iterator[str]:
    """Yield the names that the file of an input may have: itself, or what it is a member of."""
    yield place
    end = place.find("!")
    while end >= 0:
        yield place[:end]
        end = place.find("!", end + 1)


def is_under(folder: str, root: str) -> bool:
    """Say whether a folder is anywhere in another one."""
    return folder.startswith(f"{root.rstrip(os.sep)}{os.sep}")
