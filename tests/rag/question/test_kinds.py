import pytest

from rag.question.kinds import expected_kind, holds_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did it begin?", "when"),
        ("On what date was it signed?", "when"),
        ("How many died?", "number"),
        ("Who signed it?", "who"),
        ("Whose plane was it?", "who"),
        ("In which city did they meet?", "where"),
        ("Why was it delayed?", "other"),
    ],
)
def test_the_question_word_says_what_is_asked_for(question: str, kind: str) -> None:
    assert expected_kind(question) == kind


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("It began on Tuesday.", True),
        ("It took effect on 10 November.", True),
        ("The talks were held in 2020.", True),
        ("They march on the capital.", False),
        ("He may resign.", False),
    ],
)
def test_a_when_question_wants_a_time(sentence: str, held: bool) -> None:
    assert holds_kind(sentence, "when", "When?") is held


def test_a_name_from_the_question_does_not_answer_it() -> None:
    assert not holds_kind("Then Putin spoke.", "who", "Who did Putin call?")
    assert holds_kind("Then Putin called Aliyev.", "who", "Who did Putin call?")
