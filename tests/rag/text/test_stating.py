"""Whether a sentence states what is asked, or states the contrary."""

import pytest

from rag.text.stating import Sign, read_statement, sign_in

APPROVED = "Did the council approve the harbour plan?"
RELEASED = "Was Ana Ruiz released?"
RAISED = "Will the levee be raised?"


def sign(question: str, sentence: str) -> Sign | None:
    statement = read_statement(question)
    assert statement is not None
    return sign_in(statement, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (APPROVED, "The council approved the harbour plan on Tuesday."),
        (APPROVED, "The harbour plan was approved by the council, 9 to 4."),
        (APPROVED, "The council has endorsed the harbour plan."),
        (RELEASED, "Ana Ruiz was released without charge."),
        (RELEASED, "Police released Ana Ruiz on Friday."),
        (RAISED, "The levee will be raised next year."),
        ("Was the deputy minister arrested?", "The deputy minister was arrested."),
        ("Was the minister arrested?", "The health minister was arrested."),
    ],
)
def test_a_sentence_with_the_same_words_in_the_same_roles_says_yes(
    question: str, sentence: str
) -> None:
    assert sign(question, sentence) == "yes"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (APPROVED, "The council did not approve the harbour plan."),
        (APPROVED, "The council refused to approve the harbour plan."),
        (APPROVED, "The council rejected the harbour plan on Tuesday."),
        (RELEASED, "Ana Ruiz has not been released."),
        (RAISED, "The levee will not be raised."),
    ],
)
def test_one_denial_or_one_opposite_says_no(question: str, sentence: str) -> None:
    assert sign(question, sentence) == "no"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (APPROVED, "The council may approve the harbour plan."),
        (APPROVED, "The council wants to approve the harbour plan."),
        (APPROVED, "Residents asked whether the council approved the harbour plan."),
        (APPROVED, "The council will approve the harbour plan in May."),
        (APPROVED, "The council approved the harbour plan budget."),
        (APPROVED, "The council approved the budget."),
        (APPROVED, "The mayor approved the harbour plan."),
        (APPROVED, "A member of the council approved the harbour plan."),
        ("Did Ruiz accuse Orr?", "Orr accused Ruiz."),
        ("Did the club pay the fine?", "The club paid half the fine."),
        ("Was the minister arrested?", "The deputy minister was arrested."),
        ("Was the minister arrested?", "The former minister was arrested."),
        ("Did Orr resign?", "The minister who sacked Orr resigned."),
        ("Did Orr resign?", "Orr did not say why she resigned."),
        (RELEASED, "Ana Ruiz released a statement."),
        ("Did Orr kill his wife?", "Prosecutors said Orr killed his wife."),
        ("Was Orr sentenced?", "Orr was arrested on Monday."),
        ("Has the mill opened?", "The mill began laying off workers."),
        ("Has the school closed?", "The school opened a new library."),
        ("Did the storm kill anyone in Holm?", "The storm died out in Holm."),
        (RELEASED, "Was Ana Ruiz released?"),
        (RAISED, "The levee was raised in 1998."),
    ],
)
def test_what_is_possible_planned_asked_or_of_something_else_says_neither(
    question: str, sentence: str
) -> None:
    assert sign(question, sentence) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who approved the plan?",
        "Did the council not approve the plan?",
        "Did the council approve or reject the plan?",
        "Is Ana Ruiz a judge?",  # no verb says what would be so
        "Can the plan be approved?",
        "Was it approved?",
    ],
)
def test_of_some_questions_neither_yes_nor_no_is_read(question: str) -> None:
    assert read_statement(question) is None
