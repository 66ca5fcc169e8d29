import random
from collections.abc import Sequence

import numpy as np
import pytest

from rag.reading import Text
from training.examples import Example
from training.swaps import Swaps

QUESTIONS = [
    "When did the storm reach Norway?",
    "When did the storm reach Sweden?",
    "When did the storm reach Chile?",
]
PASSAGE = Text("Storm", "The storm reached Norway in 1998 and passed Sweden by.")


class Alike:
    """An embedder to which no two names are the same thing, and all are as near."""

    name = "alike"
    dimension = 8

    def embed(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        vectors = np.zeros((len(texts), 8), dtype=np.float32)
        vectors[:, 0] = 0.6
        vectors[np.arange(len(texts)), 1 + np.arange(len(texts)) % 7] = 0.8
        return vectors


def example(question: str, answer: str = "1998") -> Example:
    start = PASSAGE.body.index(answer)
    return Example("ours", question, PASSAGE, ((start, start + len(answer)),), ())


def swaps() -> Swaps:
    return Swaps(QUESTIONS, Alike())


def test_a_name_becomes_another_of_its_kind_that_the_passage_does_not_have() -> None:
    swapped = swaps().swapped(example("When did the storm reach Norway?"), random.Random(1))
    assert swapped is not None
    assert swapped.question == "When did the storm reach Chile?"
    assert swapped.answers == ()
    assert swapped.passage == PASSAGE


def test_a_year_becomes_a_near_one() -> None:
    swapped = swaps().swapped(
        example("Which country did the storm of 1998 reach?", "Norway"), random.Random(1)
    )
    assert swapped is not None
    (year,) = (int(word) for word in swapped.question.split() if word.isdigit())
    assert 1986 <= year <= 2010
    assert year != 1998


@pytest.mark.parametrize(
    "question",
    ["When did it come?", "When did the storm reach Chile?", "What became of Norway's storm?"],
    ids=["no name", "a name that the passage does not have", "a name nobody else asks of"],
)
def test_a_question_without_a_name_to_exchange_is_left_out(question: str) -> None:
    one = Swaps(["When did the storm reach Norway?"], Alike())
    assert one.swapped(example(question), random.Random(1)) is None


def test_the_answer_itself_is_not_exchanged() -> None:
    asked = example("Did the storm of Norway reach land?", "Norway")
    assert swaps().swapped(asked, random.Random(1)) is None
