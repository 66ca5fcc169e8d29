from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import split_article
from rag.records import Article
from rag.text.sentences import split_sentences

TEXTS = st.lists(
    st.sampled_from(["One two three. ", "Yes. ", "A " + "b " * 40 + "c.\n\n"]), min_size=1
)


@given(TEXTS.map("".join))
def test_passages_deal_all_sentences_in_order(text: str) -> None:
    passages = split_article(Article(id="a", text=text), words=20)
    dealt = [span for passage in passages for span in passage.sentences]
    assert dealt == split_sentences(text)


def test_passages_are_nearly_equal_and_about_as_long_as_wanted() -> None:
    text = "Ten words are in this sentence so it is ten. " * 100
    lengths = [len(p.sentences) * 10 for p in split_article(Article(id="a", text=text), words=150)]
    assert max(lengths) - min(lengths) <= 10
    assert 130 <= min(lengths) <= max(lengths) <= 170


def test_a_short_article_is_one_passage() -> None:
    assert len(split_article(Article(id="a", text="Yes. No."), words=150)) == 1
