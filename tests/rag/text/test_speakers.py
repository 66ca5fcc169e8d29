"""Tests who says each sentence, and that nobody is claimed where the text does not say it."""

import pytest

from rag.text.speakers import find_addressed, find_speakers, speaker_at


def speakers(text: str) -> list[str | None]:
    return [spoken.speaker for spoken in find_speakers(text)]


def test_the_speaker_stands_beside_the_verb() -> None:
    assert speakers("“It holds,” said the engineer, Karl Osk.") == ["osk"]
    assert speakers("Lena Torvik, the mayor, told the hall it would hold.") == ["torvik"]


def test_he_and_she_are_the_last_ones_named_who_fit() -> None:
    text = "Karl Osk met Lena Torvik. “It moved,” he said. “You are late,” she replied."
    assert speakers(text) == [None, "osk", "torvik"]


def test_a_quotation_goes_on_after_its_speaker_is_named() -> None:
    text = "“It holds,” said Karl Osk. “It is old,” and so on. The hall was full. “Yes.”"
    assert speakers(text)[:3] == ["osk", "osk", None]


def test_a_transcript_labels_its_speakers() -> None:
    text = "LENA TORVIK: How deep is it? Is it cold?\nQ: Who asks?\nThe hall was full."
    assert speakers(text) == ["torvik", "torvik", "q", None]


def test_a_sentence_without_any_of_that_has_no_speaker() -> None:
    assert speakers("The dam holds. It was built in 1954.") == [None, None]


def test_the_sentence_at_a_place_is_found() -> None:
    text = "The hall was full. Karl Osk said it would hold."
    assert speaker_at(find_speakers(text), text.index("Karl")) == "osk"
    assert speaker_at(find_speakers(text), 0) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karl Osk told Lena Torvik that it holds.", ["osk"]),
        ("The board told the mayor, Lena Torvik, that it leaks.", [None]),
        ("“Does it hold?” asked Karl Osk.", ["osk"]),
        ("She said Osk lied.", [None]),
        (
            "Lena Torvik met Karl Osk. “I will not,” she is said to have told Osk.",
            [None, "torvik"],
        ),
        ("Karl Osk met Lee Orr. “You are late,” he told Osk.", [None, "orr"]),
        ("In Sund, the mayor of Holm met Karl Osk. He said it leaks.", [None, "osk"]),
        ("Torvik’s deputy, Ida Lee, came. She said it leaks.", [None, "lee"]),
    ],
)
def test_whoever_is_spoken_to_does_not_speak(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Osk told General Torvik that it holds.", ["General Torvik"]),
        ("The board told the mayor, Lena Torvik, that it leaks.", ["Lena Torvik"]),
        ("“It leaks,” Osk said to Torvik.", ["Torvik"]),
        ("Lena Torvik, the mayor, was warned by Osk.", ["Lena Torvik"]),
        ("“Does it hold?” asked Karl Osk.", []),
        ("Osk told the hall Torvik had left.", []),
        ("Osk told Holm radio that it leaks.", []),
    ],
)
def test_whoever_is_spoken_to_is_found(sentence: str, expected: list[str]) -> None:
    assert [sentence[name.start : name.end] for name in find_addressed(sentence)] == expected
