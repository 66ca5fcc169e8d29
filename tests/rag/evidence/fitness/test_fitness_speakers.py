"""Tests that other people's words are no answer to what somebody said."""

import pytest

from rag.evidence.fitness import find_misfits
from tests.rag.evidence.fitness.candidates import candidate, kinds

MEETING = (
    "Engineer Karl Osk met Mayor Lena Torvik about the dam. “The wall has moved,” Osk said. "
    "She replied: “You have told me that before.” The hall was full."
)


def test_words_of_another_do_not_fit() -> None:
    assert "speaker" in kinds("What did Lena Torvik say to Osk?", MEETING, sentence=1)
    assert "speaker" not in kinds("What did Karl Osk say?", MEETING, sentence=1)
    assert "speaker" not in kinds("What did Lena Torvik say to Osk?", MEETING, sentence=2)


def test_a_sentence_in_which_nobody_speaks_does_not_fit_unless_it_names_who_is_asked_for() -> None:
    assert "speaker" in kinds("What did Lena Torvik say?", MEETING, sentence=3)
    assert "speaker" not in kinds("What did Lena Torvik say?", MEETING, sentence=0)


def test_a_sentence_that_may_be_theirs_fits() -> None:
    text = "Mayor Lena Torvik was angry. She had waited for years. “It is a scandal. I will go.”"
    assert "speaker" not in kinds("What did Lena Torvik say?", text, sentence=1)
    assert "speaker" not in kinds("What did Lena Torvik say?", text, sentence=2)


def test_an_office_may_be_theirs() -> None:
    text = "Lena Torvik spoke on Monday. The prime minister said taxes would fall. Taxes are high."
    assert "speaker" not in kinds("What did Lena Torvik say?", text, sentence=1)
    assert "speaker" in kinds("What did Lena Torvik say?", text, sentence=2)


def test_whoever_is_only_described_may_have_any_name() -> None:
    text = "“It leaks,” said Karl Osk."
    assert "speaker" not in kinds("What does the Holm engineer say?", text)
    assert "speaker" not in kinds("What does Holm Grid's chief say?", text)
    assert "speaker" not in kinds("What does Norway say?", text)


def test_a_transcript_names_its_speakers() -> None:
    text = "CHAIR: How deep is it?\nTORVIK: Nine metres.\nOSK: I measured eight."
    question = "How deep is the lake according to Lena Torvik?"
    assert [("speaker" in kinds(question, text, sentence=n)) for n in range(3)] == [
        True,
        False,
        True,
    ]


def test_other_questions_want_no_speaker() -> None:
    assert "speaker" not in kinds("When did Lena Torvik meet Osk?", MEETING, sentence=1)


@pytest.mark.parametrize(
    ("section", "author", "expected"),
    [
        ("Comment", "Lena Torvik", False),
        ("Comment", "Karl Osk", True),
        ("News", "Lena Torvik", True),
    ],
)
def test_an_opinion_piece_has_the_words_of_its_author(
    section: str, author: str, *, expected: bool
) -> None:
    of_column = candidate(
        "What does Lena Torvik think of the dam?",
        "The dam should have been shut in 2019.",
        section=section,
        author=author,
    )
    assert ("speaker" in {misfit.kind for misfit in find_misfits(of_column)}) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did Torvik tell Osk?", "Osk told Torvik that the road stays open.", True),
        ("What did Osk tell Torvik?", "Osk told Torvik that the road stays open.", False),
        ("What did Torvik say?", "“You are late,” he told Lena Torvik.", True),
        ("What did Torvik say?", "Osk told Torvik to go, and she replied that she would.", False),
        ("What did Torvik say?", "Osk told Torvik that Torvik had said enough.", False),
        ("What did Osk tell Torvik?", "Osk told Ida Lee that the road was shut.", True),
        ("What did Osk say to Torvik?", "“It is shut,” Osk said to Ida Lee.", True),
        ("What did Osk tell Torvik?", "Osk told the families that the road was shut.", False),
        ("What did Osk tell the board?", "Osk told Ida Lee that the road was shut.", False),
        ("What did Osk say about Torvik?", "Osk told Ida Lee that the road was shut.", False),
    ],
)
def test_what_is_said_to_somebody_are_not_their_words(
    question: str, sentence: str, *, expected: bool
) -> None:
    assert ("speaker" in kinds(question, sentence)) is expected
