import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import MAX_SENTENCE_CHARACTERS, split_sentences

PIECES = [*"ab AB.!?…\n\t“”\"',;:—1 2", "U.S.", "Gen. ", "\n\n", ". ", "é", "。", "word " * 120]
NEWSY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@given(NEWSY)
def test_every_character_but_white_space_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    outside = set(range(len(text))) - set(covered)
    assert all(text[i].isspace() for i in outside)


@given(NEWSY)
def test_sentences_are_trimmed_and_not_too_long(text: str) -> None:
    for sentence in sentences(text):
        assert sentence == sentence.strip() != ""
        assert len(sentence) <= MAX_SENTENCE_CHARACTERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("Gen. Smith left. He was late.", ["Gen. Smith left.", "He was late."]),
        ("The U.S. Senate met. Nobody spoke.", ["The U.S. Senate met.", "Nobody spoke."]),
        ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
        (
            "It began on Nov. 10 at 9 a.m. Moscow time.",
            ["It began on Nov. 10 at 9 a.m. Moscow time."],
        ),
        ("“Will it hold?” he asked. No.", ["“Will it hold?” he asked.", "No."]),
        ("“It will.” She smiled.", ["“It will.”", "She smiled."]),
        ("J. K. Rowling spoke. All listened.", ["J. K. Rowling spoke.", "All listened."]),
        ("Prices rose 3.4 percent. Wages fell.", ["Prices rose 3.4 percent.", "Wages fell."]),
        ("A headline\n\nThe story begins.", ["A headline", "The story begins."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_news_sentences_are_split_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_wrapped_at_a_column_are_one_sentence() -> None:
    text = (
        "The leaders of the two countries explained how the\n"
        "agreement would be carried out in the coming week.\n"
        "Nobody objected."
    )
    assert len(sentences(text)) == 2


def test_a_sentence_without_end_is_cut_at_a_break() -> None:
    text = "word, " * 1000
    assert all(sentence.endswith(",") for sentence in sentences(text))
