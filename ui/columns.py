"""Put texts beside each other in the columns of a table for a terminal."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

GAP = "  "


def in_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells beside each other, each wrapped to its column."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return "\n".join(
        GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()
        for line in zip_longest(*wrapped, fillvalue="")
    )


def rule_below(widths: Sequence[int]) -> str:
    """Return the line between the head of a table and its rows."""
    return GAP.join("-" * width for width in widths)


def _wrapped(cell: str, width: int) -> list[str]:
    return [part for line in cell.split("\n") for part in textwrap.wrap(line, width)]
