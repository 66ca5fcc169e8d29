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


def test_a_paragraph_that_fills_a_cell_does_not_part_its_row() -> None:
    row = "<tr><td><p>Dollar</p></td><td></td><td><p>(10.8)</p></td></tr>"
    assert fragment_text(f"<table>{row}{row}</table>") == "Dollar (10.8)\n\nDollar (10.8)"
