import pytest

from rag.text.numerals import figure_of, number_of


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("forty four", 44),
        ("two hundred and five", 205),
        ("five thousand two hundred", 5200),
        ("two hundred thousand and three", 200_003),
        ("2.5 million", 2_500_000),
        ("2 1/2", 2.5),
        ("dozen", 12),
        ("1,432", 1432),
    ],
)
def test_words_and_figures_are_added_up(words: str, number: float) -> None:
    assert number_of(words.split()) == number


def test_words_without_a_number_have_no_value() -> None:
    assert number_of(["several", "days"]) is None


@pytest.mark.parametrize("word", ["one", "1/0", "12a", "1" * 13, "²"])
def test_what_is_no_figure_has_no_value(word: str) -> None:
    assert figure_of(word) is None
