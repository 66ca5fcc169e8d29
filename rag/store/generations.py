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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveNotFound, ArchiveUnavailable
from rag.store.model import Manifest

_MANIFEST = "manifest.json"
_POINTER = "current"
# The engine writes these in place when it opens or closes a shard, so a view gets its own copies;
# a point takes 10 bytes of them.
_REWRITTEN = (
    "edge_config.json",
    "id_tracker.versions",
    "id_tracker.deleted",
    "mutable_id_tracker.versions",
    "mutable_id_tracker.mappings",
)
_LOG = "wal"
# Why a view cannot be linked: a folder that is not ours to write, files that are not ours (the
# kernel's fs.protected_hardlinks), a file system without hard links.
_NO_LINKS = (errno.EROFS, errno.EACCES, errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP)


class ArchiveDirectory:
    """The layout above; knows files and processes, nothing of what the engine stores."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / "generations"
        self._views = root / "views"

    # -- reading ------------------------------------------------------------------------------

    def served(self) -> str | None:
        """Return the name of the served generation, None if nothing was published yet."""
        pointer = self.root / _POINTER
        try:
            name = pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged(f"{pointer} cannot be read: {error}") from error
        if not name.isdigit():
            raise ArchiveDamaged(
                f"{pointer} holds {name!r}, wanted the name of a generation; delete this file and "
                "ingest again: the newest generation is then served"
            )
        return name

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
            raise FileNotFoundError(errno.ENOENT, "the generation is gone", str(folder))
        try:
            text = (folder / _MANIFEST).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged(f"{folder / _MANIFEST} cannot be read: {error}") from error
        manifest = Manifest.from_json(text, str(self.root))
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
            try:
                found = _digest(self.shard(generation) / name)
            except OSError:  # missing, or on a bad part of the disk
                found = ""
            if found != digest:
                yield name

    def require_sound(self, generation: str) -> None:
        """Do nothing if every file of a generation is as it was published, read in full.

        Raises:
            ArchiveDamaged: one is not: built upon, the damage would be taken for what was written.
        """
        damaged = next(self.damaged_files(generation, self.read_manifest(generation)), None)
        if damaged:
            raise ArchiveDamaged(
                f"{self.shard(generation) / damaged} is not what was written; ingest the sources "
                "into a new archive, or restore this one from a backup"
            )

    @contextmanager
    def view(self, generation: str) -> Iterator[Path]:
        """Give a private view of a generation's shard, removed at the end."""
        shard = self.shard(generation)
        try:
            folder, lock = self._linked_view(shard)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise ArchiveUnavailable(f"cannot open {self.root}: {error}") from error
            with tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
                _copy_view(shard, Path(scratch) / "shard")
                yield Path(scratch) / "shard"
            return
        try:
            yield folder
        finally:
            _remove_view(folder, lock)

    def _linked_view(self, shard: Path) -> tuple[Path, int]:
        """Make a view of a shard; return its folder and its lock."""
        folder, lock = self._new_view()
        try:
            _link_tree(shard, folder)
        except BaseException:
            _remove_view(folder, lock)
            raise
        return folder, lock

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
            ArchiveDamaged: the served generation is gone.
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
            self._finish_publish()
            self._remove_dead()
            yield
        finally:
            os.ftruncate(lock, 0)
            os.close(lock)

    def require_free(self, needed: int) -> None:
        """Do nothing if the archive's disk has so many bytes left.

        Raises:
            ArchiveUnavailable: it has not; nothing was written.
        """
        free = shutil.disk_usage(self.root).free
        if free < needed:
            raise ArchiveUnavailable(
                f"the disk of {self.root} has {free / 1e6:,.0f} MB free and the next step may take "
                f"{needed / 1e6:,.0f} MB; free some space and run the same command again: it goes "
                "on where it was"
            )

    def size(self, name: str) -> int:
        """Return the bytes that a generation or a build takes on the disk."""
        files = (path for path in (self._generations / name).rglob("*") if path.is_file())
        return sum(path.stat().st_blocks * 512 for path in files)

    def unfinished(self, base: str | None) -> Path | None:
        """Return the folder of the build that an earlier run started from `base` and left."""
        folder = self._build_folder(base)
        for other in self._generations.glob("*.part"):
            if other != folder:
                shutil.rmtree(other)
        return folder if folder.exists() else None

    def start_build(self, base: str | None, *, prepare: Callable[[Path], None]) -> Path:
        """Make the folder of the next generation, a copy of `base` if there is one.

        `prepare` completes the start; only then is the folder there for a later run to go on with.
        """
        folder = self._build_folder(base)
        scratch = folder.with_suffix(".copying")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            if base:
                _copy_tree(self.shard(base), scratch / "shard")
            prepare(scratch)
        except OSError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            raise ArchiveUnavailable(f"cannot write to {self.root}: {error.strerror}") from error
        os.rename(scratch, folder)
        return folder

    def _build_folder(self, base: str | None) -> Path:
        return self._generations / f"{int(base or 0) + 1:08d}.part"

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

    def _finish_publish(self) -> None:
        """Serve a generation that a kill left whole, but not yet pointed to.

        Raises:
            ArchiveDamaged: the pointer names a generation that is gone; what is there stays.
        """
        served = self.served()
        names = [path.name for path in self._generations.iterdir() if path.name.isdigit()]
        newest = max(names, default=None)
        if newest and newest > (served or ""):
            _write_durably(self.root / _POINTER, newest + "\n")
        elif served not in (None, newest):
            raise ArchiveDamaged(
                f"generation {served} of {self.root} is gone; delete the archive and ingest again, "
                "or restore it from a backup"
            )

    def checked_files(self, shard: Path) -> dict[str, tuple[int, str]]:
        """Return size and digest of every file of a closed shard."""
        return {
            str(path.relative_to(shard)): (path.stat().st_size, _digest(path))
            for path in sorted(shard.rglob("*"))
            if path.is_file()
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


def _remove_view(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _lock_path(folder).unlink(missing_ok=True)
    os.close(lock)


def _lock_path(view: Path) -> Path:
    return view.with_name(view.name + ".lock")


def _link_tree(source: Path, target: Path) -> None:
    """Hard-link every file of `source` into `target`, but for the log and what is rewritten.

    Raises:
        FileNotFoundError: the generation was removed meanwhile.
    """
    for folder, place, names in _walk(source, target):
        for name in names if place.name != _LOG else ():
            link = shutil.copyfile if name in _REWRITTEN else os.link
            link(folder / name, place / name)


def _copy_view(source: Path, target: Path) -> None:
    try:
        _copy_tree(source, target)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ArchiveUnavailable(f"cannot copy {source} to {target}: {error.strerror}") from error


def _copy_tree(source: Path, target: Path) -> None:
    for folder, place, names in _walk(source, target):
        for name in names:
            _copy_sparse(folder / name, place / name)


def _walk(source: Path, target: Path) -> Iterator[tuple[Path, Path, list[str]]]:
    """Yield every folder of `source`, the same folder made in `target`, and its files' names."""
    for folder, _, names in os.walk(source, onerror=_raise):
        place = target / os.path.relpath(folder, source)
        place.mkdir(exist_ok=True)
        yield Path(folder), place, names


def _raise(error: OSError) -> None:
    raise error


def _copy_sparse(source: Path, target: Path) -> None:
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
