"""Which of several amounts of one unit is that of the group that a question asks about."""

import pytest

from rag.text.figure_groups import amount_of_group
from rag.text.figures import find_figures
from rag.text.words import stems_of

GIRLS = "Girls did better: 86.2% of them passed, against 76.8% of the boys."
DRUG = "Coughs fell by 28% in those who took the drug and by 26% in those who did not, Orr said."
PLACEBO = "Half as many fell ill: 12% of patients on the pill, but 23% of those given placebo."
YEARS = "It gives them 4.5 percent in the first two years and 4 percent in the third."


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "expected"),
    [
        ("What percentage of boys passed?", GIRLS, "86.2%", "76.8%"),
        ("What percentage of girls passed?", GIRLS, "86.2%", "86.2%"),
        ("What percentage passed?", GIRLS, "86.2%", "86.2%"),
        ("By how much did coughs fall in those given placebo?", DRUG, "28%", "26%"),
        ("By how much did coughs fall without the drug?", DRUG, "28%", "26%"),
        ("By how much did coughs fall with the drug?", DRUG, "26%", "28%"),
        ("By how much did coughs fall with the drug?", DRUG, "28%", "28%"),
        ("What share of those on placebo fell ill?", PLACEBO, "12%", "23%"),
        ("What share of those not on the pill fell ill?", PLACEBO, "23%", "23%"),
        ("What share of those on the pill fell ill?", PLACEBO, "23%", "12%"),
        ("How many women joined?", "It took on 12 of the men and 9 of the women.", "12", "9"),
        # The words are not those of a group, or those of both.
        ("What did the boys get?", "The girls got 12% and the boys 9% of the votes.", "12%", "12%"),
        (
            "How many boys in Holm?",
            "Of boys in Holm, 12% of boys ran, 9% of boys swam.",
            "9%",
            "9%",
        ),
        ("What did they pay in the year?", "They paid £9 in May and 12% in the year.", "£9", "£9"),
        ("What will they get in the first two years?", YEARS, "4.5 percent", "4.5 percent"),
    ],
)
def test_the_amount_of_the_group_asked_about_is_given(
    question: str, sentence: str, marked: str, expected: str
) -> None:
    figures = find_figures(sentence)
    figure = next(f for f in figures if sentence[f.start : f.end] == marked)
    asked = frozenset(stems_of(question))
    found = amount_of_group(question, asked, sentence, figures, figure) or figure
    assert sentence[found.start : found.end] == expected
