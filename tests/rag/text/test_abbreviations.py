"""Tests the abbreviations of the news."""

import pytest

from rag.text.abbreviations import other_forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Did the AG of Brenmark resign?", ["attorney general"]),
        ("What did the U.S. tell the E.U.?", ["United States", "European Union"]),
        ("Who is the Prime Minister of the UK?", ["United Kingdom", "PM"]),
        ("When did the World Health Organization meet?", ["WHO"]),
        ("The UN and the UN again", ["United Nations"]),
        ("Who told us that the pm is late?", []),
        ("WHO TOLD US?", []),
        ("The AGM was in AUGUST", []),
        ("", []),
    ],
)
def test_abbreviations_and_what_they_stand_for(text: str, forms: list[str]) -> None:
    assert other_forms(text) == forms
