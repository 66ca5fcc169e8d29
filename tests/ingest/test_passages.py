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


BLOG = """Rain has fallen since the weekend.

16:05

About 60 people have been moved. They are at the school.

11:10 - The bridge has been closed, police say.
09:30 - The river rose above the quay at dawn and is still rising"""


def test_each_entry_of_a_live_blog_is_a_passage_of_its_own() -> None:
    passages = split_article(Article(id="a", text=BLOG), words=150)
    assert [BLOG[p.start : p.end] for p in passages] == [
        "Rain has fallen since the weekend.",
        "16:05\n\nAbout 60 people have been moved. They are at the school.",
        "11:10 - The bridge has been closed, police say.",
        "09:30 - The river rose above the quay at dawn and is still rising",
    ]


def test_the_time_of_an_entry_belongs_to_its_first_sentence() -> None:
    entry = split_article(Article(id="a", text=BLOG), words=150)[1]
    assert [BLOG[s.start : s.end] for s in entry.sentences] == [
        "16:05\n\nAbout 60 people have been moved.",
        "They are at the school.",
    ]


def test_a_long_entry_is_cut_as_usual() -> None:
    text = BLOG.replace("They are", "The hall is full. " * 100 + "They are")
    passages = split_article(Article(id="a", text=text), words=150)
    assert len(passages) == 6
    assert not any(
        "school" in text[p.start : p.end] and "11:10" in text[p.start : p.end] for p in passages
    )
