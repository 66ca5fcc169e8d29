"""Tests what is stored beside an article for the filters of a search."""

from datetime import date

from ingest.passages import split_article
from rag.records import Article
from rag.store.payloads import passage_payload
from rag.store.stamps import day_stamp

BLOG = """00:20 - The wall has broken at Low Street, the council says.

16:05 - The school is full of people from Low Street, the mayor says.

11:10 - The bridge has been closed to all traffic, police say."""


def test_a_live_blog_has_its_present_text_since_its_last_entry() -> None:
    article = Article(id="a", text=BLOG, published=date(2024, 4, 1))
    known = {passage_payload(p, article)["known"] for p in split_article(article, words=150)}
    assert known == {day_stamp(date(2024, 4, 2))}
