"""A table of measurements, as Markdown and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """A titled table; every row has as many cells as there are columns."""

    title: str
    columns: list[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Append a row."""
        if len(cells) != len(self.columns):
            raise ValueError(f"{len(cells)} cells for {len(self.columns)} columns")
        self.rows.append(cells)

    def value(self, row: Sequence[str], column: str) -> float:
        """Return the number in the one row whose first cells are `row`.

        Raises:
            LookupError: there is no such row, or there are several, or no such column.
        """
        found = [cells for cells in self.rows if cells[: len(row)] == tuple(row)]
        if len(found) != 1 or column not in self.columns:
            raise LookupError(f"{self.title!r} has no one {list(row)} with {column!r}")
        return float(found[0][self.columns.index(column)])

    def __str__(self) -> str:
        lines = [f"### {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(row) for row in self.rows]
        lines += [f"\n{note}" for note in self.notes]
        return "\n".join(lines)


def read_tables(text: str) -> list[Table]:
    """Return the tables that a text holds as `str` writes them, without their notes."""
    tables: list[Table] = []
    for line in text.splitlines():
        if line.startswith("### "):
            tables.append(Table(title=line.removeprefix("### "), columns=[]))
        elif line.startswith("| ") and tables:
            cells = [cell.strip() for cell in line[1:-1].split("|")]
            if not tables[-1].columns:
                tables[-1].columns = cells
            elif set(cells) != {"---"}:
                tables[-1].add(*cells)
    return tables


def share(flags: Iterable[bool]) -> str:
    """Return the share that is true, as a cell; empty where there is nothing to count."""
    listed = list(flags)
    return f"{sum(listed) / len(listed):.3f}" if listed else ""


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
