import pytest

from rag.text.calendar import MONTHS
from rag.text.month_names import is_weekday, month_number


@pytest.mark.parametrize(
    ("name", "number"),
    [("marzo", 3), ("März", 3), ("AOÛT", 8), ("kwietnia", 4), ("marzec", 3), ("Sept.", 9)],
)
def test_a_month_is_known_by_its_name_in_any_language(name: str, number: int) -> None:
    assert month_number(name) == number


def test_a_name_of_two_different_months_is_none() -> None:
    # October in Croatian, November in Czech and Polish.
    assert month_number("listopad") == month_number("listopada") == 0


def test_the_english_months_are_those_that_texts_are_searched_for() -> None:
    assert {name: month_number(name) for name in MONTHS} == MONTHS


def test_weekdays_are_known_and_are_no_months() -> None:
    assert all(is_weekday(name) for name in ("Thursday", "jeudi", "giovedì", "Do"))
    assert not is_weekday("marzo")
