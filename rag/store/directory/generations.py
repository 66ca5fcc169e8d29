"""Manages the generations of an archive directory: the served one and the one being built.

To serve a generation, its files are synced, its folder is renamed, and the pointer is replaced. So
readers see a whole generation or none, and after a kill in between the next run can finish.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveNotFound, ArchiveUnavailable
from rag.store.directory import disk, inheriting
from rag.store.directory.inheriting import Files
from rag.store.directory.lock import held, open_lock
from rag.store.directory.mirrors import view_of_mirror
from rag.store.directory.views import Views
from rag.store.model import Manifest

MANIFEST = "manifest.json"
POINTER = "current"
# A generation that a restore writes. After a kill it is removed as dead.
_RECEIVED = ".received"
_OWN = {"generations", "lock", "views"}


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
        return (self.root / POINTER).is_file() and self._generations.is_dir()

    def served(self) -> str | None:
        """Return the name of the served generation; None if nothing was published yet."""
        pointer = self.root / POINTER
        try:
            name = pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
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

    def made(self, generation: str) -> datetime | None:
        """Return when a generation was made; None if it is gone."""
        try:
            seconds = (self._generations / generation / MANIFEST).stat().st_mtime
        except OSError:
            return None
        return datetime.fromtimestamp(seconds, UTC)

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
            text = (folder / MANIFEST).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged(f"{folder / MANIFEST} cannot be read: {error}") from error
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
            if not inheriting.has_digest(self.shard(generation) / name, digest):
                yield name

    @contextmanager
    def snapshot(self) -> Iterator[tuple[str, Path]]:
        """Give the name of the served generation and a folder of all its files, for reading only.

        The files stay until the end, although an ingest may serve a newer generation meanwhile.

        Raises:
            ArchiveNotFound: there is no archive here, or it is still empty.
            ArchiveDamaged: the served generation is gone.
            ArchiveUnavailable: the files could not be kept, and a newer generation replaced them.
        """
        with ExitStack() as resources:
            while True:
                generation = self.require_served()
                whole = self._generations / generation
                try:
                    folder = resources.enter_context(self._views.whole(whole))
                    break
                except FileNotFoundError as error:
                    if self.served() == generation:
                        raise ArchiveDamaged(_gone(generation, self.root)) from error
            try:
                yield generation, folder
            except ArchiveDamaged as error:
                if folder.exists():
                    raise
                raise ArchiveUnavailable(
                    f"a newer generation of {self.root} was served meanwhile; run this again"
                ) from error

    def view(self, generation: str) -> AbstractContextManager[Path]:
        """Give a private view of a generation's shard, removed at the end.

        Raises:
            FileNotFoundError: the generation was removed meanwhile.
            ArchiveUnavailable: the files can neither be linked nor copied.
        """
        return self._views.of(self.shard(generation), without_links=view_of_mirror)

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
        return disk.size(inheriting.files_of(self._generations / name))

    def size_to_copy(self, generation: str) -> int:
        """Return the bytes that a build on a generation takes at first, as it links the rest."""
        return disk.size(inheriting.copied_files(self.shard(generation)))

    def unfinished(self, base: str | None) -> Path | None:
        """Return the folder of the build that an earlier run started from `base` and left."""
        folder = self._build_folder(base)
        for other in self._generations.glob("*.part"):
            if other != folder:
                shutil.rmtree(other)
        return folder if folder.exists() else None

    def start_build(self, base: str | None, *, prepare: Callable[[Path], None]) -> Path:
        """Make the folder of the next generation, a copy of `base` if there is one.

        Files that never change again are linked. `prepare` completes the start. Only after that
        can a later run find and continue the build.

        Raises:
            ArchiveDamaged: a copied file, read in full, is not as it was published.
            ArchiveUnavailable: the folder cannot be written.
        """
        folder = self._build_folder(base)
        scratch = folder.with_suffix(".copying")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            if base:
                published = self.read_manifest(base).files
                inheriting.copy_sound(self.shard(base), scratch / "shard", published)
            prepare(scratch)
        except ArchiveDamaged:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
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
        disk.write_durably(build / MANIFEST, manifest.to_json())
        self._serve(build)

    @contextmanager
    def receiving(self, *, at_least: int, needed: int, replace: bool) -> Iterator[Path]:
        """Give the folder of a generation that comes from elsewhere, with an empty shard in it.

        At the end it is served, by the number `at_least` or a higher one. After an error everything
        is as before. `needed` is the number of bytes that it takes on the disk.

        Raises:
            ArchiveError: there is something here already, and it is not to be replaced.
            ArchiveBusy: another process writes to the archive.
            ArchiveUnavailable: the folder cannot be written, or has too little room.
        """
        self._require_place(replace=replace)
        is_new = not self.root.exists()
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            lock = open_lock(self.root)
        except OSError as error:
            raise ArchiveUnavailable(f"cannot write to {self.root}: {error.strerror}") from error
        with held(lock, self.root):
            self._remove_received()
            names = [path.stem for path in self._generations.iterdir()]
            newest = max((int(name) for name in names if name.isdigit()), default=0)
            folder = self._generations / f"{max(newest + 1, at_least):08d}{_RECEIVED}"
            try:
                self.require_free(needed)
                (folder / "shard").mkdir(parents=True)
                yield folder
                self._serve(folder)
            except OSError as error:
                reason = error.strerror or error
                raise ArchiveUnavailable(f"cannot write to {self.root}: {reason}") from error
            finally:
                self._remove_received()
                self._leave_nothing(is_new=is_new)

    def adopt(self, other: "ArchiveDirectory") -> None:
        """Serve what another archive on the same disk serves instead, and remove that archive.

        Raises:
            ArchiveBusy: another process writes to this archive.
            ArchiveUnavailable: the folder cannot be written.
        """
        served = other._generations / other.require_served()
        with self.receiving(at_least=1, needed=0, replace=True) as folder:
            os.rename(served / "shard", folder / "shard")
            os.rename(served / MANIFEST, folder / MANIFEST)
        shutil.rmtree(other.root, ignore_errors=True)

    def _require_place(self, *, replace: bool) -> None:
        """Do nothing if a generation from elsewhere may be written here.

        Raises:
            ArchiveError: it may not; the message says why.
        """
        try:
            there = {path.name for path in self.root.iterdir()}
            builds = {path.suffix for path in self._generations.glob("*")}
        except FileNotFoundError:
            return
        except NotADirectoryError as error:
            raise ArchiveError(f"{self.root} is a file; name a folder") from error
        if there <= _OWN and builds <= {_RECEIVED}:  # empty, or a killed restore left it
            return
        if "generations" not in there:
            raise ArchiveError(
                f"{self.root} holds files, but no archive; name a folder that is empty or new"
            )
        if not replace:
            raise ArchiveError(
                f"there is an archive in {self.root}; name another folder, or add --replace to "
                "replace it"
            )

    def _remove_received(self) -> None:
        for folder in self._generations.glob(f"*{_RECEIVED}"):
            shutil.rmtree(folder, ignore_errors=True)

    def _leave_nothing(self, *, is_new: bool) -> None:
        """Remove the folders of an archive in which nothing was ever written."""
        with suppress(OSError):  # there is something in them
            self._generations.rmdir()
            (self.root / "lock").unlink()
            if is_new:
                self.root.rmdir()

    def _serve(self, build: Path) -> None:
        """Put a finished build on the disk and serve it."""
        for path in build.rglob("*"):
            disk.sync(path)
        disk.sync(build)
        name = build.stem
        os.rename(build, self._generations / name)
        disk.sync(self._generations)
        disk.write_durably(self.root / POINTER, name + "\n")
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
            disk.write_durably(self.root / POINTER, newest + "\n")
        elif served not in (None, newest):
            raise ArchiveDamaged(_gone(served, self.root))

    def checked_files(self, shard: Path, *, base: str | None = None) -> Files:
        """Return size and digest of every file of a closed build on `base`.

        Raises:
            ArchiveDamaged: a file of `base` was written to since it was published, or the engine
                took something from a damaged one, which would now be served as sound.
        """
        if base is None:
            return inheriting.checked_files(shard)
        origin = inheriting.Origin(
            shard=self.shard(base),
            files=self.read_manifest(base).files,
            published=(self._generations / base / MANIFEST).stat().st_mtime_ns,
        )
        return inheriting.checked_files(shard, origin)

    def _remove_dead(self) -> None:
        """Remove old generations, unfinished copies, and the views of processes that have ended.

        A reader of an old generation can continue, because its view has links to the same files.
        """
        served = self.served()
        for folder in self._generations.iterdir():
            if folder.name != served and folder.suffix != ".part":
                shutil.rmtree(folder, ignore_errors=True)
        self._views.remove_dead()


def _gone(generation: str | None, root: Path) -> str:
    return (
        f"generation {generation} of {root} is gone; delete the archive and ingest again, "
        "or restore it from a backup"
    )
