import pytest

from bench.tables import Table, read_tables, share


def table() -> Table:
    made = Table(title="Answers: 3 questions", columns=["half", "set", "right", "of"])
    made.add("tuned on", "a", "0.500", "2")
    made.add("tuned on", "b", "", "1")
    made.notes.append("Nothing else | was asked.")
    return made


def test_a_table_is_read_back_as_it_was_written() -> None:
    (read,) = read_tables(f"# Results\n\n## answers\n\n{table()}\n")
    assert (read.title, read.columns, read.rows) == (
        table().title,
        table().columns,
        table().rows,
    )


def test_a_value_is_found_by_as_many_cells_as_tell_its_row() -> None:
    assert table().value(["tuned on", "a"], "right") == 0.5


@pytest.mark.parametrize(
    ("row", "column"),
    [(["held back"], "right"), (["tuned on"], "right"), (["tuned on", "a"], "F1")],
)
def test_a_value_that_is_not_there_or_not_one_is_an_error(row: list[str], column: str) -> None:
    with pytest.raises(LookupError):
        table().value(row, column)


def test_a_share_of_nothing_is_an_empty_cell() -> None:
    assert share([]) == ""
    assert share([True, False, False, True]) == "0.500"
