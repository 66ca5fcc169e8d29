"""Reads the data files of this package that are tables: a line a row, a tab between two columns."""

from collections.abc import Iterator
from importlib.resources import files


def rows_of(name: str) -> Iterator[list[str]]:
    """Yield the rows of a file of `rag.text`, without its empty lines and its comments (#)."""
    text = (files("rag.text") / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
