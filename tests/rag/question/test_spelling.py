"""Tests how misspelt words are mended."""

from collections.abc import Iterable, Mapping, Sequence

import pytest

from rag.question.spelling import mend_spelling
from rag.text.terms import question_terms

TEXTS = (
    "Ferrand Osterholt opened the Quillmere bridge.",
    "The bridge at Quillmere, said Osterholt, is safe. McAllen agreed.",
)


def weigh(terms: Sequence[int]) -> Mapping[int, float]:
    known = set(question_terms(" ".join(TEXTS)).indices)
    return {term: 3.0 for term in terms if term in known}


def mend(question: str, nearby: Iterable[str] = TEXTS) -> str:
    return mend_spelling(question, weigh=weigh, nearby=lambda: nearby)


@pytest.mark.parametrize(
    "misspelt",
    ["Quilmere", "Quillmeree", "Quilmlere", "Quillmore", "Quilmore", "quillmrre"],
)
def test_a_name_one_or_two_edits_away_is_mended(misspelt: str) -> None:
    assert mend(f"Who opened {misspelt} bridge?") == "Who opened Quillmere bridge?"


def test_a_mended_name_is_written_as_the_articles_write_it() -> None:
    assert mend("What did mcalen say?") == "What did McAllen say?"


def test_every_misspelt_word_is_mended_in_its_place() -> None:
    asked = "Did Osterhlot (of Quilmere) resign, and why did Osterhlot go?"
    assert mend(asked) == "Did Osterholt (of Quillmere) resign, and why did Osterholt go?"


@pytest.mark.parametrize(
    "question",
    [
        "Who opened Quillmere bridge?",  # the archive has every word
        "Who condemned the bridges?",  # English has it, though the archive does not
        "What was lauded at the opening?",
        "Who is Brandelhurst?",  # nothing like it
        "Who is Xuillmere?",  # the first letter is hardly ever wrong
        "Who is Fera?",  # too short
        "",
    ],
)
def test_what_is_not_misspelt_stays(question: str) -> None:
    assert mend(question) == question


def test_passages_are_sought_only_for_a_word_that_the_archive_lacks() -> None:
    def fail() -> Iterable[str]:
        raise AssertionError("sought")

    assert mend_spelling("Who opened the bridge?", weigh=weigh, nearby=fail)
    with pytest.raises(AssertionError, match="sought"):
        mend_spelling("Who opened Quilmere?", weigh=weigh, nearby=fail)


def test_a_name_that_is_not_among_what_is_found_is_not_guessed() -> None:
    asked = "Who opened Quilmere bridge?"
    assert mend(asked, nearby=["The ferry was late."]) == asked
