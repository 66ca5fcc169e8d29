"""Words in double quotes, which must stand in an article so."""

import pytest

from rag.question.phrases import read_phrases


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('Who said "no more boats"?', ("no more boats",)),
        ("Who said “no more boats” and “never again here”?", ("no more boats", "never again here")),
        ("Who said „no more boats“ or «grey heron»?", ("no more boats", "grey heron")),
        ('In "No more boats," who speaks?', ("No more boats",)),
        ('"no   more\nboats" "no more boats"', ("no more boats",)),
        ("Who said 'no more boats'?", ()),
        ('Is "" a phrase, or " - "?', ()),
    ],
)
def test_what_stands_in_quotes_is_a_phrase(question: str, phrases: tuple[str, ...]) -> None:
    assert read_phrases(question).texts == phrases


def test_a_mark_without_its_partner_is_a_letter_and_a_note_says_so() -> None:
    read = read_phrases('A 6" gun and "no more boats"')
    assert read_phrases('Who said "no more boats?').texts == ()
    assert any("without its partner" in note for note in read.notes)


def test_words_that_no_search_uses_are_no_phrase() -> None:
    read = read_phrases('Who said "it was the"?')
    assert read.texts == ()
    assert "very common words" in read.notes[0]
