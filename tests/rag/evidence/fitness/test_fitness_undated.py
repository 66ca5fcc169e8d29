"""Tests that a sentence without any time does not tell when."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the ferry run aground?", "The ferry ran aground off the Holm."),
        ("On what date was the mill sold?", "The mill was sold to a brewer for a song."),
        ("When will the pool reopen?", "The council hopes that the pool will reopen."),
    ],
)
def test_a_sentence_without_a_time_does_not_tell_when(question: str, sentence: str) -> None:
    assert "undated" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the ferry run aground?", "The ferry ran aground on Tuesday."),
        ("When did the ferry run aground?", "It ran aground when the fog came in."),
        ("At what hour did the papers run out?", "The papers ran out at ten past one."),
        ("When does she leave office?", "She leaves on the thirty-first."),
        ("When will the pool reopen?", "The pool will reopen once it is paid for."),
        ("Why did the ferry run aground?", "The ferry ran aground off the Holm."),
    ],
)
def test_any_word_that_may_tell_a_time_is_enough(question: str, sentence: str) -> None:
    assert "undated" not in kinds(question, sentence)
