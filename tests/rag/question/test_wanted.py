"""Which of several values a question wants, and whether one value can answer it."""

import pytest

from rag.question.wanted import read_wanted


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("What is the current toll?", "newest"),
        ("How many are missing?", "newest"),
        ("How many pupils does the school have?", "newest"),
        ("How many boats were lost in the end?", "newest"),
        ("Who won the last election?", "newest"),
        ("Who won the election last year?", ""),
        ("Who won the race last Friday?", ""),
        ("How many boats were lost?", ""),
        ("How big was Tarn's debt?", ""),
        ("What was the highest fare?", "highest"),
        ("What was the lowest temperature?", "lowest"),
        ("How much was the highest fare?", "highest"),
        ("How many jobs will the biggest mill cut?", ""),
        ("How many were feared dead initially?", "oldest"),
        ("What did the board first offer?", "oldest"),
        ("How big was the mill that Orr first applied for?", "oldest"),
        ("What was the union's first offer?", "oldest"),
        ("What was the first opened mill?", ""),
        ("What was Orr's first reported loss?", ""),
        ("What did the first visit cost?", ""),
        ("When did the mill first open?", ""),
        ("What is the minimum wage?", "newest"),
        ("What was the minimum temperature?", "lowest"),
        ("How many adults had at least one dose?", ""),
        ("How long did the siege last?", ""),
        ("How long did the siege of Holm last in the end?", "newest"),
        ("How many people watched the final?", ""),
        ("What was the final price?", "newest"),
        ("What was the toll of the country's biggest fire?", ""),
        ("Who owns the largest stake?", ""),
        ("What was the storm's highest wind speed?", "highest"),
        ("What's the lowest figure?", "lowest"),
        ("What did the fund lose in the last three months?", ""),
    ],
)
def test_a_question_says_which_value_it_wants(question: str, which: str) -> None:
    assert read_wanted(question).which == which


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("Did the bridge reopen?", "yes-no"),
        ("Were there more fires than in 2018?", "comparison"),
        ("Did more people come in May or in June?", "comparison"),
        ("Which libraries are closing?", "list"),
        ("Which libraries is the town closing?", "list"),
        ("Who are the chief executives of the two banks?", "list"),
        ("Which banks went bust?", "list"),
        ("Which people died?", "list"),
        ("Which airlines fly to Holm?", "list"),
        ("What share of homes are empty?", ""),
        ("Which Paris hotel burned?", ""),
        ("Which bus is late?", ""),
        ("How many libraries are closing?", ""),
        ("Which bank was robbed?", ""),
        ("What law was passed?", ""),
        ("Which party has won?", ""),
        ("Which roads in the old town are closed?", "list"),
        ("What changes to the law were made?", "list"),
        ("Which mill cut more than 1,000 jobs?", ""),
        ("What happened less than a week after the fire?", ""),
        ("Why did the trial take longer than expected?", ""),
        ("Is the fare higher than a year ago?", "comparison"),
        ("Was the fare higher than in 2018?", "comparison"),
        ("Do we know how many died?", ""),
        ("Did the police say how many were hurt?", ""),
        ("Did the police say that she was hurt?", "yes-no"),
    ],
)
def test_a_question_that_one_value_cannot_answer_is_known(question: str, shape: str) -> None:
    assert read_wanted(question).shape == shape


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many boats were lost?", True),
        ("What was the toll?", True),
        ("How many boats were lost in 2018?", False),
        ("How many boats had been lost by Monday?", False),
        ("How many boats were wrecked by the storm?", True),
        ("What did the boats cost?", False),
    ],
)
def test_a_count_of_one_story_is_told_from_that_of_a_time(question: str, expected: bool) -> None:
    assert read_wanted(question).is_count is expected
