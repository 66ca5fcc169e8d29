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
        ("Is it known how many people died?", "number"),
        ("Has the council said when it will vote?", "when"),
        ("Did the police say who was hurt?", "who"),
        ("What was the final bill?", "number"),
        ("What was the Dawn Party's share of the vote?", "number"),
        ("What is the Bank of Holm's interest rate?", "number"),
        ("What did the brewer pay for the old mill?", "number"),
        ("What will the new pier cost?", "number"),
        ("What were the porters paid for the night?", "number"),
        ("What rent does the choir pay?", "number"),
        ("What was Orr Mills's profit in May?", "number"),
        ("What is inflation?", "number"),
        ("What was the population of Holm in 2011?", "number"),
        ("What was the mayor's name?", "other"),
        ("What caused the deficit?", "other"),
        ("What did the mayor say about the congestion charge?", "other"),
        ("What do the nurses think of performance pay?", "other"),
        ("What did the governor say about inflation?", "other"),
        ("What does the union want for its pay?", "other"),
        ("What did the company spend on in May?", "other"),
        ("What did the police charge Orr for?", "other"),
        ("Which homage did the town pay her?", "other"),
        ("Which bill was passed?", "other"),
        ("What was the budget speech about?", "other"),
        ("Which city council approved it?", "other"),
        ("What place did she finish in?", "other"),
        ("What was her time?", "other"),
        ("What was the winner's time?", "other"),
        ("What was Ana Orr's winning time in Holm?", "other"),
        ("What was the record time?", "other"),
        ("What time did she start?", "when"),
        ("What was her arrival time?", "when"),
        ("What was the time of her arrival?", "when"),
        ("What was his time of death?", "when"),
    ],
)
def test_the_question_word_says_what_is_asked_for(question: str, kind: str) -> None:
    assert expected_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who takes over the orchestra when Lindqvist retires?", "who"),
        ("How many sailors were aboard when the tug capsized?", "number"),
        ("When the mine closed, who paid the pensions?", "who"),
        ("When the mine closed, did the town shrink?", "other"),
        ("Was the tower taller when it was built?", "other"),
        ("What did the pilot report when the engine failed?", "other"),
        ("Where was the minister when the vote was called?", "where"),
        ("Orr made the news when she became the first to hold which office?", "other"),
        ("Was the mayor in the know when the mine closed?", "other"),
        ("Ana Orr gave up which office this week?", "other"),
        ("The storm struck which island last month?", "other"),
    ],
)
def test_when_as_a_conjunction_asks_for_no_time(question: str, kind: str) -> None:
    assert expected_kind(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        "When exactly was the tower built?",
        "When's the vote?",
        "Does anybody know when the mine closed?",
        "Tell me when the mine closed",
        "The vote was put off until when?",
        "Since when has the mine been closed?",
        "Who built the tower, and when?",
        "What was built here and when was it opened?",
        "When and where was the tug raised?",
        "When vote in Lomar",
        "When was the pilot questioned when he landed?",
    ],
)
def test_when_asks_for_a_time_in_all_its_places(question: str) -> None:
    assert expected_kind(question) == "when"


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
    assert holds_kind(sentence, "number", set()) is held


def test_a_name_from_the_question_does_not_answer_it() -> None:
    words = {"who", "did", "putin", "call"}
    assert not holds_kind("Then Putin spoke.", "who", words)
    assert holds_kind("Then Putin called Aliyev.", "who", words)
    assert not holds_kind("“He called,” she said.", "who", words)
    assert holds_kind(
        "Powell spoke in Rome.", "where", {"where", "did", "jerome", "powell", "speak"}
    )
