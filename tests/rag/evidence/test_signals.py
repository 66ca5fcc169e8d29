"""What speaks for a sentence as the answer to a when-question."""

import pytest

from rag.evidence.retrieval import understand
from rag.evidence.signals import WORD_SIGNALS, take_signals
from tests.rag.stories import EMBEDDER, found, story


def signals_of(sentence: str, question: str) -> dict[str, float]:
    """Return the signals of an article's only sentence, by name."""
    passage = found(story(sentence, title=""))
    (one,) = take_signals(understand(question, EMBEDDER), [passage], {}, passages=1)
    return dict(zip(WORD_SIGNALS, map(float, one.signals), strict=True))


@pytest.mark.parametrize(
    ("sentence", "question", "happening"),
    [
        ("The truce came into force on Tuesday.", "When did the truce begin?", 1),
        ("Fighting between Armenian troops erupted on Sunday.", "When did Armenia's war start?", 1),
        ("The pact was signed, and the truce began on Tuesday.", "When did they ink the pact?", -1),
        ("The exchange began on Friday.", "When did the truce begin?", 0),
        ("The bridge was opened on Tuesday.", "When was the bridge opened?", 0),
        ("The truce began.", "When did the truce begin?", 0),
        ("The truce began on Tuesday.", "Who began the truce?", 0),
    ],
)
def test_what_is_dated_must_be_what_is_asked_about(
    sentence: str, question: str, happening: float
) -> None:
    assert signals_of(sentence, question)["timed_happening"] == happening


def test_more_of_a_question_is_said_beside_the_right_time() -> None:
    question = "When was the pact signed in Port Alder?"
    beside = signals_of("The pact was signed in Port Alder on Monday, he said.", question)
    apart = signals_of("The pact was signed in Port Alder, he said on Monday.", question)
    assert beside["timed_coverage"] > apart["timed_coverage"]


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
