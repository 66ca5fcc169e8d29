"""Tests the abbreviations of the news."""

import pytest

from rag.text.abbreviations import abbreviations_in, in_full, other_forms, spelt_out_in


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Did the AG of Brenmark resign?", ["attorney general"]),
        ("What did the U.S. tell the E.U.?", ["United States", "European Union", "US"]),
        ("Who is the Prime Minister of the UK?", ["United Kingdom", "PM", "U.K."]),
        ("When did the World Health Organization meet?", ["WHO"]),
        ("The UN and the UN again", ["United Nations", "U.N."]),
        ("What did the United States say?", ["US", "U.S."]),
        ("How many MPs voted?", ["members of parliament"]),
        ("What happened at 10 PM?", []),
        ("Who is A.G. Orr?", []),
        ("Who paid US$5 million?", []),
        ("Who told us that the pm is late?", []),
        ("WHO TOLD US?", []),
        ("The AGM was in AUGUST", []),
        ("", []),
    ],
)
def test_abbreviations_and_what_they_stand_for(text: str, forms: list[str]) -> None:
    assert other_forms(text) == forms


def spelt_out(text: str, passages: list[str]) -> str:
    return in_full(text, spelt_out_in(passages, abbreviations_in(text)))


IN_FULL = ["The attorney general left.", "Brenmark’s prime minister met the Attorney General."]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Who is the AG?", "Who is the attorney general?"),
        ("Did the A.G. resign?", "Did the attorney general resign?"),
        (
            "What did the AG's office tell the PM?",
            "What did the attorney general's office tell the prime minister?",
        ),
        ("Did the EU object?", "Did the EU object?"),
        ("Was the AGM at 3 p.m. or at 5 pm?", "Was the AGM at 3 p.m. or at 5 pm?"),
        ("Is it for us?", "Is it for us?"),
        ("WHO IS THE AG?", "WHO IS THE AG?"),
        ("", ""),
    ],
)
def test_an_abbreviation_is_spelt_out_as_the_passages_do(text: str, read: str) -> None:
    assert spelt_out(text, IN_FULL) == read


@pytest.mark.parametrize(
    "passages",
    [
        [],
        ["Nobody came."],
        ["The attorney general (AG) left."],
        ["The A.G. left.", "The attorney general came."],
    ],
)
def test_an_abbreviation_that_passages_have_stays(passages: list[str]) -> None:
    assert spelt_out("Who is the AG?", passages) == "Who is the AG?"


def test_an_abbreviation_of_something_else_stays() -> None:
    races = ["The Holm GP was won by Lund.", "The GP of Ende is on Sunday."]
    doctor = ["Lund was a general practitioner before."]
    assert spelt_out("Who won the Holm GP?", races + doctor) == "Who won the Holm GP?"
    assert spelt_out("Did the US Open end?", ["The U.S. Open ended."]) == "Did the US Open end?"
