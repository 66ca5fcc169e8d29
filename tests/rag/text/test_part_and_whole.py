"""Which of a part and its whole a question asks for."""

import pytest

from rag.text.figures import find_figures
from rag.text.part_and_whole import part_or_whole
from rag.text.words import stems_of

CHECKED = "Of 340 buses that were inspected, 125 had no belts."
CLEARED = "Mould was cleared from 44 of the 63 homes in which it was found last year."

FREED = "Holm has so far freed 29 of the 43 men it promised to let go in June."


@pytest.mark.parametrize(
    ("asked", "sentence", "marked", "wanted"),
    [
        ("had no belts", CHECKED, "340", "125"),
        ("were inspected", CHECKED, "125", "340"),
        ("were cleared", CLEARED, "63", "44"),
        ("was it found in", CLEARED, "44", "63"),
        ("are there", CLEARED, "63", "63"),
        ("cracked", "Four of its 132 hangers cracked.", "132", "Four"),
        ("were ill", "Twelve of the 40 cows were ill.", "40", "Twelve"),
        ("backed the plan", "Nine of the council's 15 members backed the plan.", "15", "Nine"),
        ("were closed", "Five of Holm's 12 schools were closed.", "12", "Five"),
        ("replaced", "Four of its 132 hangers that had cracks were replaced.", "Four", "Four"),
        ("sank", "Of the 12 boats, built in 2019, three sank.", "12", "12"),
        ("left", "Of 30 clerks and 12 cooks, 8 left.", "12", "12"),
        ("agree to free", FREED, "29", "43"),
        ("free", FREED, "29", "29"),
        ("agree to free", "Holm freed 29 of the 43 men on Monday.", "29", "29"),
        ("agree to free", "Holm promised to free 29 of the 43 men it held.", "29", "29"),
        ("left", "It was 2 of 3 per cent that left.", "2", "2"),
    ],
)
def test_the_number_that_is_told_with_what_is_asked_is_taken(
    asked: str, sentence: str, marked: str, wanted: str
) -> None:
    figures = find_figures(sentence)
    first = next(f for f in figures if sentence[f.start : f.end] == marked)

    found = part_or_whole(sentence, figures, first, stems_of(asked))

    assert sentence[found.start : found.end] == wanted
