"""Tests in which ways words are written."""

import pytest

from rag.text.spellings import other_spellings, spellings_of


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("labour", "labor"),
        ("labourers", "laborers"),
        ("centred", "centered"),
        ("kilometres", "kilometers"),
        ("programme", "program"),
        ("organised", "organized"),
        ("privatisation", "privatization"),
        ("travelled", "traveled"),
        ("cancelling", "canceling"),
        ("paediatricians", "pediatricians"),
    ],
)
def test_a_word_is_written_in_british_and_in_american(british: str, american: str) -> None:
    assert american in spellings_of(british)
    assert british in spellings_of(american)


@pytest.mark.parametrize("word", ["parliament", "corner", "order", "council", "F-16"])
def test_other_words_are_written_in_one_way(word: str) -> None:
    assert spellings_of(word) == []


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("How many women?", ["woman"]),
        ("Which policeman?", ["policemen"]),
        ("Has the cease-fire held?", ["ceasefire"]),
        ("Who flew the F-16?", ["f16"]),
        ("Which criteria?", ["criterion"]),
        ("Who won?", []),
    ],
)
def test_plurals_and_hyphens_are_searched_in_both_ways(text: str, ways: list[str]) -> None:
    assert other_spellings(text) == ways
