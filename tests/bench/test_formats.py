"""Tests that the table of formats names every module, and no other."""

from pathlib import Path

from bench.formats import misnamed

_DOCUMENT = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_table_of_formats_names_every_module() -> None:
    document = _DOCUMENT.read_text(encoding="utf-8")
    assert misnamed(document) == []
    assert misnamed(document.replace("`anpa`, ", "").replace("`sgml`", "`sgm`")) == [
        "anpa",
        "sgm",
        "sgml",
    ]
