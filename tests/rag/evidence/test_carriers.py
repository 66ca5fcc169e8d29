"""Which texts have a sentence of a passage."""

import pytest

from rag.evidence.carriers import tells_some_of

FIRST = "The council of Holm shut the northern pier on Tuesday."
SECOND = "Ferries to Marden leave from the fish market until the end of June."
SAME = "Until the end of June, the ferries to Marden\nleave from the fish market."


@pytest.mark.parametrize(
    ("passage", "text", "tells"),
    [
        (SECOND, f"{FIRST}\n\n{SECOND}", True),
        (SECOND, FIRST, False),
        (f"{FIRST} {SECOND}", FIRST, True),
        (SECOND, f"{FIRST} {SAME}", True),
        (f"{SECOND} Orr agreed.", f"{FIRST} Orr agreed.", False),
        ("Orr agreed.", f"{FIRST} Orr agreed.", True),
        ("Orr agreed.", FIRST, False),
    ],
    ids=["all", "cut", "a part", "reworded", "a phrase", "the phrase", "no phrase"],
)
def test_a_text_tells_some_of_a_passage(passage: str, text: str, *, tells: bool) -> None:
    assert tells_some_of(passage, text) == tells
