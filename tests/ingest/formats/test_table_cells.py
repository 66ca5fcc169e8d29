"""Tests that an empty cell of a table of data keeps its place."""

import pytest

from ingest.formats.html import read_page
from ingest.formats.markup import fragment_text
from ingest.found import FoundRecord

PROSE = (
    "<p>The tennis club of Holm keeps a book of all its winners, and anybody may read the book in "
    "the reading room of the town library on weekdays.</p>"
)
WINNERS = (
    "<table><thead><tr><th>Year</th><th>Singles</th><th>Doubles</th></tr></thead><tbody>"
    "<tr><td>2016</td><td>Lund</td><td>Alder</td></tr>"
    "<tr><td>2017</td><td>{}</td><td>Orr</td></tr>"
    "<tr><td>2018</td><td>Vik</td><td>{}</td></tr></tbody></table>"
)
PLAIN_ROWS = "<tr><td>Holm</td><td>4</td><td>2</td></tr><tr><td>Ende</td><td></td><td>5</td></tr>"


@pytest.mark.parametrize("empty", ["", "&nbsp;", " \n ", "<p></p>", "<span>&#8203;</span><br>"])
def test_an_empty_cell_keeps_its_place(empty: str) -> None:
    assert fragment_text(WINNERS.format(empty, empty)).split("\n\n") == [
        "Year Singles Doubles",
        "2016 Lund Alder",
        "2017 – Orr",
        "2018 Vik –",
    ]


def test_a_page_keeps_the_place_too() -> None:
    body = f"<h1>Winners</h1>{PROSE * 4}{WINNERS.format('', '&nbsp;')}{PROSE}"
    page = f"<html><body><article>{body}</article></body></html>".encode()
    found = read_page(page, name="winners.html")
    assert isinstance(found, FoundRecord)
    assert "2017 – Orr\n\n2018 Vik –" in str(found.fields["text"])


def test_a_table_of_three_columns_needs_no_headings() -> None:
    assert fragment_text(f"<table>{PLAIN_ROWS}</table>") == "Holm 4 2\n\nEnde – 5"


def test_a_cell_that_reaches_down_or_across_is_not_empty() -> None:
    table = (
        "<table><tr><th>Year</th><th>Singles</th><th>Doubles</th></tr>"
        "<tr><td>2019</td><td rowspan='2'>Vik</td><td></td></tr><tr><td>2020</td><td>Dahl</td></tr>"
        "<tr><td>2021</td><td colspan='2'>not held</td></tr></table>"
    )
    assert fragment_text(table).split("\n\n")[1:] == ["2019 Vik –", "2020 Dahl", "2021 not held"]


@pytest.mark.parametrize(
    "table",
    [
        f"<table role='presentation'>{PLAIN_ROWS}</table>",
        "<table><tr><td></td><td><p>One.</p></td></tr><tr><td>a</td><td><p>Two.</p></td></tr></table>",
        f"<table>{PLAIN_ROWS}<tr><td><img src='a.png'></td><td>x</td><td>y</td></tr></table>",
        f"<table>{PLAIN_ROWS}<tr><td>{PROSE * 2}</td><td>x</td><td>y</td></tr></table>",
        f"<table>{PLAIN_ROWS}<tr><td>only two</td><td>x</td></tr></table>",
        "<table><tr><td>Menu</td><td></td><td>Story</td></tr><tr><td>a</td><td></td><td>b</td></tr></table>",
        "<table><tr><th></th></tr><tr><td>a</td></tr></table>",
    ],
)
def test_tables_that_lay_out_a_page_are_left_alone(table: str) -> None:
    assert "–" not in fragment_text(table)


def test_a_row_or_a_column_without_any_value_is_left_alone() -> None:
    row = "<tr><td></td><td></td><td></td></tr>"
    assert fragment_text(f"<table>{PLAIN_ROWS}{row}</table>") == "Holm 4 2\n\nEnde – 5"
    spaced = PLAIN_ROWS.replace("</td><td>", "</td><td> </td><td>")
    assert fragment_text(f"<table>{spaced}</table>") == "Holm 4 2\n\nEnde – 5"


def test_spans_that_make_no_sense_do_no_harm() -> None:
    table = f"<table>{PLAIN_ROWS.replace('<td>4', '<td colspan=999999 rowspan=x>4')}</table>"
    assert "Holm 4 2" in fragment_text(table)
