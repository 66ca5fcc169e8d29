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
        ("Forty-one boats came.", True),
        ("Thousands marched.", True),
        ("It rose by 5 percent.", True),
        ("Nobody came.", False),
    ],
)
def test_a_number_may_be_a_figure_or_a_word(sentence: str, held: bool) -> None:
    assert holds_kind(sentence, "number", "How many came?") is held


def test_a_name_from_the_question_does_not_answer_it() -> None:
    assert not holds_kind("Then Putin spoke.", "who", "Who did Putin call?")
    assert holds_kind("Then Putin called Aliyev.", "who", "Who did Putin call?")
