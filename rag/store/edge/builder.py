"""Builds the next generation of an archive directory: the `Builder` of the embedded engine.

It uses `shard` for the points, and `rag.store.directory` for the folders of the shards.
"""

import dataclasses
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from rag.errors import ArchiveDamaged
from rag.store.building import GenerationBuilder
from rag.store.directory import ArchiveDirectory
from rag.store.directory.inheriting import Files
from rag.store.edge.shard import Shard
from rag.store.edge.store import EdgeStore, require_counts
from rag.store.model import IndexedArticle, Manifest, PassageVectors, Recipe
from rag.store.points import Point

# How many passages are written between two merges, which decides how much memory a merge takes.
# With 25,000, an ingest of 178,000 passages stays under 1 GB. One merge at the end takes 2.8 GB.
_COMPACT_PASSAGES = 25_000
# The free space that must be left. The engine takes several pieces of 32 MB at a time, and the
# system kills it if there is no room for a piece.
_RESERVE_BYTES = 128 * 1024 * 1024
# A merge writes a new segment beside those that it replaces.
_MERGE_BYTES = 2 * 200 * 1024 * 1024


class EdgeBuilder(GenerationBuilder[Shard]):
    """Builds the next generation of an archive directory; one at a time, resumable."""

    def __init__(self, root: Path, recipe: Recipe) -> None:
        super().__init__(recipe, str(root))
        self._directory = ArchiveDirectory(root)
        self._resources = ExitStack()
        self._reader: EdgeStore | None = None
        self._since_compaction = 0
        self._resources.enter_context(self._directory.writing())
        try:
            self._base = self._directory.served()
            if self._base:
                manifest = self._directory.read_manifest(self._base)
                manifest.recipe.require(recipe, self.location)
            self._build = self._resume()
            self.resumed = self._build is not None
        except BaseException:
            self._resources.close()
            raise

    @property
    def has_served(self) -> bool:
        """Whether there is a generation that is served."""
        return self._base is not None

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles without vectors, replacing those of the same id."""
        if entries:
            text = sum(len(entry.article.text) for entry in entries)
            self._directory.require_free(_RESERVE_BYTES + 8 * text)
        super().put(entries)
        self._since_compaction += sum(len(entry.passages) for entry in entries)

    def put_whole(self, points: Sequence[Point]) -> None:
        """Write points of another archive as they were there."""
        size = sum(len(repr(point.payload)) for point in points)
        vectors = sum(point.sentences.nbytes for point in points if point.sentences is not None)
        self._directory.require_free(_RESERVE_BYTES + 8 * size + 2 * vectors)
        super().put_whole(points)
        self._since_compaction += sum(point.terms is not None for point in points)

    def add_vectors(self, entries: Sequence[Sequence[PassageVectors]]) -> None:
        """Write the vectors of all passages of each article."""
        if any(entries):
            size = sum(passage.vectors.nbytes for entry in entries for passage in entry)
            self._directory.require_free(_RESERVE_BYTES + 2 * size)
        super().add_vectors(entries)
        self._since_compaction += sum(map(len, entries))

    def compact(self) -> None:
        """Merge what was written if it is much, to limit the memory."""
        if self._build and self._since_compaction >= _COMPACT_PASSAGES:
            self._since_compaction = 0
            self._require_room_to_merge(self._build)
            self._build.compact()

    def publish(self) -> Manifest:
        """Index, flush and verify the build, then serve it; nothing happens if nothing changed."""
        if self._build is None and self._base is not None:
            return self._directory.read_manifest(self._base)
        build = self._begin()
        self._require_room_to_merge(build)
        build.settle()
        manifest = self._counted(build)
        build.close()
        self._build = None
        files = self._checked_files(build.folder)
        manifest = dataclasses.replace(manifest, files=files)
        self._forget_served()
        self._directory.publish(build.folder.parent, manifest)
        self._base = self._directory.served()
        EdgeStore(Path(self.location)).close()  # opening it checks it
        return manifest

    def close(self) -> None:
        """Stop; an unpublished build stays for the next run."""
        try:
            self._forget_served()
            if self._build is not None:
                self._build.close()
                self._build = None
        finally:
            self._resources.close()

    def _resume(self) -> Shard | None:
        """Return the opened build that an earlier run left, if this run can continue it.

        A build that was made differently or cannot be loaded is started again, because it was never
        served.
        """
        folder = self._directory.unfinished(self._base)
        if folder is None:
            return None
        recipe = folder / "recipe"
        if recipe.exists() and recipe.read_text(encoding="utf-8") == repr(self._recipe):
            with suppress(ArchiveDamaged):
                return Shard(folder / "shard", self.location)
        self._directory.discard_build(folder)
        return None

    def _start(self) -> Shard:
        """Return the shard of a new build, a copy of the served generation if there is one."""
        self._forget_served()
        if self._base:
            size = self._directory.size_to_copy(self._base)
            self._directory.require_free(_RESERVE_BYTES + size)
        folder = self._directory.start_build(self._base, prepare=self._prepare)
        build = Shard(folder / "shard", self.location)
        if self._base:
            self._require_as_published(build, self._directory.read_manifest(self._base))
        return build

    def _require_as_published(self, build: Shard, manifest: Manifest) -> None:
        """Discard a build that counts otherwise than the generation of which it is a copy."""
        try:
            require_counts(build, manifest, self.location)
        except ArchiveDamaged:
            build.close()
            self._directory.discard_build(build.folder.parent)
            raise

    def _checked_files(self, shard: Path) -> Files:
        """Return size and digest of the files of a build; discard one made from damaged files."""
        try:
            return self._directory.checked_files(shard, base=self._base)
        except ArchiveDamaged:
            self._directory.discard_build(shard.parent)
            raise

    def _prepare(self, folder: Path) -> None:
        """Complete the start of a build with its recipe, and an empty shard if it copies none.

        A kill can leave a half-created shard, which cannot be loaded. So the shard is made before
        the build gets its name.
        """
        (folder / "recipe").write_text(repr(self._recipe), encoding="utf-8")
        path = folder / "shard"
        if not path.exists():
            path.mkdir()
            Shard.create(path, self._recipe.dimension, self.location)

    def _served(self) -> Shard | None:
        """Return the shard of the served generation, opened on first use; None if there is none."""
        if self._reader is None and self._base is not None:
            self._reader = EdgeStore(Path(self.location))
        return self._reader.shard if self._reader else None

    def _forget_served(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _require_room_to_merge(self, build: Shard) -> None:
        size = self._directory.size(build.folder.parent.name)
        self._directory.require_free(_RESERVE_BYTES + min(size, _MERGE_BYTES))
