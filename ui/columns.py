"""Put texts beside each other in the columns of a table for a terminal."""

import re
import textwrap
from collections.abc import Sequence
from itertools import zip_longest

GAP = "  "
# The id of an article, at the end of what is said of it.
_ID = re.compile(r"(?:^|(?<=; ))id: .+$")


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
    return [part for line in cell.split("\n") for part in _wrapped_line(line, width)]


def _wrapped_line(line: str, width: int) -> list[str]:
    """Return a line in parts that fit; an id that ends it stays whole, even if it does not fit.

    An id is copied into another command, and looked for with `grep`.
    """
    found = _ID.search(line)
    if found is None:
        return textwrap.wrap(line, width)
    parts, named = textwrap.wrap(line[: found.start()], width), found[0]
    if parts and len(parts[-1]) + 1 + len(named) <= width:
        return [*parts[:-1], f"{parts[-1]} {named}"]
    return [*parts, named]
