import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.composing import Composed, composed
from rag.text.sentences import Span


def test_letters_are_composed_and_joined_ones_parted() -> None:
    assert (
        composed("Cafe\u0301 Holm, \ufb01rst \ufb02oor, \ufb06aff")
        == "Café Holm, first floor, staff"
    )


@pytest.mark.parametrize(
    ("text", "word", "given"),
    [
        ("the cafe\u0301 Mu\u0308ller in Holm", "Müller", "Mu\u0308ller"),
        ("the cafe\u0301 Mu\u0308ller in Holm", "Holm", "Holm"),
        ("the o\ufb03cer of Holm", "officer", "o\ufb03cer"),
        ("the o\ufb03cer of Holm", "cer", "cer"),
        (
            "the city of \u1109\u1165\u110b\u116e\u11af lives",
            "서울",
            "\u1109\u1165\u110b\u116e\u11af",
        ),
    ],
)
def test_a_place_is_found_in_the_text_that_was_given(text: str, word: str, given: str) -> None:
    written = Composed.of(text)
    start = written.text.index(word)
    assert text[slice(*written.place_before(Span(start, start + len(word))))] == given


@given(st.text(alphabet="aeo \u0301\u0308\u0323\ufb01\ufb05éß한\u1100\u1161\u11a8", max_size=20))
def test_a_composed_text_has_a_place_for_each_character(text: str) -> None:
    written = Composed.of(text)
    assert len(written.places) == len(written.text)
    assert "".join(text[slice(*span)] for span in dict.fromkeys(written.places)) == text
    assert written.text == composed(text)
    end = len(written.text)
    assert written.place_before(Span(0, end)) == Span(0, len(text))
    assert written.place_before(Span(end, end)) == Span(len(text), len(text))
