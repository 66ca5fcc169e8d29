"""Reads the articles of an archive directory in a format that older versions of Dateline wrote.

The engine opens them all, and articles have been stored as points with the same fields since the
first format, to which later ones have added. Only the articles are read: the rest follows from
them, and is written anew.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from rag.errors import ArchiveDamaged
from rag.records import Article
from rag.store.conditions import of_kinds
from rag.store.directory import ArchiveDirectory, disk
from rag.store.directory.backup import read_manifest
from rag.store.directory.generations import MANIFEST
from rag.store.edge.shard import Shard
from rag.store.model import ARTICLE
from rag.store.payloads import read_article
from rag.store.points import TEXT_PAGE


class OlderArchive:
    """The articles of an archive of any format up to the present one, which is not changed.

    Raises:
        ArchiveNotFound: there is no archive at this place.
        ArchiveDamaged: a file of it is not what was published.
    """

    def __init__(self, root: Path) -> None:
        self.location = str(root)
        directory = ArchiveDirectory(root)
        with ExitStack() as opening:
            generation, folder = opening.enter_context(directory.snapshot())
            files, facts = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
            for name, (_, digest) in files.items():
                path = folder / "shard" / name
                if not path.exists() or disk.digest(path) != digest:
                    raise ArchiveDamaged(
                        f"{name} of {root} has changed since it was written; restore the archive "
                        "from a backup, or ingest the sources into a new one"
                    )
            self.format = int(facts["format"])
            self.count = int(facts["articles"])
            view = opening.enter_context(directory.view(generation))
            self._shard = Shard(view, self.location)
            opening.callback(self._shard.engine.close)
            self._resources = opening.pop_all()

    def articles(self) -> Iterator[Article]:
        """Stream all articles, in no particular order."""
        for payload in self._shard.contents(of_kinds(ARTICLE), page=TEXT_PAGE):
            paths = payload.get("paths") or [payload.get("path", "")]
            yield read_article(payload | {"paths": paths})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._resources.close()
