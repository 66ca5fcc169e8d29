"""Opinion and satire rank behind news, unless an opinion is asked for."""

from dataclasses import replace

import pytest

from rag.evidence.reader import Evidence
from rag.evidence.values.opinions import news_first, news_hits_first
from rag.text.genres import Genre
from tests.rag.evidence.values.pieces import asked, told


def of(genre: Genre, name: str, *, confidence: float, authors: tuple[str, ...] = ()) -> Evidence:
    piece = told("The storm took 12 boats.", "12", name=name, confidence=confidence)
    found = piece.found
    article = replace(found.article, authors=authors)
    return replace(
        piece, found=replace(found, article=article, hit=replace(found.hit, genre=genre))
    )


def names(evidence: list[Evidence]) -> list[str]:
    return [piece.found.article.id for piece in evidence]


COLUMN = of("opinion", "column", confidence=0.8, authors=("Mia Holm",))
NEWS = of("", "news", confidence=0.6)
UNSURE = of("", "unsure", confidence=0.2)


def test_news_comes_before_a_surer_column() -> None:
    assert names(news_first(asked(), [COLUMN, NEWS, UNSURE], threshold=0.3)) == [
        "news",
        "column",
        "unsure",
    ]


def test_news_that_is_not_sure_enough_stays_behind() -> None:
    assert names(news_first(asked(), [COLUMN, UNSURE], threshold=0.3)) == ["column", "unsure"]


def test_a_column_stays_first_if_its_view_is_asked_for() -> None:
    for question in (
        "What does the columnist think of the storm?",
        "What did the mayor say, Holm?",
    ):
        ordered = news_first(asked(question), [COLUMN, NEWS], threshold=0.3)
        assert names(ordered) == ["column", "news"]


@pytest.mark.parametrize(
    ("score", "question", "order"),
    [
        (0.84, "How many boats were lost in the storm?", ["news", "column"]),
        (0.95, "How many boats were lost in the storm?", ["column", "news"]),
        (0.84, "What does the columnist think of the storm?", ["column", "news"]),
    ],
)
def test_a_search_has_news_before_a_column_that_is_hardly_better(
    score: float, question: str, order: list[str]
) -> None:
    column, news = COLUMN.found, NEWS.found
    column = replace(column, hit=replace(column.hit, score=score))
    news = replace(news, hit=replace(news.hit, score=0.8))
    hits = news_hits_first(asked(question), [column, news])
    assert [hit.article_id for hit in hits] == order
    assert hits[0].score >= hits[1].score
