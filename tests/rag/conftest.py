"""Makes a small archive with the hand-written embedder, for tests of modules that use a store."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.records import Article
from tests.fakes import HashingEmbedder, open_small

ARTICLES = (
    Article(
        id="truce",
        title="Truce holds in the north",
        source="wire.example",
        url="https://wire.example/truce",
        published=date(2020, 11, 10),
        text="The northern truce took effect at midnight on 10 November. Both armies stayed put.",
    ),
    Article(
        id="truce-copy",
        title="Truce holds",
        source="post.example",
        published=date(2020, 11, 10),
        text="The northern truce took effect at midnight on 10 November. Readers were told so.",
    ),
    Article(
        id="southern",
        title="Guns silent in the south",
        source="post.example",
        published=date(2021, 5, 21),
        text="The southern truce took effect at dawn on Friday. Shops opened again.",
    ),
    Article(id="undated", title="Harvest", text="The harvest was good. Prices fell by a third."),
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an open archive of the four articles, with a low threshold."""
    embedder = HashingEmbedder(dimension=64)
    root: Path = tmp_path_factory.mktemp("small") / "archive"
    with open_small(root, *ARTICLES, embedder=embedder) as opened:
        yield opened
