import pytest

from rag.archive import Archive
from rag.question.parts import split_question


def questions(text: str) -> list[str]:
    return [part.question for part in split_question(text)]


def test_two_questions_joined_by_and_are_two() -> None:
    asked = questions("Who signed the Doha deal, and when did foreign troops leave Kabul?")
    assert asked == ["Who signed the Doha deal?", "When did foreign troops leave Kabul?"]


def test_a_part_is_shown_as_it_was_put() -> None:
    asked = questions("When did the ferry Aurora sink and where was it raised?")
    assert asked[1] == "Where was it raised?"


def test_what_a_later_part_points_back_to_is_carried_into_it() -> None:
    parts = split_question("When did the ferry Aurora sink and where was it raised?")
    assert "ferry Aurora" in " ".join(parts[1].carried)
    assert parts[0].carried == ()


def test_two_question_words_share_the_rest() -> None:
    asked = questions("When and where was the treaty signed?")
    assert asked == ["When was the treaty signed?", "Where was the treaty signed?"]


def test_a_part_without_names_is_found_by_those_of_the_first() -> None:
    parts = split_question("Who signed for Tigray, and where was the agreement reached?")
    assert parts[1].context == "signed Tigray"


def test_a_part_without_names_is_found_by_what_the_first_is_about() -> None:
    parts = split_question("How many died in the mill fire and how many were injured?")
    assert "mill fire" in parts[1].context


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Was Orr dismissed, and if so why?", ["Was Orr dismissed?", "Why?"]),
        ("Did Orr keep any of it, and how much?", ["Did Orr keep any of it?", "How much?"]),
        ("Why did Orr resign and was he paid off?", ["Why did Orr resign?", "Was he paid off?"]),
        ("What was the fine, and whether it was paid?", ["What was the fine?", "Was it paid?"]),
        (
            "What was the date of the vote and the name of the winner?",
            ["What was the date of the vote?", "What was the name of the winner?"],
        ),
    ],
)
def test_yes_or_no_and_two_things_are_parts_too(text: str, parts: list[str]) -> None:
    assert questions(text) == parts


def test_a_fragment_takes_all_that_is_asked_before() -> None:
    _, fragment = split_question("Was the lamp of the pier out again, and for how long?")
    assert fragment.question == "For how long?"
    assert {"lamp", "pier"} <= set(fragment.carried)


@pytest.mark.parametrize(
    "text",
    [
        "Who led the bank for years and was the first to leave it?",
        "What does she want people to bring and do at the concert?",
        "What was the date and the place of the vote?",
        "When did the war between Armenia and Azerbaijan begin?",
        "What did the mayor and the council decide?",
        "Who won?",
        "Who ran the port when the quay burned and when the crane fell?",
        "ceasefire terms and conditions",
        "The dealer who bought it paid a record sum and the seller, a college, was content; who?",
        "",
    ],
)
def test_what_is_one_question_stays_as_it_is(text: str) -> None:
    assert questions(text) == [text]


def test_each_part_has_its_own_answer_and_numbers_go_on(archive: Archive) -> None:
    answer = archive.ask(
        "When did the northern truce take effect, and when did the southern truce take effect?"
    )
    assert answer.status == "answered"
    numbers = [
        c.number for c in sorted((*answer.citations, *answer.also_found), key=lambda c: c.number)
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    quotes = [citation.quote for citation in answer.citations]
    assert any("northern" in quote for quote in quotes)
    assert any("southern" in quote for quote in quotes)
    assert answer.text.count("take effect?") == 2


def test_a_part_the_archive_does_not_answer_says_so(archive: Archive) -> None:
    answer = archive.ask("When did the northern truce take effect, and who won the 2018 World Cup?")
    assert answer.status == "answered"
    assert "The archive does not say." in answer.text
