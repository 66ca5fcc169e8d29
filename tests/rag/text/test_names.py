"""Tests the names that are found in a text, above all those with initials."""

import pytest

from rag.text.names import find_names, parts_of


def names(text: str) -> list[str]:
    return [" ".join(parts_of(name)) for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who is K. V. Orr?", ["k.v. orr"]),
        ("What did R. Marden say?", ["r. marden"]),
        ("K. V. Orr left.", ["k.v. orr"]),
        ("Ana F. Orr left. R. Marden stayed with J. Brae and M. Lund.", None),
        ("Harbour Minister K. V. Orr left.", ["harbour minister k.v. orr"]),
        ("The scorers were Brae, S. Orr and M.K. Lund.", ["brae", "s. orr", "m.k. lund"]),
        ("The mayor, J.D. Orr, met George H.W. Marden.", ["j.d. orr", "george h.w. marden"]),
    ],
)
def test_initials_belong_to_the_name_behind_them(text: str, found: list[str] | None) -> None:
    assert names(text) == (found or ["ana f. orr", "r. marden", "j. brae", "m. lund"])


@pytest.mark.parametrize(
    "text",
    [
        "They chose plan B. Orr left.",
        "She got an A. Orr left.",
        "She was in Groups A and B. Orr left.",
        "So did I. Orr left.",
        "Ask about hepatitis B. Orr left.",
        "A. Orr left.",
    ],
)
def test_a_letter_at_the_end_of_a_sentence_belongs_to_no_name(text: str) -> None:
    assert names(text)[-1] == "orr"


def test_an_abbreviation_is_read_as_before() -> None:
    assert names("The U.S. Senate met Gen. Orr of Holm.") == ["u.s. senate", "gen orr", "holm"]
