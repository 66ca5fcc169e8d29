"""Find the files of the sources, and read the records in each by its content.

A folder is walked in the order of names; hidden files are left out, links to folders not followed.
Containers are taken apart where they stand, three deep at most.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.containers import expansion
from ingest.containers.unpacking import DAMAGE
from ingest.formats import detect, word
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, Input, TooLarge, path_text
from rag.errors import InputError

_CONTAINERS_DEEP = 3


def find_files(sources: Iterable[Path]) -> Iterator[Path | Skip]:
    """Yield every file of the sources once, each as an absolute path, in a stable order."""
    seen: set[Path] = set()
    for source in sources:
        for found in _walk(Path(os.path.abspath(source))):
            if isinstance(found, Skip):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def read_file(path: Path) -> Iterator[FoundRecord | Skip]:
    """Yield the records of one file; what cannot be read is a skip, never an error."""
    yield from read_input(Input.of_file(path))


def read_input(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the records of one input; what cannot be read is a skip, never an error."""
    yield from _read(source, depth=0)


def _read(source: Input, *, depth: int) -> Iterator[FoundRecord | Skip]:
    """Yield the records of an input or, if it is a container, those of its members."""
    try:
        head = source.head()
        if not head.strip() and len(head) < HEAD_BYTES:
            yield Skip(reason=Reason.EMPTY, detail="it has no content", path=source.name)
        elif expansion.matches(head, source.suffix) and not word.matches(head, source.suffix):
            yield from _read_members(source, depth=depth)
        else:
            yield from _read_records(source, head)
    except OSError as error:
        yield _unreadable(source.name, error)
    except TooLarge as error:
        yield Skip(reason=Reason.TOO_LARGE, detail=str(error), path=source.name)
    except (InputError, *DAMAGE) as error:
        yield Skip(reason=Reason.BROKEN, detail=str(error), path=source.name)


def _read_members(source: Input, *, depth: int) -> Iterator[FoundRecord | Skip]:
    if depth == _CONTAINERS_DEEP:
        detail = f"it is a container more than {_CONTAINERS_DEEP} levels deep; unpack it yourself"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    for member in expansion.expand(source):
        if isinstance(member, Skip):
            yield member
        else:
            yield from _read(member, depth=depth + 1)


def _read_records(source: Input, head: bytes) -> Iterator[FoundRecord | Skip]:
    form = detect(head, source.suffix)
    if form is None:
        detail = "its content is binary and of no known format; docs/formats.md lists the formats"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    yield from form.read(source)


def _walk(source: Path) -> Iterator[Path | Skip]:
    if not source.is_dir():
        if os.path.lexists(source):
            yield _file(source)
        else:
            detail = "there is no file or folder of this name; check the name"
            yield Skip(reason=Reason.UNREADABLE, detail=detail, path=path_text(source))
        return
    failures: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _file(Path(folder, name))
    for error in failures:
        yield _unreadable(path_text(Path(error.filename)), error)


def _file(path: Path) -> Path | Skip:
    """Return the path of a file; what would never end to read, or leads nowhere, is a skip."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return _unreadable(path_text(path), error)
    if stat.S_ISREG(mode):
        return path
    detail = "it is a device, a pipe or a socket, not a file"
    return Skip(reason=Reason.NOT_TEXT, detail=detail, path=path_text(path))


def _unreadable(path: str, error: OSError) -> Skip:
    detail = f"{error.strerror or error}; check that it exists and that you may read it"
    return Skip(reason=Reason.UNREADABLE, detail=detail, path=path)
