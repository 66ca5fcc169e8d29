"""Tests how texts stand beside each other in a table."""

import pytest

from ui.columns import in_columns

ID = "id: marden-post-2022-12-18-quay-final-day"


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        (f"Quay reopens\n{ID}", ["Quay reopens", ID]),
        (f"Quay reopens\nsport; {ID}", ["Quay reopens", "sport;", ID]),
        ("Quay\nsport; id: orr-1", ["Quay", "sport; id: orr-1"]),
        ("Quay\nsport; id: a-b c d of Holm town", ["Quay", "sport;", "id: a-b c d of Holm town"]),
        ("id: orr-1", ["id: orr-1"]),
        ("The quay of Marden reopens again", ["The quay of Marden", "reopens again"]),
        ("A twenty-four-hour-long strike", ["A twenty-four-hour-", "long strike"]),
    ],
)  # fmt: skip
def test_a_cell_is_wrapped_and_an_id_in_it_is_never_broken(cell: str, lines: list[str]) -> None:
    assert in_columns((cell,), (20,)).splitlines() == lines


def test_an_id_that_is_too_long_leaves_the_other_columns_where_they_are() -> None:
    rows = in_columns(("2022-12-18", f"Quay reopens\n{ID}", "Marden Post"), (10, 20, 12))
    assert rows.splitlines() == [
        "2022-12-18  Quay reopens          Marden Post",
        f"            {ID}",
    ]
