"""Questions that name something of their own and point back all the same."""

import pytest

from rag.question.pointing import points_back


@pytest.mark.parametrize(
    "question",
    [
        "What did the Home Office do about it?",
        "Why was Orr Ltd blamed for this?",
        "Is Ilse Varga still in custody over this?",
        "When did Orr deny that?",
        "Who in Marden sold them?",
        "How many people from Holm work there?",
        "And what did Orr say?",
        "But did Orr apologise?",
        "So, who is Ilse Varga?",
    ],
)
def test_what_stands_for_something_said_before_is_found(question: str) -> None:
    assert points_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who won in Marden?",
        "What did Orr say about this week?",
        "What is there to see in Marden?",
        "Is it true that Orr resigned?",
        "What is the Holm weir, and who built it?",
        "Did Orr say that Marden would pay for it?",
        "Who paid for those in need?",
        "And who won the Holm Cup in 2019?",
        "And did Orr meet Varga?",
        "Who is Anders Berg?",
        "",
    ],
)
def test_a_question_that_says_all_itself_does_not_point_back(question: str) -> None:
    assert not points_back(question)
