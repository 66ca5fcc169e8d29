"""Tests that who asks the same does not answer it."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("CHAIR: How deep was the shaft at Lidden?", False),
        ("How deep was the shaft?", False),
        ("The shaft at Lidden was 90 metres deep.", True),
        ('"How deep was the shaft at Lidden?" Torvik asked, and said 90 metres.', True),
        ("But who knew that 90 metres was too far?", True),
    ],
)
def test_a_sentence_that_asks_the_question_does_not_answer_it(sentence: str, fits: bool) -> None:
    asked = "How deep was the shaft at Lidden?"
    assert ("question" not in kinds(asked, sentence)) == fits
