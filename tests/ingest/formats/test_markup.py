import pytest

from ingest.formats.markup import field_text, fragment_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<p>Rain &amp; hail.</p><p>Snow.</p>", "Rain & hail.\n\nSnow."),
        ("Rain.<br><br>Hail.", "Rain.\n\nHail."),
        ("&lt;p&gt;Rain.&lt;/p&gt;&lt;p&gt;Hail.&lt;/p&gt;", "Rain.\n\nHail."),
        ("Rain <b>fell</b>.\n\n<a href='x'>Hail</a> too.\nSnow.", "Rain fell.\n\nHail too.\nSnow."),
        ("<h2>Rain</h2>\nIt rained.\n\nIt hailed.", "Rain\n\nIt rained.\n\nIt hailed."),
        ("&#8220;Rain&#8221; &nbsp;fell", "“Rain” \xa0fell"),
        ("AT&T and R&D; 3 < 4 > 2, and the <p> tag", "AT&T and R&D; 3 < 4 > 2, and the <p> tag"),
    ],
)
def test_html_in_a_field_becomes_text_and_plain_text_stays(value: str, text: str) -> None:
    assert field_text(value) == text


@pytest.mark.parametrize(
    ("fragment", "texts"),
    [
        (
            "<p>Saltby 3 Marden 1<br>Norham 0 Wick 2<br/>Ely 4 Ware 4</p>",
            ["Saltby 3 Marden 1", "Norham 0 Wick 2", "Ely 4 Ware 4"],
        ),
        ("<p>Saltby 3 Marden 1<br>Norham 0 Wick 2</p>", ["Saltby 3 Marden 1", "Norham 0 Wick 2"]),
        (
            "<p>Mayor: Jane Orr<br>Clerk of the town: Bo Holm<br>Judge: Ida Wick",
            ["Mayor: Jane Orr", "Clerk of the town: Bo Holm", "Judge: Ida Wick"],
        ),
        ("<p>The ferry<br>sailed from<br>Holm to Orr.</p>", ["The ferry sailed from Holm to Orr."]),
        ("<p>Storm hits<br>Marden</p>", ["Storm hits Marden"]),
        (
            "<table><tr><td>Holm<br>Orr<br>Wick</td><td>1<br>2<br>3</td></tr></table>",
            ["Holm Orr Wick 1 2 3"],
        ),
    ],
)
def test_a_line_break_ends_a_line_of_a_list_and_no_line_of_prose(
    fragment: str, texts: list[str]
) -> None:
    assert fragment_text(fragment).split("\n\n") == texts


def test_lines_that_were_wrapped_are_no_list_also_where_nouns_begin_with_capitals() -> None:
    lines = (
        "Der alte Hafen von Holm ist seit einem",
        "Montag im Mai zu. Das Amt meldet einen",
        "Schaden am Kran der Werft.",
    )
    assert fragment_text(f"<p>{'<br>'.join(lines)}</p>") == " ".join(lines)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("The toll is <del>£3</del> <ins>£5</ins>.", "The toll is £5."),
        ("The toll is <s>£3</s> £5, <strike>not</strike> now.", "The toll is £5, now."),
        ("It burned 10<sup>6</sup> tonnes.", "It burned 10^6 tonnes."),
        ("It weighs 10<sup>-3</sup> g.", "It weighs 10^-3 g."),
        ("The sale of 2021<sup><a>4</a></sup> failed.", "The sale of 2021^4 failed."),
        ("On the 1<sup>st</sup> of May", "On the 1st of May"),
        ("It covers 5 km<sup>2</sup>.", "It covers 5 km2."),
        ("It is 5<sup>1</sup>/<sub>2</sub> miles.", "It is 5 1/2 miles."),
    ],
)
def test_what_is_struck_out_or_raised_does_not_change_a_figure(fragment: str, text: str) -> None:
    assert fragment_text(f"<p>{fragment}</p>") == text


def test_a_paragraph_that_fills_a_cell_does_not_part_its_row() -> None:
    row = "<tr><td><p>Dollar</p></td><td></td><td><p>(10.8)</p></td></tr>"
    assert fragment_text(f"<table>{row}{row}</table>") == "Dollar (10.8)\n\nDollar (10.8)"
