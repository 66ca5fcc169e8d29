"""Show the empty cells of tables of data, so that what follows them stays under its heading.

The cells of a row stand in one line. Without a mark, "2017", an empty cell and "Lund" would read
"2017 Lund", as if Lund stood in the second column. Tables that only lay out a page are left alone.
"""

from collections.abc import Iterable
from typing import Any

EMPTY_CELL = "–"
_CELLS = ("td", "th")
_LAYOUT_ROLES = ("presentation", "none")
# What makes a cell more than a value: another table, a picture, a form.
_MEDIA = frozenset("table img picture svg video audio iframe object input button select".split())
_PARAGRAPHS = frozenset("p div ul ol section article blockquote h1 h2 h3 h4 h5 h6".split())
# A cell with more characters is a text.
_LONGEST_VALUE = 200
# Two columns without headings are mostly a label or a picture with its text.
_FEWEST_ROWS, _FEWEST_COLUMNS, _FEWEST_UNHEADED = 2, 2, 3
# A page may claim any span.
_WIDEST_SPAN = 100
_ZERO_WIDTH = str.maketrans("", "", "\u200b\u200c\u200d\ufeff")


def mark_empty_cells(root: Any) -> None:
    """Put a dash into each empty cell of a table of data, in place."""
    for table in root.iter("table"):
        rows = [[cell for cell in row if cell.tag in _CELLS] for row in _rows(table)]
        if sum(any(map(_text, row)) for row in rows) >= _FEWEST_ROWS and _has_values(table, rows):
            _mark(rows)


def _rows(table: Any) -> Iterable[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _has_values(table: Any, rows: list[list[Any]]) -> bool:
    """Say whether the cells of a table are values: short, without pictures and paragraphs."""
    if (table.get("role") or "").lower() in _LAYOUT_ROLES:
        return False
    return all(
        len(_text(cell)) <= _LONGEST_VALUE and not _is_laid_out(cell)
        for row in rows
        for cell in row
    )


def _is_laid_out(cell: Any) -> bool:
    names = [child.tag for child in cell.iterdescendants() if isinstance(child.tag, str)]
    return not _MEDIA.isdisjoint(names) or sum(name in _PARAGRAPHS for name in names) > 1


def _mark(rows: list[list[Any]]) -> None:
    """Mark the empty cells that stand in columns which have values, if the rows are a grid."""
    placed = _columns(rows)
    filled = {column for row in placed for column, cell in row if _text(cell)}
    widths = {sum(_span(cell, "colspan") for cell in row) for row in rows}
    has_headings = any(cell.tag == "th" for row in rows for cell in row)
    fewest = _FEWEST_COLUMNS if has_headings else _FEWEST_UNHEADED
    if len(filled) < fewest or not (has_headings or len(widths) == 1):
        return
    for row in placed:
        empty = [cell for column, cell in row if column in filled and not _text(cell)]
        for cell in empty if len(empty) < len(row) else ():
            for child in list(cell):
                cell.remove(child)
            cell.text = EMPTY_CELL


def _columns(rows: list[list[Any]]) -> list[list[tuple[int, Any]]]:
    """Return the rows with the column of each cell, counting cells that reach down from above."""
    placed: list[list[tuple[int, Any]]] = []
    reaching: dict[int, int] = {}
    for row in rows:
        column, taken = 0, {place for place, left in reaching.items() if left > 0}
        reaching = {place: left - 1 for place, left in reaching.items() if left > 1}
        placed.append([])
        for cell in row:
            while column in taken:
                column += 1
            placed[-1].append((column, cell))
            for place in range(column, column + _span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    reaching[place] = down - 1
            column += _span(cell, "colspan")
    return placed


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(int(value[:4]), _WIDEST_SPAN)) if value.isascii() and value.isdigit() else 1


def _text(cell: Any) -> str:
    return str(cell.text_content()).translate(_ZERO_WIDTH).strip()
