"""Make an archive of an older format anew from the articles in it, and serve that in its place.

The new archive grows in a folder inside the old one, which is served until the new one is complete.
A run may be stopped anywhere; the next one goes on.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ingest.command import read_recipe, with_processes
from ingest.engines import LocalEngine
from ingest.index import index_article
from ingest.plan import Options
from ingest.progress import Progress
from ingest.resplitting import split_again
from ingest.retagging import read_times_again
from ingest.settling import cluster_copies
from ingest.vector_pass import VectorPass
from rag.errors import ArchiveDamaged
from rag.groups import grouped
from rag.models.embedding import Embedder, load_embedder
from rag.records import Article
from rag.settings import Settings
from rag.store import adopt, open_builder, open_older
from rag.store.edge.older import OlderArchive
from rag.store.interface import Builder
from rag.store.model import FORMAT, Manifest

# The folder inside the archive in which the new one grows.
_STAGING = "upgrade"
_BATCH_ARTICLES = 64


def upgrade(settings: Settings, progress: Progress) -> Manifest | None:
    """Bring the configured archive to the present format; None if it has that already.

    Raises:
        SettingsError: the archive is on a server.
        ArchiveNotFound: there is no archive at this place.
        ArchiveDamaged: the archive is not what was published; it stays as it is.
        ArchiveBusy: another upgrade or ingest writes to it.
        ArchiveUnavailable: the disk is full, or cannot be written.
    """
    with open_older(settings) as older:
        if older.format >= FORMAT:
            return None
        place = Path(settings.archive, _STAGING)
        staging = settings.model_copy(update={"archive": str(place)})
        embedder = load_embedder(settings)
        with closing(open_builder(staging, read_recipe(settings, embedder))) as builder:
            _write(older, builder, settings, progress)
            _embed(builder, embedder, settings, progress)
            manifest = builder.publish()
    if manifest.articles != older.count:
        raise ArchiveDamaged(
            f"{settings.archive} says that it holds {older.count} articles, and "
            f"{manifest.articles} can be read; it stays as it is; restore it from a backup, or "
            "ingest the sources into a new archive"
        )
    adopt(settings, place)
    return manifest


def _write(older: OlderArchive, builder: Builder, settings: Settings, progress: Progress) -> None:
    """Write the articles that an earlier run has not written."""
    written = {head.id for head in builder.heads() if not head.writing}

    def missing() -> Iterator[Article]:
        return (article for article in older.articles() if article.id not in written)

    with progress.step("reading", older.count, "articles") as step:
        step.advance(len(written))
        for articles in grouped(missing(), _BATCH_ARTICLES):
            builder.put([index_article(a, words=settings.passage_words) for a in articles])
            builder.compact()
            step.advance(len(articles))
    cluster_copies(builder)
    # This run wrote by the present rules, and an earlier one may have written by others.
    split_again(builder, None, passage_words=settings.passage_words)
    read_times_again(builder, None)


def _embed(builder: Builder, embedder: Embedder, settings: Settings, progress: Progress) -> None:
    options = with_processes(Options(), settings, embedder, LocalEngine())
    vectors = VectorPass(builder=builder, embedder=embedder, options=options)
    with progress.step("embedding", builder.waiting(), "articles") as step:
        vectors.embed_for(float("inf"), step.advance)
