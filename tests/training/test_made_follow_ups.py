"""Follow-ups for training leave a name to the question before."""

import random

import pytest

from rag.models.reading import Text
from training.examples import Example
from training.follow_ups import FOLLOW_UPS, follow_ups


def _examples(*questions: str) -> list[Example]:
    passage = Text("Ferry line sold", "Ines Korhola sold the line on Monday.")
    return [Example("drills", asked, passage, ((0, 12),), ()) for asked in questions]


def _made(*questions: str) -> set[str]:
    examples = _examples(*questions)
    return {one.question for seed in range(40) for one in follow_ups(examples, random.Random(seed))}


def test_a_person_becomes_a_pronoun_behind_the_name_or_before_the_other_question() -> None:
    made = _made("When did Ines Korhola sell the line?", "Who is Korhola?")
    assert {
        "Ines Korhola: When did she sell the line?",
        "When did he sell the line? (Who is Korhola?)",
    } <= made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was Korhola's price?", "Korhola: What was their price?"),
        ("Who is opposed to Korhola?", "Korhola: Who is opposed to them?"),
        ("What happened in Korhola yesterday?", "Korhola: What happened there yesterday?"),
    ],
)
def test_the_pronoun_is_that_of_the_place(question: str, said: str) -> None:
    assert said in _made(question, "Who owns Korhola?")


def test_a_name_in_a_description_stays() -> None:
    assert not _made("What did the Korhola line cost?", "How old was minister Korhola?")


def test_a_name_that_no_other_question_has_stays() -> None:
    assert not _made("When did Korhola resign?", "What did the line cost?")


def test_what_answers_is_the_same() -> None:
    examples = _examples("When did Korhola resign?", "Why did Korhola resign?")
    made = list(follow_ups(examples, random.Random(1)))
    assert [one.answers for one in made] == [((0, 12),), ((0, 12),)]
    assert {one.set_name for one in made} == {FOLLOW_UPS}
