"""Tests the words that say how sure an answer is."""

from dataclasses import replace
from datetime import date

import pytest

from rag.export import facts
from rag.records import CERTAINTY, Answer, Citation
from rag.settings import Settings
from ui.certainty import say_certainty

ANSWER = Answer(
    question="Who opened the bridge?",
    status="answered",
    text="“Osterholt opened it.” [1]",
    citations=(
        Citation(
            number=1,
            article_id="a",
            title="Bridge opens",
            source="wire.example",
            url="",
            published=date(2021, 5, 4),
            quote="Osterholt opened it.",
            start=0,
            end=20,
        ),
    ),
)


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(0.93, "likely"), (0.6, "likely"), (0.59, "uncertain"), (0.4, "uncertain"), (0.39, "weak")],
)
def test_a_word_says_how_sure_an_answer_is(confidence: float, word: str) -> None:
    answer = replace(ANSWER, confidence=confidence)
    assert answer.certainty == word
    assert say_certainty(answer).lower().startswith(f"{word}: ")
    filed = facts.say_certainty(answer)
    assert filed.startswith(f"Certainty: {word}, which means that about ")
    assert filed.endswith(f" right (confidence {confidence:.2f})")


def test_an_answer_that_is_given_by_default_is_not_weak() -> None:
    assert CERTAINTY["uncertain"] == Settings.model_fields["answer_threshold"].default


def test_an_answer_that_is_not_given_is_not_called_anything() -> None:
    silence = Answer(question="Who?", status="not_in_archive", text="No.", confidence=0.9)
    assert silence.certainty == "none"
    assert say_certainty(silence) == ""
