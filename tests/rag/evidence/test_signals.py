"""Tests the signals of a sentence as the answer to a when-question."""

import pytest

from rag.evidence.signals import Signals, take_signals
from rag.question.asked import read_part
from tests.rag.stories import EMBEDDER, found, story


def signals_of(sentence: str, question: str) -> Signals:
    """Return the signals of an article's only sentence, by name."""
    passage = found(story(sentence, title=""))
    (one,) = take_signals(read_part(question, EMBEDDER), [passage], {}, passages=1)
    return one.signals


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("The war broke out on Sunday.", 1),
        ("It was the worst day since the 2020 war.", 0),
        ("The war of 2016 broke out on 2 April 2016.", 0),
        ("PORT ALDER, Nov. 12 (Wire) — The war has broken out.", 0),
    ],
)
def test_a_time_answers_only_if_it_may_be_of_what_is_asked_about(
    sentence: str, held: float
) -> None:
    assert signals_of(sentence, "When did the 2020 war break out?")["kind_held"] == held
