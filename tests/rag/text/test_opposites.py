"""Tests which words of a question or a sentence stand where another text has an opposite."""

import pytest

from rag.text.opposites import find_opposed, find_opposites, sided_words


def opposed(question: str, text: str) -> list[str]:
    return list(find_opposed(sided_words(question), text))


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        ("Who lowered the rent?", "The council raised the rent in May.", "lowered"),
        ("When did the library reopen?", "The library was closed after the storm.", "reopen"),
        ("When did Ruiz step down as head?", "Ruiz took over as head in June.", "stepped down"),
        ("Who voted for the bypass?", "Only Orr voted against the bypass.", "voted for"),
        ("Who argued for the tax?", "Lind argued against the tax.", "voted for"),
        ("When did Brik go into hospital?", "Brik came out of hospital.", "moved into"),
        ("When was Ilse Groen let out?", "Groen was jailed on Monday.", "let out"),
        ("Who locked the pass?", "A guard unlocked the pass.", "locked"),
        ("Who upheld the permit?", "The court struck down the permit.", "upheld"),
        ("When did the crews down tools?", "The crews went back to work in May.", "downed tools"),
        ("When was Tarn's ban eased?", "Tarn was placed under curfew.", "eased"),
        ("When was Oskar Lind sacked?", "Lind was reinstated on Monday.", "sacked"),
    ],
)
def test_an_opposite_beside_the_same_word_is_found(question: str, text: str, word: str) -> None:
    assert set(opposed(question, text)) == {word}


def test_who_buys_and_who_sells_are_opposites_for_the_same_party() -> None:
    assert opposed("When did Harrow sell the mill?", "Harrow bought the mill.") == ["sell"]
    assert not opposed("When did Harrow sell the mill?", "Lidden bought the mill.")
    assert not opposed("When was the mill sold?", "The mill was bought by Lidden.")


def test_a_word_that_the_text_has_as_well_is_not_opposed() -> None:
    question = "When did the library reopen?"
    assert not opposed(question, "The library closed in May and reopened in June.")
    votes = "How many voted against the plan?"
    assert not opposed(votes, "The plan passed with 52 in favour and 48 against.")
    assert opposed(votes, "In all, 52 voted for the plan.")


def test_a_denied_opposite_says_the_same() -> None:
    assert not opposed("Why did the rent rise?", "The rent did not fall.")


def test_a_written_sentence_is_compared_by_fewer_opposites() -> None:
    quote = "The council raised the rent in May."
    assert list(find_opposites("The council lowered the rent.", [quote])) == ["lowered"]
    assert not list(find_opposites("Orr locked the pass.", ["Orr unlocked the pass."]))
