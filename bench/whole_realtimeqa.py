"""All articles of realtimeqa in one archive that is searched by words, and those kept out of it.

To find where a text comes from needs no vectors, which would take an hour or more to compute.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from bench import data
from ingest.command import read_recipe
from ingest.run import ingest
from rag.errors import ModelError
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.store import exists, open_builder, open_store
from rag.store.interface import Store

_NAME = "realtimeqa-whole"
_YEARS = ("2022", "2023", "2024")
# One article of so many is kept out, to be looked for in vain.
_KEPT_OUT = 50


@cache
def whole_archive() -> Store:
    """Return the archive of the articles, made first if it is not there."""
    settings = data.archive_settings(_NAME)
    if not exists(settings):
        source = _source()
        builder = open_builder(settings, read_recipe(settings, data.embedder()))
        # The run serves what it has read before it embeds, and keeps that.
        with closing(builder), suppress(_NoVectors):
            ingest(
                [source],
                builder=builder,
                embedder=_WordsOnly(data.embedder()),
                passage_words=settings.passage_words,
            )
    return open_store(settings)


def kept_out() -> list[data.Record]:
    """Return the articles that are not in the archive, nor their near-copies."""
    in_pairs = {
        record[side]
        for record in data.read_lines(data.DATA / "near-duplicates" / "realtimeqa-pairs.jsonl")
        for side in ("a", "b")
    }
    alone = (record for record in _records() if record["id"] not in in_pairs)
    return [record for number, record in enumerate(alone) if number % _KEPT_OUT == 0]


def _records() -> Iterator[data.Record]:
    for year in _YEARS:
        yield from data.read_lines(data.DATA / "realtimeqa" / f"articles-{year}.jsonl.xz")


def _source() -> Path:
    path = data.CACHE / f"{_NAME}.jsonl"
    if not path.exists():
        data.CACHE.mkdir(exist_ok=True)
        out = {record["id"] for record in kept_out()}
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as file:
            for record in _records():
                if record["id"] not in out:
                    file.write(json.dumps(record) + "\n")
        partial.rename(path)
    return path


class _NoVectors(ModelError):
    """The archive has all that is wanted, and no vectors."""


class _WordsOnly:
    """Stands for an embedder, by its name, and ends the ingest when it should embed."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise _NoVectors(f"{len(texts)} sentences are not to be embedded")
