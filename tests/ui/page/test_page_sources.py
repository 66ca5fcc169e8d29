import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from rag.records import Article
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, answered, cite, hit
from ui.page.sources import CONTEXT, nearest_articles, read_source


@given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_a_source_is_its_article_in_three_parts(before: str, quote: str, after: str) -> None:
    article = Article(id="a", text=f"{before}x{quote}{after}")
    citation = dataclasses.replace(
        cite(), article_id="a", quote=quote, start=len(before) + 1, end=len(before) + 1 + len(quote)
    )
    source = read_source(FakeArchive(article=article), citation)
    assert (source.before, source.after) == (f"{before}x", after)


def test_a_long_article_is_shortened_around_its_quote() -> None:
    long = "word " * CONTEXT
    article = dataclasses.replace(ARTICLE, text=long + QUOTE + long)
    source = read_source(FakeArchive(article=article), cite(article))
    assert (len(source.before), len(source.after)) == (CONTEXT, CONTEXT)
    assert source.starts_earlier
    assert source.goes_on


def test_the_nearest_are_the_best_hit_of_each_of_three_articles() -> None:
    hits = (hit("a", text="best of a"), hit("a"), hit("b"), hit("c"), hit("d"))
    found = dataclasses.replace(answered("When?"), nearest=hits)
    assert [(h.article_id, h.text) for h in nearest_articles(found)] == [
        ("a", "best of a"),
        ("b", QUOTE),
        ("c", QUOTE),
    ]
