import io
import sys

import pytest

from ingest.formats import detect, pdf
from ingest.formats.pdf import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from tests.ingest.formats.printed import column, printed

LEFT = column(
    50,
    700,
    " The ferry sailed to the island again",
    "on Tuesday after weeks of repairs, and",
    "the crowds came to the harbour to see",
    "it leave with the first of the passen-",
    "gers since the winter.",
    " The council had approved the works in",
    "January, when a storm had damaged the",
    "landing stage and a part of the pier,",
)
RIGHT = column(
    320,
    700,
    "and the repairs took longer than the",
    "builders had promised to the island.",
    " The next ferry leaves on Wednesday at",
    "noon from the northern quay, and the",
    "tickets are sold at the harbour office",
    "and by the well-known kiosk on the",
    "market square of the town of Saltby.",
)
HEADLINE = [(50.0, 740.0, 24.0, "Ferry sails to the island again")]
RUNNING = [(50.0, 780.0, 8.0, "The Saltby Gazette, March 2, 2021"), (300.0, 20.0, 8.0, "1")]


def items(data: bytes) -> list[FoundRecord | Skip]:
    return list(read(Input(name="a.pdf", opener=lambda: io.BytesIO(data))))


def fields_of(data: bytes) -> dict[str, object]:
    (item,) = items(data)
    assert isinstance(item, FoundRecord)
    return dict(item.fields)


def test_a_pdf_is_told_by_its_first_bytes() -> None:
    assert detect(b"%PDF-1.7\n%\xe2\xe3\0", "") is pdf
    assert detect(b"PDF", ".pdf") is not pdf


def test_columns_are_read_one_after_the_other_whatever_their_order_in_the_file() -> None:
    pytest.importorskip("pypdfium2")
    across = [line for pair in zip(LEFT, RIGHT, strict=False) for line in pair] + LEFT[len(RIGHT) :]
    for lines in (LEFT + RIGHT, across, list(reversed(LEFT + RIGHT))):
        fields = fields_of(printed([[*lines, *HEADLINE, *RUNNING]]))
        assert fields["title"] == "Ferry sails to the island again"
        paragraphs = str(fields["text"]).split("\n\n")
        assert len(paragraphs) == 3
        assert paragraphs[0].endswith("with the first of the passengers since the winter.")
        assert "a part of the pier, and the repairs took longer" in paragraphs[1]
        assert paragraphs[2].startswith("The next ferry leaves on Wednesday")
        assert "well-known kiosk" in paragraphs[2]


def test_the_day_and_the_page_stand_in_the_fields_and_not_in_the_text() -> None:
    pytest.importorskip("pypdfium2")
    found = items(printed([[*LEFT, *RUNNING], [*RIGHT, *RUNNING]], title="Gazette"))
    assert [item.fields["section"] for item in found if isinstance(item, FoundRecord)] == [
        "page 1",
        "page 2",
    ]
    for item in found:
        assert isinstance(item, FoundRecord)
        assert item.fields["published"] == "2021-03-02"
        assert item.fields["title"] == "Gazette"
        assert "Gazette" not in str(item.fields["text"])
        assert not str(item.fields["text"]).endswith("1")


def test_headings_part_a_page_into_articles() -> None:
    pytest.importorskip("pypdfium2")
    second = [(50.0, 560.0, 18.0, "Rain falls on the market")]
    below = column(
        50, 540, "It rained on the market of the town.", "Nobody came to it on that day."
    )
    first, other = items(printed([[*HEADLINE, *LEFT, *second, *below]]))
    assert isinstance(first, FoundRecord)
    assert isinstance(other, FoundRecord)
    assert other.fields["title"] == "Rain falls on the market"
    assert str(other.fields["text"]).startswith("It rained")
    assert "rained" not in str(first.fields["text"])


def test_a_scan_is_a_skip_that_says_so() -> None:
    pytest.importorskip("pypdfium2")
    (skip,) = items(printed([[], []]))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
    assert "scans" in skip.detail
    mixed = items(printed([LEFT, []]))
    assert isinstance(mixed[0], FoundRecord)
    assert isinstance(mixed[1], Skip)
    assert "1 of its 2 pages" in mixed[1].detail


def test_a_damaged_pdf_is_a_skip() -> None:
    pytest.importorskip("pypdfium2")
    (skip,) = items(b"%PDF-1.4\nnothing")
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.BROKEN


def test_without_the_library_the_message_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (skip,) = items(printed([LEFT]))
    assert isinstance(skip, Skip)
    assert "to read PDF, run \"pip install '.[documents]'\"" in skip.detail
