import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.dialogue.parser import read_question


@pytest.mark.parametrize(
    ("question", "asked", "subject", "verb"),
    [
        ("When did the truce in Gaza begin?", "When", "the truce in Gaza", "begin"),
        ("Where was the agreement to end the Tigray war reached?", "Where",
         "the agreement to end the Tigray war", "reached"),
        ("When did the ship that blocked the Suez Canal run aground?", "When",
         "the ship that blocked the Suez Canal", "run"),
        ("Did Russia and Iran exchange prisoners?", "", "Russia and Iran", "exchange"),
        ("What share of the vote did his party get?", "What share of the vote", "his party", "get"),
        ("How many people were killed?", "How many people", "", "killed"),
        ("How many people live in Tonga?", "How many people", "", "live"),
        ("To what level did the Bank of England raise rates?", "To what level",
         "the Bank of England", "raise"),
        ("What did Apple announce last week?", "What", "Apple", "announce"),
        ("Which ship blocked the canal?", "Which ship", "", "blocked"),
        ("Who was picked to succeed him?", "Who", "", "picked"),
    ],
)  # fmt: skip
def test_a_question_is_read_into_its_parts(
    question: str, asked: str, subject: str, verb: str
) -> None:
    parts = read_question(question)
    subjects = [phrase.text for phrase in parts.phrases if phrase.role == "subject"]
    assert parts.said(parts.asked) == asked
    assert next(iter(subjects), "") == subject
    assert parts.said(parts.verb) == verb


def test_a_phrase_knows_its_noun_its_preposition_and_what_is_inside() -> None:
    parts = read_question("How many died in the blast at Beirut's port in August 2020?")
    blast, port = (phrase for phrase in parts.phrases if phrase.role == "adjunct")
    assert (blast.head, parts.preposition(blast), blast.depth) == ("blast", "in", 0)
    assert (port.text, parts.preposition(port), port.depth) == ("Beirut's port", "at", 1)
    assert parts.text[blast.start : parts.bare_end(blast)] == "the blast"
    assert parts.said(parts.time) == "in August 2020"


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_has_parts_at_their_places(text: str) -> None:
    parts = read_question(text)
    for phrase in parts.phrases:
        assert text[phrase.start : phrase.end] == phrase.text
        assert phrase.lead <= phrase.start
        assert phrase.start < parts.bare_end(phrase) <= phrase.end


@settings(deadline=None)
@given(st.lists(st.sampled_from(
    "who what when did was the a of in and that deal Armenia Putin signed take it his to".split()
), max_size=14))  # fmt: skip
def test_any_order_of_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    parts = read_question(text)
    assert all(text[phrase.start : phrase.end] == phrase.text for phrase in parts.phrases)
