"""Tell which input files have changed since they were read, so that only these are read."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.found import Reason, Skip
from ingest.inputs import path_text
from ingest.sources import find_files
from rag.store.model import FileMark


@dataclass(frozen=True, slots=True)
class File:
    """An input file; its `state` changes whenever its content may have."""

    path: Path
    name: str
    size: int
    state: str

    def is_marked(self, marks: Mapping[str, FileMark]) -> bool:
        """Say whether it was read in full in the state it is in."""
        mark = marks.get(self.name)
        return mark is not None and mark.state == self.state


def find(sources: Iterable[Path], *, reading: str) -> Iterator[File | Skip]:
    """Yield every file of the sources once; how it is read, named by `reading`, is of its state.

    A change that leaves size and both times as they were is not seen, as with every such tool.
    """
    for path in find_files(sources):
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
        yield File(path=path, name=name, size=status.st_size, state=state)


class RunFiles:
    """The files of a run by name, to tell whether the file of an input is among them."""

    def __init__(self, sources: Iterable[Path], files: Iterable[File]) -> None:
        roots = (path_text(Path(os.path.abspath(source))) for source in sources)
        self._roots = [root.rstrip(os.sep) for root in roots]
        self._names = {file.name for file in files}

    def file_of(self, place: str) -> str | None:
        """Return the file that an input is or is a member of, None if it is not there."""
        end = place.find("!")
        while end >= 0:
            if place[:end] in self._names:
                return place[:end]
            end = place.find("!", end + 1)
        return place if place in self._names else None

    def is_missing(self, place: str) -> bool:
        """Say whether an input would be under the sources and is not there."""
        under = any(place == r or place.startswith((f"{r}{os.sep}", f"{r}!")) for r in self._roots)
        return under and self.file_of(place) is None
