"""Whether a sentence states what is asked, or states the contrary."""

import pytest

from rag.text.statements import read_statement
from rag.text.stating import Sign, sign_in

APPROVED = "Did the council approve the harbour plan?"
RELEASED = "Was Ana Ruiz released?"
RAISED = "Will the levee be raised?"
ENDED = "Has the strike ended?"
CLOSED = "Is the bridge closed?"
BOUGHT = "Did Orr buy the club?"
ARRESTED = "Was the minister arrested?"


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
        ("Was the minister arrested?", "On the same day the minister was arrested."),
        ("Was the minister arrested?", "Police said that the minister was arrested."),
        (APPROVED, "The council approved the budget and the harbour plan."),
        (APPROVED, "The council approved on Tuesday the city's new harbour plan."),
        (APPROVED, "The council approved the harbour plan, which would bring 300 jobs."),
        ("Did Orr buy the club?", "Orr bought the football club."),
        (ENDED, "The strike ended on Friday after it began on Monday."),
        (ENDED, "The strike has ended, and talks have begun on pay."),
        ("Has Orr been released?", "Orr was released on Monday, hours after he was arrested."),
        ("Did the school close?", "The school closed in May and reopened in June."),
        (CLOSED, "The bridge is closed."),
        (CLOSED, "The bridge has now been closed."),
        ("Does the council oppose the plan?", "The council opposes the plan."),
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
        (APPROVED, "The council rejected the harbour plan, which the mayor had approved."),
        (ENDED, "The strike has not ended."),
        (CLOSED, "The bridge is not closed."),
        ("Does the council oppose the plan?", "The council does not oppose the plan."),
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
    ("question", "sentence"),
    [
        (ENDED, "The strike began on Monday and ended on Friday."),
        ("Has Orr been released?", "Orr was arrested on Monday and released on Friday."),
        ("Was Orr acquitted?", "Orr was convicted of fraud and acquitted of murder."),
        ("Has the museum opened?", "The museum, which closed in 2020, has opened again."),
        ("Was the drug approved?", "The drug was rejected in May and approved in June."),
        ("Was the drug approved?", "The drug was rejected in May before it was approved in June."),
        (
            "Did the union accept the offer?",
            "The union rejected the first offer and accepted the second.",
        ),
    ],
)
def test_an_opposite_beside_the_word_itself_denies_nothing(question: str, sentence: str) -> None:
    assert sign(question, sentence) in (None, "yes")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (ENDED, "The strike ended on Monday but began again on Friday."),
        ("Has Orr been released?", "Orr has been released but was arrested again on Friday."),
        ("Has the school closed?", "The school closed in May and reopened in June."),
        (CLOSED, "The bridge was closed in 1998 but is open now."),
        (CLOSED, "The bridge had been closed."),
        ("Does the council oppose the plan?", "The council opposed the plan."),
    ],
)
def test_what_was_so_once_does_not_say_that_it_is(question: str, sentence: str) -> None:
    assert sign(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (APPROVED, "The council approved changes to the harbour plan."),
        (APPROVED, "The council approved a report criticising the harbour plan."),
        ("Was the harbour plan approved?", "A report on the new harbour plan was approved."),
        (BOUGHT, "Orr bought a stake in the club."),
        (BOUGHT, "Orr bought a stake in the football club."),
        (BOUGHT, "Orr bought shares in the club."),
        (BOUGHT, "Orr bought 10% of the club."),
        (BOUGHT, "Orr bought a house near the club."),
        ("Did the president sign the law?", "The president signed a letter opposing the law."),
        (RELEASED, "Police released a letter criticising Ana Ruiz."),
        (ARRESTED, "The man who attacked the minister was arrested."),
        (ARRESTED, "The man whose dog bit the minister was arrested."),
        (ENDED, "The rail strike has ended, but the bus strike goes on."),
        (ENDED, "The strike at Holm has ended, but the one at Marden goes on."),
    ],
)
def test_what_only_goes_with_the_thing_says_nothing_of_it(question: str, sentence: str) -> None:
    assert sign(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (APPROVED, "Had the council approved the harbour plan, work would have begun."),
        ("Will the council raise taxes?", "The council will raise taxes if the vote is lost."),
        ("Will the council raise taxes?", "The council will raise taxes unless it is won."),
    ],
)
def test_what_depends_on_something_says_neither(question: str, sentence: str) -> None:
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
