"""Makes folders of input, runs ingests on them, and reads what is in the archive afterwards."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ingest.removal import Confirm
from ingest.report import Report
from ingest.run import Options, ingest
from rag.records import Article
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder

V1 = {"id": "a", "text": "Ten died.", "version": 1, "updated": "2020-11-10"}
V2 = {"id": "a", "text": "Twelve died.", "version": 2, "updated": "2020-11-10"}
V3 = {"id": "a", "text": "Eleven died, a correction says.", "version": 3, "updated": "2020-11-12"}


class CountingEmbedder(HashingEmbedder):
    """Counts what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def embed(self, texts):  # type: ignore[no-untyped-def]
        self.count += len(texts)
        return super().embed(texts)


def run(
    inbox: Path,
    embedder: HashingEmbedder,
    archive: str = "archive",
    *,
    make: Callable[[Path, Recipe], EdgeBuilder] = EdgeBuilder,
    confirm: Confirm = lambda removal: True,
    **options: object,
) -> Report:
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    with closing(make(inbox.parent / archive, recipe)) as builder:
        return ingest(
            [inbox],
            builder=builder,
            embedder=embedder,
            passage_words=150,
            options=replace(Options(confirm=confirm), **options),
        )


def counts(report: Report) -> dict[str, int]:
    """Return the outcomes that there were, after a look at their sum."""
    assert report.records == sum(report.outcomes.values()) + report.skips
    return {outcome.value: count for outcome, count in report.outcomes.items()}


def write(inbox: Path, *records: object, name: str = "a.jsonl") -> None:
    (inbox / name).write_text("".join(json.dumps(record) + "\n" for record in records))


def articles_in(inbox: Path, archive: str = "archive") -> dict[str, Article]:
    with closing(EdgeStore(inbox.parent / archive)) as store:
        return store.articles([head.id for head in store.heads()])


def stored(inbox: Path, archive: str = "archive") -> dict[str, str]:
    return {article.id: article.text for article in articles_in(inbox, archive).values()}
