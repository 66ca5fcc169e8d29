"""Manages the generations of an archive directory: the served one and the one being built.

To serve a generation, its files are synced, its folder is renamed, and the pointer is replaced. So
readers see a whole generation or none, and after a kill in between the next run can finish.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rag.errors import ArchiveDamaged, ArchiveNotFound, ArchiveUnavailable
from rag.store.directory import disk
from rag.store.directory.lock import held, open_lock
from rag.store.directory.views import Views
from rag.store.model import Manifest

_MANIFEST = "manifest.json"
_POINTER = "current"


class ArchiveDirectory:
    """The directory of one archive: the served generation, and the one build beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / "generations"
        self._views = Views(root / "views")

    # -- reading ------------------------------------------------------------------------------

    @property
    def is_made(self) -> bool:
        """Whether something was published here, which may be damaged by now."""
        return (self.root / _POINTER).is_file() and self._generations.is_dir()

    def served(self) -> str | None:
        """Return the name of the served generation; None if nothing was published yet."""
        pointer = self.root / _POINTER
        try:
            name = pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged(f"{pointer} cannot be read: {error}") from error
        if not name.isdigit():
            raise ArchiveDamaged(
                f"{pointer} holds {name!r}, which is not the name of a generation; delete this "
                "file and ingest again, and the newest generation is served"
            )
        return name

    def require_served(self) -> str:
        """Return the name of the served generation.

        Raises:
            ArchiveNotFound: there is no archive here, or it is still empty.
        """
        name = self.served()
        if name is None:
            raise ArchiveNotFound(
                f"there is no archive in {self.root}; create one with "
                f"'dateline ingest SOURCE --archive {self.root}'"
            )
        return name

    def shard(self, generation: str) -> Path:
        """Return the folder of a generation's shard."""
        return self._generations / generation / "shard"

    def read_manifest(self, generation: str) -> Manifest:
        """Return the manifest of a generation after comparing the sizes of its files with it.

        Raises:
            ArchiveDamaged: the manifest cannot be read, or a file is missing, shorter or longer.
            FileNotFoundError: the whole generation is gone, because a newer one is served.
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
                found = disk.digest(self.shard(generation) / name)
            except OSError:  # missing, or on a bad part of the disk
                found = ""
            if found != digest:
                yield name

    def require_sound(self, generation: str) -> None:
        """Do nothing if every file of a generation, read in full, is as it was published.

        Raises:
            ArchiveDamaged: a file is not. A build on it would treat the damage as written data.
        """
        damaged = next(self.damaged_files(generation, self.read_manifest(generation)), None)
        if damaged:
            raise ArchiveDamaged(
                f"{self.shard(generation) / damaged} has changed since it was written; ingest the "
                "sources into a new archive, or restore this one from a backup"
            )

    def view(self, generation: str) -> AbstractContextManager[Path]:
        """Give a private view of a generation's shard, removed at the end."""
        return self._views.of(self.shard(generation))

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
            self._views.make()
            lock = open_lock(self.root)
        except OSError as error:
            raise ArchiveUnavailable(f"cannot write to {self.root}: {error.strerror}") from error
        with held(lock, self.root):
            self._finish_publish()
            self._remove_dead()
            yield

    def require_free(self, needed: int) -> None:
        """Do nothing if the disk of the archive has `needed` bytes left.

        Raises:
            ArchiveUnavailable: the disk has less room; nothing was written.
        """
        free = shutil.disk_usage(self.root).free
        if free < needed:
            raise ArchiveUnavailable(
                f"the disk of {self.root} has {free / 1e6:,.0f} MB free and the next step may take "
                f"{needed / 1e6:,.0f} MB; free some space and run the same command again; it "
                "continues where it stopped"
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

        `prepare` completes the start. Only after that can a later run find and continue the build.
        """
        folder = self._build_folder(base)
        scratch = folder.with_suffix(".copying")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            if base:
                disk.copy_tree(self.shard(base), scratch / "shard")
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
        """Serve a finished build with a closed shard, so that readers see all of it or nothing."""
        disk.write_durably(build / _MANIFEST, manifest.to_json())
        for path in build.rglob("*"):
            disk.sync(path)
        disk.sync(build)
        name = build.name.removesuffix(".part")
        os.rename(build, self._generations / name)
        disk.sync(self._generations)
        disk.write_durably(self.root / _POINTER, name + "\n")
        self._remove_dead()

    def _finish_publish(self) -> None:
        """Serve a whole generation that the pointer does not name because of a kill.

        Raises:
            ArchiveDamaged: the pointer names a generation that is gone; nothing is removed.
        """
        served = self.served()
        names = [path.name for path in self._generations.iterdir() if path.name.isdigit()]
        newest = max(names, default=None)
        if newest and newest > (served or ""):
            disk.write_durably(self.root / _POINTER, newest + "\n")
        elif served not in (None, newest):
            raise ArchiveDamaged(
                f"generation {served} of {self.root} is gone; delete the archive and ingest again, "
                "or restore it from a backup"
            )

    def checked_files(self, shard: Path) -> dict[str, tuple[int, str]]:
        """Return size and digest of every file of a closed shard."""
        return {
            str(path.relative_to(shard)): (path.stat().st_size, disk.digest(path))
            for path in sorted(shard.rglob("*"))
            if path.is_file()
        }

    def _remove_dead(self) -> None:
        """Remove old generations, unfinished copies, and the views of processes that have ended.

        A reader of an old generation can continue, because its view has links to the same files.
        """
        served = self.served()
        for folder in self._generations.iterdir():
            if folder.name != served and folder.suffix != ".part":
                shutil.rmtree(folder, ignore_errors=True)
        self._views.remove_dead()
