import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from ingest.formats.tables import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, Input

HEADER = "Headline,Body,Publish Date,Author,Web_URL,Outlet,Desk,Lang,GUID,Mood\n"
ROW = (
    'Rain,"It rained.\n\nOn ""Monday"", too.",2021-03-04T09:00:00+01:00,By Desk A and Desk B; C,'
    "https://example.org/a,Coast Post,Weather,en,7,wet\n"
)
FIELDS = {
    "title": "Rain",
    "text": 'It rained.\n\nOn "Monday", too.',
    "published": "2021-03-04T09:00:00+01:00",
    "authors": ["Desk A", "Desk B", "C"],
    "url": "https://example.org/a",
    "source": "Coast Post",
    "section": "Weather",
    "language": "en",
    "id": "7",
}


def source(
    content: str | bytes, name: str = "a.csv", columns: dict[str, str] | None = None
) -> Input:
    data = content.encode() if isinstance(content, str) else content
    return Input(name=name, opener=lambda: io.BytesIO(data), columns=columns or {})


def items(content: str | bytes) -> list[tuple[int | None, object]]:
    found = read(source(content))
    return [(i.line, i.fields if isinstance(i, FoundRecord) else str(i.reason)) for i in found]


def texts(content: str | bytes) -> list[object]:
    return [item.fields["text"] for item in read(source(content)) if isinstance(item, FoundRecord)]


def parquet_of(columns: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def test_columns_are_told_by_their_names_and_rows_by_their_lines() -> None:
    empty = ",Sun.,,,,,,,,\n"
    assert items("\ufeff" + HEADER + ROW + "\n" + empty) == [(2, FIELDS), (6, {"text": "Sun."})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(delimiter: str) -> None:
    out = io.StringIO()
    rows = [["title", "text"], ["Rain, again; or | not", "It\trained; yes, | it did."]]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert matches(out.getvalue().encode(), "")
    assert items(out.getvalue()) == [(2, dict(zip(rows[0], rows[1], strict=True)))]


def test_quote_marks_in_a_table_of_tabs_are_letters() -> None:
    assert texts('title\ttext\na\t"Stop," he said.\nb\t"No\n') == ['"Stop," he said.', '"No']
    assert texts('title\ttext\na\t"One\n\ntwo"\n') == ["One\n\ntwo"]


def test_the_likeliest_of_two_columns_is_taken() -> None:
    assert items("date,content,text\n1,b,a\n") == [(2, {"published": "1", "text": "a"})]


def test_an_empty_cell_or_a_teaser_gives_way_to_the_next_column() -> None:
    table = "published,date,content,full_text\n,2021-03-04,Rain…,Rain fell.\n2021-03-05,9,Hail.,\n"
    assert items(table) == [
        (2, {"published": "2021-03-04", "text": "Rain fell."}),
        (3, {"published": "2021-03-05", "text": "Hail."}),
    ]


def test_a_ragged_row_is_named_and_the_others_are_read() -> None:
    ragged = 'title,text\na,"x\ny"\nb\nc,z,1\nd,w\n'
    assert [(line, f == "broken") for line, f in items(ragged)] == [
        (2, False),
        (4, True),
        (5, True),
        (6, False),
    ]


def test_a_row_in_another_encoding_is_a_skip() -> None:
    content = "title,text\na,Düne\nb,x\n".encode("latin-1")
    assert items(content) == [(2, "wrong encoding"), (3, {"title": "b", "text": "x"})]


def test_a_very_long_field_is_read() -> None:
    long = "It rained. " * 500_000
    assert texts(f"title,text\na,{long}\n") == [long]


@pytest.mark.parametrize(
    "content", ["when,what\n1,2\n", parquet_of({"when": ["1"], "what": ["2"]})]
)
def test_a_table_without_texts_names_its_columns(content: str | bytes) -> None:
    (skip,) = read(source(content))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
    assert "'when', 'what'" in skip.detail
    assert "--columns text=NAME" in skip.detail


def test_a_mapping_names_columns_and_a_wrong_one_is_a_skip() -> None:
    content = "when,what,title\n2021-03-04,It rained.,Rain\n"
    (found,) = read(source(content, columns={"text": "what", "published": "when"}))
    assert isinstance(found, FoundRecord)
    assert found.fields == {"text": "It rained.", "published": "2021-03-04", "title": "Rain"}
    (skip,) = read(source(content, columns={"text": "gone"}))
    assert isinstance(skip, Skip)
    assert "'gone'" in skip.detail


def test_the_columns_of_a_parquet_are_named_too() -> None:
    content = parquet_of({"what": ["It rained."], "text": ["the search index"], "status": ["ok"]})
    (found,) = read(source(content, columns={"text": "what"}))
    assert isinstance(found, FoundRecord)
    assert found.fields == {"text": "It rained."}
    (skip,) = read(source(content, columns={"text": "what", "title": "gone"}))
    assert isinstance(skip, Skip)
    assert "no column 'gone'" in skip.detail


def test_columns_of_news_metadata_are_told_by_their_usual_names() -> None:
    header = "text,Version,Credit Line,Located,Copyright,Status,Embargo,Expiration,Editor's note\n"
    row = "It rained.,3,Coast Wire,PORT,Ours,Killed,no,2031-01-01,Corrects the port\n"
    assert items(header + row) == [
        (
            2,
            {
                "text": "It rained.",
                "version": "3",
                "agency": "Coast Wire",
                "dateline": "PORT",
                "rights": "Ours",
                "pubstatus": "killed",
                "expires": "2031-01-01",
                "note": "Corrects the port",
            },
        )
    ]


def test_parquet_values_become_those_of_json_lines() -> None:
    content = parquet_of(
        {
            "Text": ["It rained.", b"Sun.".decode(), None],
            "published_at": pa.array(
                [datetime(2021, 3, 4, 8, tzinfo=UTC), None, None], pa.timestamp("ns", "+01:00")
            ),
            "modified": [date(2021, 3, 5), None, None],
            "authors": [["Desk A", "Bo"], [], None],
            "uid": [7, 8, 9],
            "other": [[1], [2], [3]],
        }
    )
    assert matches(content[:HEAD_BYTES], "")
    first = {
        "text": "It rained.",
        "published": "2021-03-04T09:00:00+01:00",
        "updated": "2021-03-05",
        "authors": ["Desk A", "Bo"],
        "id": "7",
    }
    assert items(content) == [
        (1, first),
        (2, {"text": "Sun.", "id": "8"}),
        (3, {"id": "9"}),
    ]


def test_parquet_is_read_from_what_only_goes_forward(tmp_path: Path) -> None:
    class Forward(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("seek")

    content = parquet_of({"text": [str(i) for i in range(1000)]})
    found = list(read(Input(name="a", opener=lambda: Forward(content))))
    assert [item.line for item in found] == list(range(1, 1001))


def test_a_parquet_text_that_is_no_utf8_costs_its_row() -> None:
    content = parquet_of({"text": pa.array([b"\xff", b"x"], pa.binary())})
    assert items(content) == [(1, "wrong encoding"), (2, {"text": "x"})]


def test_a_damaged_parquet_is_a_skip() -> None:
    content = parquet_of({"text": ["It rained. " * 99]})
    for damaged in (content[:-20], content[:50], content[:30] + bytes(60) + content[90:]):
        assert items(damaged)[-1][1] == "broken"


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b"a,b\n", ".csv", True),
        (b"headline;article;x\n", ".txt", True),
        (b"text\n", "", False),
        (b"The text, the title, the date.\n", "", False),
        (b'{"text": "a", "title": "b"}', ".csv", False),
        (b"<text>,<title>", ".csv", False),
        (b"\xff\xfet\0e\0x\0t\0", ".csv", False),
    ],
)
def test_a_table_is_told_by_its_header_or_its_name(
    head: bytes, suffix: str, expected: bool
) -> None:
    assert matches(head, suffix) is expected


def test_a_quote_that_is_not_closed_costs_its_line_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text\na,"Rain.\nb,"Hail."\nc,"Sn"ow"\nd,"Fo\nug."\ne,"Ice\nf,Mud.\n')
    found = list(read(Input.of_file(path)))
    texts = [one.fields["text"] for one in found if isinstance(one, FoundRecord)]
    assert texts == ["Hail.", "Fo\nug.", "Mud."]
    lines = [one.line for one in found if isinstance(one, Skip)]
    assert lines == [2, 4, 7]


def test_html_in_a_cell_is_turned_into_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nRain &amp; hail,<p>It <b>rained</b>.</p><p>It hailed.</p>\n")
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    assert found.fields == {"title": "Rain & hail", "text": "It rained.\n\nIt hailed."}
