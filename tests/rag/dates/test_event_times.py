"""Tests the days on which the events of a passage happened."""

from datetime import date

import pytest

from rag.dates.event_times import with_times
from rag.records import Article, Passage
from rag.text.sentences import Span

PUBLISHED = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "is_of_its_day"),
    [
        ("Orders at the works were up by a tenth from last month.", True),
        ("It was the first cut since 2011.", True),
        ("Nothing was said of a day.", True),
        ("The works closed on 20 February, up from last month.", False),
        ("The cut was made in June 2022.", False),
        ("The works will close next month.", False),
    ],
)
def test_what_news_is_compared_with_is_not_its_only_day(text: str, *, is_of_its_day: bool) -> None:
    article = Article(id="orders", title="Orders", text=text, published=PUBLISHED)
    passage = Passage(article_id="orders", start=0, end=len(text), sentences=(Span(0, len(text)),))
    days = with_times(article, [passage])[0].days
    assert ((PUBLISHED, PUBLISHED) in days) is is_of_its_day
