import pytest

from bench.data import day_after, holds_any


def test_the_day_of_asking_is_the_one_after_the_last_article() -> None:
    published = ["2023-08-30", "", "2024-02-28T14:20:00"]
    assert day_after([{"published": day} for day in published]) == "2024-02-29"


@pytest.mark.parametrize(
    ("text", "expected"), [("It cost $2.9m.", True), ("It cost $2.9M", True), ("$12.9m", False)]
)
def test_a_string_is_held_as_whole_words_in_whatever_case(text: str, expected: bool) -> None:
    assert holds_any(text, ["", "2.9m"]) is expected
