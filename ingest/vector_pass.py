"""Give vectors to the stored articles that have none: the second pass of a run."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.embedding import Embed, passage_vectors, sentences_of
from ingest.engines import LocalEngine, Workers
from ingest.interrupts import may_be_killed
from ingest.plan import Options
from ingest.pool import Ended, Gave
from rag.errors import ModelError
from rag.groups import grouped
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.store.interface import Builder
from rag.store.model import StoredArticle

# So many are embedded in the time that it takes to start a process.
_FEW_ARTICLES = 8
_BATCH_ARTICLES = 32
# An embedding process may take this long for its few articles on a slow machine.
_EMBEDDING_SECONDS = 1800.0
# One waits with a process that works on another, while the run writes what others gave.
_TASKS_EACH = 2
# A process that crashes may have been killed for its memory, or with its machine, so that another
# one can do the same; but articles that crash each process must not keep the run for ever.
_TRIES = 3


@dataclass(slots=True, kw_only=True)
class VectorPass:
    """Adds vectors, and counts the articles and sentences that were embedded."""

    builder: Builder
    embedder: Embedder
    options: Options
    articles: int = 0
    sentences: int = 0

    def embed_for(self, seconds: float, advance: Callable[[int], None]) -> bool:
        """Embed until all is, or so long; say whether some is left.

        Raises:
            ModelError: a process that embeds failed.
        """
        end = time.monotonic() + seconds
        late = False

        def tasks() -> Iterator[_Task]:
            nonlocal late
            size = self.options.articles_each
            for articles in grouped(self.builder.without_vectors(), size):
                late = time.monotonic() > end
                if late:
                    return
                yield _Task(tuple(articles))

        batch: list[tuple[StoredArticle, Vectors]] = []
        with self._pool() as pool:
            for event in pool.run(tasks()):
                if isinstance(event, Gave):
                    event.task.vectors.append(event.value)
                    continue
                if self._may_try_again(event):
                    event.task.vectors.clear()
                    pool.add(event.task)
                    continue
                if event.failure:
                    raise ModelError(
                        f"embedding failed: {event.failure}; run the same command again; it "
                        "continues where it stopped"
                    )
                batch += zip(event.task.articles, event.task.vectors, strict=True)
                if len(batch) >= _BATCH_ARTICLES:
                    self._add_vectors(batch)
                    advance(len(batch))
                    batch = []
            self._add_vectors(batch)
            advance(len(batch))
        return late

    def _may_try_again(self, event: "Ended[_Task]") -> bool:
        """Say whether a task is to be done again, and count that; its machine is not its fault."""
        if event.crashed and not event.blameless:
            event.task.crashes += 1
        return event.crashed and event.task.crashes < _TRIES

    def _pool(self) -> "Workers[_Task, Vectors]":
        load, engine = self.options.load_embedder, self.options.engine
        workers = self.options.embedding_workers
        if load is None or self.builder.waiting() <= _FEW_ARTICLES:
            load, engine, workers = (lambda: self.embedder), LocalEngine(), 0
        return engine.pool(
            Embed(load=load),
            message=_Task.sentences,
            workers=workers,
            patience_seconds=_EMBEDDING_SECONDS,
            gpus=self.options.embedding_gpus,
            tasks_each=_TASKS_EACH,
        )

    def _add_vectors(self, batch: list[tuple[StoredArticle, Vectors]]) -> None:
        self.builder.add_vectors([passage_vectors(stored, vectors) for stored, vectors in batch])
        self.articles += len(batch)
        self.sentences += sum(len(vectors) for _, vectors in batch)
        with may_be_killed():
            self.builder.compact()


@dataclass(slots=True)
class _Task:
    """Articles to embed, and their vectors as they come, one array an article.

    `crashes` are the processes that crashed over it.
    """

    articles: tuple[StoredArticle, ...]
    vectors: list[Vectors] = field(default_factory=list)
    crashes: int = 0

    def sentences(self) -> list[list[str]]:
        return [sentences_of(stored) for stored in self.articles]
