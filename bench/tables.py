"""A table of measurements, as Markdown."""

from collections.abc import Iterable
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

    def value(self, row: str, column: str) -> float:
        """Return the number in the row that starts with `row`."""
        found = next(cells for cells in self.rows if cells[0] == row)
        return float(found[self.columns.index(column)])

    def __str__(self) -> str:
        lines = [f"### {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(row) for row in self.rows]
        lines += [f"\n{note}" for note in self.notes]
        return "\n".join(lines)


def share(flags: Iterable[bool]) -> str:
    """Return the share that is true, as a cell; empty where there is nothing to count."""
    listed = list(flags)
    return f"{sum(listed) / len(listed):.3f}" if listed else ""


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
