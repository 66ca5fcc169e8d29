import pytest

from ui.page.elsewhere import Elsewhere, find_elsewhere


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Timeline of the dam dispute", "the dam dispute"),
        ("show me a timeline of the dam dispute.", "the dam dispute"),
        ("The chronology  of the dam dispute?", "the dam dispute"),
        ("Give me the timeline for Port Alder", "Port Alder"),
    ],
)
def test_a_question_for_a_timeline_is_told(question: str, topic: str) -> None:
    assert find_elsewhere(question) == Elsewhere(page="timeline", topic=topic)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("List articles about the dam", "the dam"),
        ("list all the articles on Port Alder", "Port Alder"),
        ("Show me stories about strikes", "strikes"),
    ],
)
def test_a_question_for_articles_is_told(question: str, topic: str) -> None:
    assert find_elsewhere(question) == Elsewhere(page="archive", topic=topic)


@pytest.mark.parametrize(
    "question",
    [
        "What is the timeline of the withdrawal?",
        "Who wrote the articles about the dam?",
        "When did the timeline of the dam slip?",
        "timeline of",
        "",
    ],
)
def test_other_questions_are_just_asked(question: str) -> None:
    assert find_elsewhere(question) is None
