import re

import pytest

from rag.text import calendar


@pytest.mark.parametrize(
    ("name", "number"), [("january", 1), ("may", 5), ("sep", 9), ("sept", 9), ("dec", 12)]
)
def test_a_month_has_its_number_by_each_of_its_names(name: str, number: int) -> None:
    assert calendar.MONTHS[name] == number


def test_weekdays_are_numbered_as_iso_numbers_them() -> None:
    assert [calendar.WEEKDAYS[name] for name in ("mon", "tues", "thurs", "sunday")] == [1, 2, 4, 7]


def test_a_pattern_takes_the_longest_name() -> None:
    found = re.findall(calendar.MONTH, "Sept and September, Mar and March", re.IGNORECASE)
    assert found == ["Sept", "September", "Mar", "March"]


def test_a_pattern_of_whole_names_leaves_other_words() -> None:
    pattern = re.compile(rf"\b{calendar.WHOLE_WEEKDAY}\b", re.IGNORECASE)
    assert pattern.findall("They sat in the sun on Sunday.") == ["Sunday"]
