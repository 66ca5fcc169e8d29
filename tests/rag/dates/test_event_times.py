"""Tests the days on which the events of a passage happened."""

from datetime import date

import pytest

from rag.dates.event_times import with_times
from rag.records import Article, Passage
from rag.text.sentences import split_sentences

PUBLISHED = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "is_of_its_day"),
    [
        ("Nurses in Holm rejected the offer. Others took it last month.", True),
        ("Nurses rejected the offer, the first to do so since 2011.", True),
        ("Nurses in Holm rejected the offer.", True),
        ("Nurses in Holm rejected the offer. Others took it on 20 February.", False),
        ("Nurses in Holm rejected the offer last month. Others took it.", False),
        ("Nurses in Holm rejected the offer. Others took it in June 2022.", False),
        ("Nurses in Holm rejected the offer. They strike next month.", False),
    ],
)
def test_a_month_that_is_named_in_passing_is_not_the_only_day_of_news(
    text: str, *, is_of_its_day: bool
) -> None:
    article = Article(id="orders", title="Orders", text=text, published=PUBLISHED)
    passage = Passage(
        article_id="orders", start=0, end=len(text), sentences=tuple(split_sentences(text))
    )
    days = with_times(article, [passage])[0].days
    assert ((PUBLISHED, PUBLISHED) in days) is is_of_its_day
