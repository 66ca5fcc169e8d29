"""Tests what the rail says of an archive."""

from dataclasses import replace
from typing import Any

from rag.browsing import Coverage
from rag.store.model import Hidden
from tests.ui.fake_archive import FakeArchive
from ui.page.sidebar import covered


class CountedArchive(FakeArchive):
    """Notes how often its articles were counted."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = 0

    def coverage(self, **filters: Any) -> Coverage:
        self.counts += 1
        return replace(super().coverage(), articles=self.counts)


def test_an_archive_is_counted_once_as_long_as_the_same_articles_are_hidden() -> None:
    archive = CountedArchive()
    assert [covered(archive).articles for _ in range(3)] == [1, 1, 1]


def test_an_archive_is_counted_again_when_an_article_expires_or_an_embargo_ends() -> None:
    archive = CountedArchive()
    told = []
    for hidden in (Hidden(embargoed=2), Hidden(embargoed=1), Hidden(embargoed=1, expired=1)):
        archive.hides = hidden
        told += [covered(archive).articles, covered(archive).articles]
    assert told == [1, 1, 2, 2, 3, 3]
