"""The names that are suggested for one that an archive does not have."""

import pytest

from rag.question.near_names import close_names, close_outlets, did_you_mean, mistyped_outlets

OUTLETS = ("harbor-wire.example", "lowland-courier.example", "BBC News", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lowland-courrier.example", ["lowland-courier.example"]),
        ("bbc news", ["BBC News"]),
        ("Harbor-Wire", ["harbor-wire.example"]),
        ("courier", ["lowland-courier.example"]),
        ("xy.example", []),
        ("", []),
    ],
)
def test_names_that_are_spelled_alike_are_suggested(typed: str, meant: list[str]) -> None:
    assert close_names(typed, OUTLETS) == meant


def test_a_suggestion_is_a_question() -> None:
    assert did_you_mean(["a", "b"]) == "did you mean 'a' or 'b'?"
    assert did_you_mean([]) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Lowland Currier", ["lowland-courier.example"]),
        ("the Harbour Wire", ["harbor-wire.example"]),
        ("Lowland Council", []),
        ("Ana Orr", []),
        ("BBB", []),
        ("Harbor", []),
    ],
)
def test_an_outlet_is_mistyped_by_a_letter_or_two(typed: str, meant: list[str]) -> None:
    assert mistyped_outlets(typed, OUTLETS) == meant


def test_a_part_of_an_outlet_is_suggested_too() -> None:
    assert close_outlets("Harbor", OUTLETS) == ["harbor-wire.example"]
    assert close_outlets("Lowland Currier", OUTLETS) == ["lowland-courier.example"]
