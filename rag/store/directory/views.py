"""Gives each reader its own view of a generation, and removes it when the reader has ended.

The embedded engine needs a directory for itself and rewrites small files in it. So each reader
opens a *view*, which has hard links to the files of the generation and an empty write-ahead log.
The engine replaces linked files and does not change them. It also skips an update whose log
position it has seen, so only a reader may start with an empty log. A build must have the log too.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ArchiveUnavailable
from rag.store.directory import disk
from rag.store.directory.engine_files import LOG, REWRITTEN_BY_READERS


@dataclass(frozen=True, slots=True)
class Views:
    """The folder of an archive's views; beside each is a lock that its reader holds."""

    folder: Path

    def make(self) -> None:
        """Make the folder on first use."""
        self.folder.mkdir(exist_ok=True)

    def of(
        self, shard: Path, *, without_links: Callable[[Path], AbstractContextManager[Path]]
    ) -> AbstractContextManager[Path]:
        """Give a private view of a shard, removed at the end.

        If links cannot be made, it is what `without_links` gives for the shard.

        Raises:
            FileNotFoundError: the generation was removed meanwhile.
            ArchiveUnavailable: the folder of the views cannot be written.
        """
        return self._view(shard, link=_link_tree, without_links=without_links)

    def whole(self, generation: Path) -> AbstractContextManager[Path]:
        """Give a folder of all files of a generation, for reading only, removed at the end.

        They are links, which stay when the generation is removed. If links cannot be made, it is
        the generation itself.

        Raises:
            FileNotFoundError: the generation was removed meanwhile.
            ArchiveUnavailable: the folder of the views cannot be written.
        """
        return self._view(generation, link=_link_whole, without_links=nullcontext)

    @contextmanager
    def _view(
        self,
        source: Path,
        *,
        link: Callable[[Path, Path], None],
        without_links: Callable[[Path], AbstractContextManager[Path]],
    ) -> Iterator[Path]:
        """Give a view that `link` makes, or what there is instead if links cannot be made."""
        try:
            view, lock = self._linked(source, link=link)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno not in disk.NO_LINKS:
                raise ArchiveUnavailable(f"cannot open {self.folder.parent}: {error}") from error
            with without_links(source) as folder:
                yield folder
            return
        try:
            yield view
        finally:
            _remove(view, lock)

    def remove_dead(self) -> None:
        """Remove the views of processes that are gone."""
        for path in self.folder.glob("*.lock"):
            _remove_if_dead(path)

    def _linked(self, source: Path, *, link: Callable[[Path, Path], None]) -> tuple[Path, int]:
        """Make a view of a folder; return the view's folder and its lock."""
        view, lock = self._new()
        try:
            link(source, view)
        except BaseException:
            _remove(view, lock)
            raise
        return view, lock

    def _new(self) -> tuple[Path, int]:
        """Make an empty view folder and hold its lock, so that nobody thinks it is dead."""
        self.make()
        while True:
            view = self.folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
            lock = os.open(_lock_path(view), os.O_CREAT | os.O_RDWR, 0o666)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _lock_path(view).exists():  # else a cleaner got it between the two lines
                view.mkdir()
                return view, lock
            os.close(lock)


def _remove_if_dead(lock_path: Path) -> None:
    try:
        lock = os.open(lock_path, os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(lock_path.with_suffix(""), ignore_errors=True)
        lock_path.unlink(missing_ok=True)
    except OSError:
        pass  # its reader is alive
    finally:
        os.close(lock)


def _remove(view: Path, lock: int) -> None:
    shutil.rmtree(view, ignore_errors=True)
    _lock_path(view).unlink(missing_ok=True)
    os.close(lock)


def _lock_path(view: Path) -> Path:
    return view.with_name(view.name + ".lock")


def _link_tree(source: Path, target: Path) -> None:
    """Hard-link every file of `source` into `target`, except the log and rewritten files.

    Raises:
        FileNotFoundError: the generation was removed meanwhile.
    """
    for folder, place, names in disk.walk(source, target):
        for name in names if place.name != LOG else ():
            link = shutil.copyfile if name in REWRITTEN_BY_READERS else os.link
            link(folder / name, place / name)


def _link_whole(source: Path, target: Path) -> None:
    for folder, place, names in disk.walk(source, target):
        for name in names:
            os.link(folder / name, place / name)
