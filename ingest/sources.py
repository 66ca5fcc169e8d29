"""Source arguments -> the records in their files, told apart by content.

A folder is walked in the order of names; hidden files are left out, links to folders not followed.
Containers are taken apart where they stand, three deep at most.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.containers import expansion
from ingest.containers.unpacking import DAMAGE
from ingest.formats import detect
from ingest.found import Found, Reason, Skip
from ingest.inputs import Input, path_text
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


def read_file(path: Path) -> Iterator[Found | Skip]:
    """Yield the records of one file; what cannot be read is a skip, never an error."""
    yield from _read(Input.of_file(path), depth=0)


def _read(source: Input, *, depth: int) -> Iterator[Found | Skip]:
    """Yield the records of an input or, if it is a container, those of its members."""
    try:
        head = source.head()
        if not head.strip():
            yield Skip(reason=Reason.EMPTY, detail="it has no content", path=source.name)
        elif expansion.matches(head, source.suffix):
            yield from _read_members(source, depth=depth)
        else:
            yield from _read_records(source, head)
    except OSError as error:
        yield _unreadable(source.name, error)
    except (InputError, *DAMAGE) as error:
        yield Skip(reason=Reason.BROKEN, detail=str(error), path=source.name)


def _read_members(source: Input, *, depth: int) -> Iterator[Found | Skip]:
    if depth == _CONTAINERS_DEEP:
        detail = f"containers are nested more than {_CONTAINERS_DEEP} deep; unpack it by hand"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    for member in expansion.expand(source):
        if isinstance(member, Skip):
            yield member
        else:
            yield from _read(member, depth=depth + 1)


def _read_records(source: Input, head: bytes) -> Iterator[Found | Skip]:
    form = detect(head, source.suffix)
    if form is None:
        detail = "it has binary content; give text or a format that the documents list"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    yield from form.read(source)


def _walk(source: Path) -> Iterator[Path | Skip]:
    if not source.is_dir():
        if source.exists():
            yield source
        else:
            detail = "there is no such file or folder; check the name"
            yield Skip(reason=Reason.UNREADABLE, detail=detail, path=path_text(source))
        return
    failures: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path
    for error in failures:
        yield _unreadable(path_text(Path(error.filename)), error)


def _unreadable(path: str, error: OSError) -> Skip:
    detail = f"{error.strerror or error}; check that it exists and that you may read it"
    return Skip(reason=Reason.UNREADABLE, detail=detail, path=path)
