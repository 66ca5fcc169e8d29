"""Tests that a word of a name is found however a text writes it."""

import pytest

from rag.text.known_names import has_name_word
from rag.text.words import plain


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Müllers came.", "Mueller"),
        ("Herr Mueller came.", "Müller"),
        ("He lives in Gross Strasse.", "Straße"),
        ("A fair in Lodz.", "Łódź"),
        ("Senator J. D. Orr spoke.", "J.D."),
        ("The Vessian army left.", "Vessia"),
        ("The National Harbour Board met.", "NHB"),
        ("The U.N. Harbour Board met.", "UNHB"),
        ("Anna-Lena Torvik came.", "Lena"),
        ("Marchetti resigned.", "Marcheti"),
    ],
)
def test_a_name_in_another_form_is_found(text: str, word: str) -> None:
    assert has_name_word(text, plain(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It rains tomorrow.", "Orr"),
        ("Solt Bank", "Dunmore"),
        ("Hal Torvik", "Vik"),
        ("A I", "Osk"),
    ],
)
def test_another_word_is_not(text: str, word: str) -> None:
    assert not has_name_word(text, plain(word))
