"""Find the files of the sources, and read the records in each by its content.

A folder is walked in the order of names. Hidden files, links to folders, and folders that hold no
articles (`folders`) are passed over, and told to who asks. Containers are taken apart where they
stand, three deep at most.
"""

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.containers import expansion
from ingest.containers.unpacking import DAMAGE
from ingest.folders import ARCHIVE_NAMES, is_archive, kind_of
from ingest.formats import detect, word
from ingest.formats.kinds import binary_kind, not_an_article
from ingest.found import FoundRecord, Passed, PassedOver, Reason, Skip
from ingest.full_disk import is_full
from ingest.inputs import HEAD_BYTES, Input, TooLarge, path_text
from rag.errors import InputError

_CONTAINERS_DEEP = 3
# The first file in a backup (`rag.store.directory.backup`).
_BACKUP = "backup.json"
# The folder of a WACZ that holds its WARC files.
_WARCS = "archive/"

# Told what is passed over; the default does nothing with it.
PassOver = Callable[[PassedOver], object]


def find_files(sources: Iterable[Path], *, pass_over: PassOver = str) -> Iterator[Path | Skip]:
    """Yield every file of the sources once, each as an absolute path, in a stable order.

    `pass_over` is called with each file or folder that is not looked into.
    """
    seen: set[Path] = set()
    for source in sources:
        for found in _walk(Path(os.path.abspath(source)), pass_over):
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
            yield from _or_nothing(_read_members(source, depth=depth), source, "no file")
        else:
            yield from _or_nothing(_read_records(source, head), source, "no article")
    except OSError as error:
        if is_full(error):
            raise  # it is the temporary folder, and says nothing about the input
        yield _unreadable(source.name, error)
    except TooLarge as error:
        yield Skip(reason=Reason.TOO_LARGE, detail=str(error), path=source.name)
    except (InputError, *DAMAGE) as error:
        yield Skip(reason=Reason.BROKEN, detail=str(error), path=source.name)


def _or_nothing(
    items: Iterator[FoundRecord | Skip], source: Input, what: str
) -> Iterator[FoundRecord | Skip]:
    """Yield what an input gives; if that is nothing, say so, as each input is accounted for."""
    first = next(items, None)
    if first is None:
        yield Skip(reason=Reason.NO_TEXT, detail=f"there is {what} in it", path=source.name)
        return
    yield first
    yield from items


def _read_members(source: Input, *, depth: int) -> Iterator[FoundRecord | Skip]:
    if depth == _CONTAINERS_DEEP:
        detail = f"it is a container more than {_CONTAINERS_DEEP} levels deep; unpack it yourself"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    # Beside its WARC files, a WACZ holds the same pages in lists, and an index.
    only = f"{source.name}!{_WARCS}" if source.suffix == ".wacz" else ""
    for member in expansion.expand(source):
        if isinstance(member, Skip):
            yield member
        elif not member.name.startswith(only):
            continue
        elif member.name == f"{source.name}!{_BACKUP}" and _describes_backup(member):
            detail = "it is a backup of an archive of Dateline; 'dateline restore' reads it"
            yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
            return
        else:
            yield from _read(member, depth=depth + 1)


def _describes_backup(member: Input) -> bool:
    """Say whether the first file of a container is what `dateline backup` writes there."""
    try:
        notes = json.loads(member.read_whole(HEAD_BYTES))
    except (ValueError, InputError):
        return False
    return isinstance(notes, dict) and {"layout", "dateline", "generation"} <= notes.keys()


def _read_records(source: Input, head: bytes) -> Iterator[FoundRecord | Skip]:
    form = detect(head, source.suffix)
    if form is None:
        kind = binary_kind(head) or "binary, of no known format"
        detail = not_an_article(kind)
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    yield from form.read(source)


def _walk(source: Path, pass_over: PassOver) -> Iterator[Path | Skip]:
    """Yield the files of one source; what a person names is walked, whatever it is."""
    if not source.is_dir():
        found = _file(source) if os.path.lexists(source) else _no_such(source)
        yield replace(found, hides=True) if isinstance(found, Skip) else found
        return
    # An archive may lie among the articles; what it is made of is not one of them.
    own = ARCHIVE_NAMES if is_archive(source) else frozenset()
    if own:
        pass_over(PassedOver(kind=Passed.ARCHIVE, path=path_text(source)))
    failures: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=failures.append):
        hidden = own if Path(folder) == source else frozenset()
        folders[:] = _walked(Path(folder), sorted({*folders} - hidden), names, pass_over)
        for name in sorted({*names} - hidden):
            path = Path(folder, name)
            if name.startswith("."):
                pass_over(PassedOver(kind=Passed.HIDDEN, path=path_text(path)))
            else:
                yield _file(path)
    for error in failures:
        yield replace(_unreadable(path_text(Path(error.filename)), error), hides=True)


def _walked(folder: Path, folders: list[str], names: list[str], pass_over: PassOver) -> list[str]:
    """Return the folders in a folder that are to be walked."""
    walked: list[str] = []
    for name in folders:
        path = folder / name
        kind = Passed.LINK if path.is_symlink() else kind_of(path, names)
        if kind is None:
            walked.append(name)
        else:
            pass_over(PassedOver(kind=kind, path=path_text(path)))
    return walked


def _no_such(source: Path) -> Skip:
    detail = "there is no file or folder of this name; check the name"
    return Skip(reason=Reason.UNREADABLE, detail=detail, path=path_text(source))


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
