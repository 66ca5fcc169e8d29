"""The directory of an embedded archive: generations, the pointer to the served one, views, a lock.

    archive/
      current             the name of the served generation; replaced atomically
      lock                held (flock) by the one ingest that may write
      generations/
        00000007/         manifest.json + shard/, never written again
        00000008.part/    being built; stays after a kill, for the next run to go on with
      views/
        1234-ab12cd/      one reader's hard links to a generation's files

The embedded engine wants a directory for itself and rewrites small files in it, so each reader
opens a *view*: hard links to the generation's files, which the engine replaces rather than changes,
beside an empty write-ahead log. The engine skips an update whose log position it has seen, so only
a reader may start from an empty log; a build must copy the log with the rest.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import socket
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveNotFound, ArchiveUnavailable
from rag.store.model import Manifest

_MANIFEST = "manifest.json"
_POINTER = "current"
# The engine writes this file in place when it opens a shard, so a view gets its own copy.
_REWRITTEN = "edge_config.json"
_LOG = "wal"


class ArchiveDirectory:
    """The layout above; knows files and processes, nothing of what the engine stores."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / "generations"
        self._views = root / "views"

    # -- reading ------------------------------------------------------------------------------

    def served(self) -> str | None:
        """Return the name of the served generation, None if nothing was published yet."""
        try:
            return (self.root / _POINTER).read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged(f"{self.root / _POINTER} cannot be read: {error}") from error

    def require_served(self) -> str:
        """Return the name of the served generation.

        Raises:
            ArchiveNotFound: there is no archive here, or nothing in it yet.
        """
        name = self.served()
        if name is None:
            raise ArchiveNotFound(
                f"there is no archive in {self.root}; make one with "
                f"'dateline ingest SOURCE --archive {self.root}'"
            )
        return name

    def shard(self, generation: str) -> Path:
        """Return the folder of a generation's shard."""
        return self._generations / generation / "shard"

    def read_manifest(self, generation: str) -> Manifest:
        """Return a generation's manifest, the sizes of its files checked against it.

        Raises:
            ArchiveDamaged: the manifest cannot be read, or a file is missing, cut or grown.
            FileNotFoundError: the whole generation is gone, as it is after a newer one is served.
        """
        folder = self._generations / generation
        if not folder.exists():
            raise FileNotFoundError(folder)
        try:
            manifest = Manifest.from_json((folder / _MANIFEST).read_text(), str(self.root))
        except OSError as error:
            raise ArchiveDamaged(f"{folder / _MANIFEST} cannot be read: {error}") from error
        for name, (size, _) in manifest.files.items():
            path = folder / "shard" / name
            found = path.stat().st_size if path.exists() else None
            if found != size:
                raise ArchiveDamaged(
                    f"{path} should have {size} bytes and "
                    f"{'is missing' if found is None else f'has {found}'}; "
                    "delete the archive and ingest again, or restore it from a backup"
                )
        return manifest

    def damaged_files(self, generation: str, manifest: Manifest) -> Iterator[str]:
        """Yield the files of a generation whose content is not what was published."""
        for name, (_, digest) in manifest.files.items():
            if _digest(self.shard(generation) / name) != digest:
                yield name

    @contextmanager
    def view(self, generation: str) -> Iterator[Path]:
        """Give a private view of a generation's shard, removed at the end."""
        shard = self.shard(generation)
        try:
            folder, lock = self._new_view()
        except OSError as error:
            if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
                raise ArchiveUnavailable(f"cannot open {self.root}: {error}") from error
            with tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
                _copy_tree(shard, Path(scratch) / "shard")
                yield Path(scratch) / "shard"
            return
        try:
            _link_tree(shard, folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            _lock_path(folder).unlink(missing_ok=True)
            os.close(lock)

    def _new_view(self) -> tuple[Path, int]:
        """Make an empty view folder, its lock held so that nobody takes it for a dead one."""
        self._views.mkdir(exist_ok=True)
        while True:
            folder = self._views / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
            lock = os.open(_lock_path(folder), os.O_CREAT | os.O_RDWR, 0o666)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _lock_path(folder).exists():  # else a cleaner got it between the two lines
                folder.mkdir()
                return folder, lock
            os.close(lock)

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive for writing; make its folders on first use.

        Raises:
            ArchiveBusy: another ingest holds it; the message names it.
            ArchiveUnavailable: the folder cannot be written.
        """
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            self._views.mkdir(exist_ok=True)
            lock = os.open(self.root / "lock", os.O_CREAT | os.O_RDWR, 0o666)
        except OSError as error:
            raise ArchiveUnavailable(f"cannot write to {self.root}: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(lock, 200, 0).decode("utf-8", "replace") or "another process"
            os.close(lock)
            raise ArchiveBusy(
                f"{self.root} is being written by {holder}; wait for it to end, or stop it and run "
                "again: it goes on where it was"
            ) from error
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        try:
            self._remove_dead()
            yield
        finally:
            os.ftruncate(lock, 0)
            os.close(lock)

    def unfinished(self) -> Path | None:
        """Return the folder of the build that an earlier run left, if there is one."""
        return next(iter(sorted(self._generations.glob("*.part"))), None)

    def start_build(self, base: str | None) -> Path:
        """Make the folder of the next generation, a copy of `base` if there is one."""
        number = int(base) + 1 if base else 1
        folder = self._generations / f"{number:08d}.part"
        scratch = folder.with_suffix(".copying")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            if base:
                _copy_tree(self.shard(base), scratch / "shard")
        except OSError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            raise ArchiveUnavailable(f"cannot write to {self.root}: {error.strerror}") from error
        os.rename(scratch, folder)
        return folder

    def discard_build(self, folder: Path) -> None:
        """Remove an unfinished build."""
        shutil.rmtree(folder)

    def publish(self, build: Path, manifest: Manifest) -> None:
        """Serve a finished build, whose shard is closed: readers see it whole or not at all."""
        _write_durably(build / _MANIFEST, manifest.to_json())
        for path in build.rglob("*"):
            _sync(path)
        _sync(build)
        name = build.name.removesuffix(".part")
        os.rename(build, self._generations / name)
        _sync(self._generations)
        _write_durably(self.root / _POINTER, name + "\n")
        self._remove_dead()

    def checked_files(self, shard: Path) -> dict[str, tuple[int, str]]:
        """Return size and digest of every file of a closed shard that opening must not change."""
        return {
            str(path.relative_to(shard)): (path.stat().st_size, _digest(path))
            for path in sorted(shard.rglob("*"))
            if path.is_file() and path.name != _REWRITTEN and path.parent.name != _LOG
        }

    def _remove_dead(self) -> None:
        """Remove old generations, cut-off copies, and the views of processes that are gone.

        A reader of an old generation goes on reading: its view holds links to the same files.
        """
        served = self.served()
        for folder in self._generations.iterdir():
            if folder.name != served and folder.suffix != ".part":
                shutil.rmtree(folder, ignore_errors=True)
        for path in self._views.glob("*.lock"):
            _remove_dead_view(path)


def _remove_dead_view(lock_path: Path) -> None:
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


def _lock_path(view: Path) -> Path:
    return view.with_name(view.name + ".lock")


def _link_tree(source: Path, target: Path) -> None:
    """Hard-link every file of `source` into `target`, but for the log and what is rewritten.

    Raises:
        FileNotFoundError: the generation was removed meanwhile.
    """
    for folder, _, names in os.walk(source, onerror=_raise):
        place = target / os.path.relpath(folder, source)
        place.mkdir(exist_ok=True)
        if place.name == _LOG:
            continue
        for name in names:
            link = shutil.copyfile if name == _REWRITTEN else os.link
            link(os.path.join(folder, name), place / name)


def _raise(error: OSError) -> None:
    raise error


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, copy_function=_copy_sparse)


def _copy_sparse(source: str, target: str) -> None:
    """Copy a file, its holes as holes: the engine's logs are 32 MB files with little in them."""
    with open(source, "rb") as reader, open(target, "wb") as writer:
        size = os.fstat(reader.fileno()).st_size
        writer.truncate(size)
        place = 0
        while place < size:
            try:
                start = os.lseek(reader.fileno(), place, os.SEEK_DATA)
            except OSError as error:
                if error.errno == errno.ENXIO:  # nothing but a hole to the end
                    break
                raise
            place = os.lseek(reader.fileno(), start, os.SEEK_HOLE)
            _copy_range(reader.fileno(), writer.fileno(), start, place)


def _copy_range(reader: int, writer: int, start: int, end: int) -> None:
    while start < end:
        data = os.pread(reader, min(1 << 20, end - start), start)
        if not data:
            break
        os.pwrite(writer, data, start)
        start += len(data)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _write_durably(path: Path, text: str) -> None:
    """Replace a file's content atomically: after a power cut it is the old or the new."""
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(text)
    _sync(scratch)
    os.replace(scratch, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
