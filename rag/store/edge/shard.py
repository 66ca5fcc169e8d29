"""One shard of the engine, open: what its store and its builder both ask of it.

The engine raises bare `Exception` for everything, and a panic as `BaseException`; both are
translated here.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveUnavailable
from rag.records import Article
from rag.store import payloads
from rag.store.edge.points import (
    INDEXED_FIELDS,
    config,
    of_articles,
    of_kinds,
    payload_of,
)
from rag.store.model import ARTICLE, FILE, PASSAGE, WITHDRAWN, ArticleHead, FileMark, StoredArticle
from rag.store.payloads import Payload

_PAGE = 500
_EVERY_VALUE = 10_000_000
_ARTICLE_PAGE = 50  # with texts


class Shard:
    """A shard and the place that messages name."""

    def __init__(self, folder: Path, location: str) -> None:
        self._folder = folder
        self._location = location
        with translated(location):
            self.engine = edge.EdgeShard.load(str(folder))

    @staticmethod
    def create(folder: Path, dimension: int, location: str) -> None:
        """Make an empty shard with its indexes in an empty folder, and close it."""
        with translated(location):
            engine = edge.EdgeShard.create(str(folder), config(dimension))
            for name, kind in INDEXED_FIELDS.items():
                engine.update(edge.UpdateOperation.create_field_index(name, kind))
            engine.flush()
            engine.close()

    def update(self, operation: edge.UpdateOperation) -> None:
        """Apply an operation; a kill after it returns loses nothing of it."""
        with translated(self._location):
            self.engine.update(operation)

    def compact(self) -> None:
        """Merge and index what was written, and give back the memory that it took.

        The pages of the files count as the process's memory until the files are closed.
        """
        self.settle()
        with translated(self._location):
            self.engine.close()
            _give_memory_back()
            self.engine = edge.EdgeShard.load(str(self._folder))

    def settle(self) -> None:
        """Merge and index what was written, and put all of it on the disk."""
        with translated(self._location):
            self.engine.flush()
            self.engine.optimize()
            self.engine.flush()

    def close(self) -> None:
        """Put everything on the disk and close."""
        with translated(self._location):
            self.engine.flush()
            self.engine.close()

    def counts(self) -> dict[str, int]:
        """Return the number of articles and of passages."""
        return {kind: self.count(of_kinds(kind)) for kind in (ARTICLE, PASSAGE)}

    def count(self, where: edge.Filter) -> int:
        """Return the exact number of points that pass a filter."""
        with translated(self._location):
            return self.engine.count(edge.CountRequest(exact=True, filter=where))

    def facet(self, field: str, *, limit: int = _EVERY_VALUE) -> dict[str, int]:
        """Return every value of a field of the articles, with the number that have it."""
        request = edge.FacetRequest(field, limit=limit, exact=True, filter=of_kinds(ARTICLE))
        with translated(self._location):
            return {str(hit.value): hit.count for hit in self.engine.facet(request).hits}

    def scroll(
        self,
        where: edge.Filter,
        fields: list[str] | bool = True,
        *,
        page: int = _PAGE,
        vectors: list[str] | bool = False,
    ) -> Iterator[edge.Record]:
        """Stream the points that pass a filter, in the order of their ids."""
        offset = None
        while True:
            request = edge.ScrollRequest(
                offset=offset, limit=page, filter=where, with_payload=fields, with_vector=vectors
            )
            with translated(self._location):
                records, offset = self.engine.scroll(request)
            yield from records
            if offset is None:
                return

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by, withdrawn ones too."""
        for record in self.scroll(of_kinds(ARTICLE, WITHDRAWN), payloads.HEAD_FIELDS):
            yield payloads.read_head(payload_of(record))

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of files."""
        for record in self.scroll(of_kinds(FILE), page=_ARTICLE_PAGE):
            yield payloads.read_mark(payload_of(record))

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`, withdrawn ones left out."""
        found = self.payloads([payloads.article_point_id(i) for i in ids], True)
        articles = (payloads.read_article(p) for p in found if p["kind"] == ARTICLE)
        return {article.id: article for article in articles}

    def payloads(self, points: Sequence[str], fields: list[str] | bool) -> list[Payload]:
        """Return the payloads of the points that there are among some ids."""
        if not points:
            return []
        wanted: Any = list(points)
        with translated(self._location):
            return [payload_of(record) for record in self.engine.retrieve(wanted, fields, False)]

    def stored(self, where: edge.Filter) -> Iterator[StoredArticle]:
        """Stream the articles that pass a filter, with their passages."""
        batch: list[Article] = []
        for record in self.scroll(where, page=_ARTICLE_PAGE):
            batch.append(payloads.read_article(payload_of(record)))
            if len(batch) == _ARTICLE_PAGE:
                yield from self._with_passages(batch)
                batch = []
        yield from self._with_passages(batch)

    def _with_passages(self, articles: list[Article]) -> Iterator[StoredArticle]:
        if not articles:
            return
        found: dict[str, list[Any]] = {article.id: [] for article in articles}
        for record in self.scroll(of_articles(list(found))):
            passage = payloads.read_passage(payload_of(record))
            found[passage.article_id].append(passage)
        for article in articles:
            passages = sorted(found[article.id], key=lambda passage: passage.start)
            yield StoredArticle(article=article, passages=tuple(passages))


def _give_memory_back() -> None:
    """Return freed memory to the system: after a merge glibc keeps hundreds of megabytes of it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextmanager
def translated(location: str) -> Iterator[None]:
    """Turn the engine's bare exceptions and panics into ours."""
    try:
        yield
    except (ArchiveError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        if "No space left" in reason or "Read-only" in reason:
            raise ArchiveUnavailable(f"cannot write to {location}: {reason}") from error
        raise ArchiveDamaged(
            f"the engine cannot use {location}: {reason}; "
            f"run 'dateline doctor --archive {location}'"
        ) from error
