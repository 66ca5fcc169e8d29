"""Tests which words of a sentence stand where another text has an opposite."""

import pytest

from rag.text.opposites import find_opposed, find_opposites, sided_words


@pytest.mark.parametrize(
    ("sentence", "quote", "word"),
    [
        ("The council lowered the rent.", "The council raised the rent in May.", "lowered"),
        ("The library reopened.", "The library was closed after the storm.", "reopened"),
        ("Ana Ruiz stepped down as head.", "Ana Ruiz took over as head in June.", "stepped down"),
        ("Who voted for the bypass?", "Only Orr voted against the bypass.", "voted for"),
        ("Who argued for the tax?", "Lind argued against the tax.", "voted for"),
        ("When did Brik go into hospital?", "Brik came out of hospital.", "moved into"),
        ("When was Ilse Groen let out?", "Groen was jailed, Groen said.", "let out"),
    ],
)
def test_an_opposite_beside_the_same_word_is_found(sentence: str, quote: str, word: str) -> None:
    assert list(find_opposites(sentence, [quote])) == [word]


def test_a_pair_of_the_lexicon_is_known() -> None:
    assert list(find_opposites("The pass was locked.", ["A guard unlocked the pass."])) == [
        "locked"
    ]


def test_who_buys_and_who_sells_are_opposites_for_the_same_party() -> None:
    assert list(find_opposites("Harrow sold the mill.", ["Harrow bought the mill."])) == ["sold"]
    assert not list(find_opposites("Harrow sold the mill.", ["Lidden bought the mill."]))
    assert not list(find_opposites("When was the mill sold?", ["The mill was bought by Lidden."]))


def test_a_word_that_the_other_text_has_as_well_is_no_reversal() -> None:
    quote = "The library closed in May, and the library reopened in June."
    assert not list(find_opposites("The library reopened.", [quote]))


def test_what_is_asked_is_not_opposed_where_its_word_stands_anywhere() -> None:
    quote = "The plan passed with 52 in favour and 48 against."
    question = "How many voted against the plan?"
    assert list(find_opposites(question, [quote]))
    assert not list(find_opposed(sided_words(question), quote))
    assert list(find_opposed(sided_words(question), "In all, 52 voted for the plan."))


def test_a_denied_opposite_says_the_same() -> None:
    assert not list(find_opposites("The rent rose.", ["The rent did not fall."]))
