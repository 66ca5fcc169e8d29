import pytest

from rag.rechecking.typesetting import find_set_otherwise, is_set_otherwise

QUOTE = 'Orr\'s mayor said: "We owe 14,000 people -- all of Marden..."'


@pytest.mark.parametrize(
    "setting",
    [
        QUOTE,
        "Orr’s mayor said: “We owe 14,000 people – all of Marden…”",
        "Orr's mayor\nsaid: «We owe 14,000 people—all of Marden . . .»",
        "Orr’s  mayor said:\u00a0‘We owe 14,000 peo\u00adple − all of Mar\u200bden…’",
    ],
)
def test_words_are_found_however_they_are_set(setting: str) -> None:
    text = f"Rain fell.  {setting} Schools stay shut."
    (place,) = find_set_otherwise(QUOTE, text)
    assert text[place.start : place.end] == setting
    assert is_set_otherwise(QUOTE, setting)


@pytest.mark.parametrize(
    "other",
    [
        QUOTE.replace("14,000", "1 4,000"),
        QUOTE.replace("14,000", "41,000"),
        QUOTE.replace("We owe", "Weowe"),
        QUOTE.replace("said:", "said,"),
        QUOTE.replace('"', ""),
        QUOTE.replace("all of Marden", "All of Marden"),
        QUOTE.replace("14,000", "$14,000"),
    ],
)
def test_other_words_or_signs_are_not_the_same(other: str) -> None:
    assert list(find_set_otherwise(QUOTE, other)) == []


def test_every_place_is_found_and_nothing_has_none() -> None:
    assert len(list(find_set_otherwise("a b", "a b, a\nb"))) == 2
    assert list(find_set_otherwise(" ", "a b")) == []


@pytest.mark.parametrize("end", ["x", '"', " ", "-"])
def test_a_long_row_of_marks_takes_no_time(end: str) -> None:
    row = "\" '- " * 400
    assert list(find_set_otherwise(f"a{row}b", f"a{row * 20}{end}")) == []
