"""Tests that a timeline can be taken away, and that nothing in it is run by a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from rag.records import Citation
from rag.timeline.build import TimelineEntry
from rag.timeline.tables import write_csv, write_markdown, write_timeline_json

CITATION = Citation(
    number=1,
    article_id="a1",
    title="Truce",
    source="wire.example",
    url="https://wire.example/1",
    published=date(2020, 11, 11),
    quote="The truce\ntook effect.",
    start=0,
    end=22,
)
OTHER = replace(CITATION, article_id="a2", source="post.example", url="javascript:alert(1)")
ENTRY = TimelineEntry(
    first=date(2020, 11, 10),
    last=date(2020, 11, 10),
    value="2020-11-10",
    citation=CITATION,
    also=(OTHER,),
)


def rows(*entries: TimelineEntry) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_csv(entries).removeprefix("\ufeff"))))


def test_a_row_has_days_quote_and_sources() -> None:
    (row,) = rows(ENTRY)
    assert row["first day"] == "2020-11-10"
    assert row["quote"] == "The truce took effect."
    assert (row["outlet"], row["also reported by"]) == ("wire.example", "post.example")
    assert row["address"] == "https://wire.example/1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    hostile = f"{start}HYPERLINK(A1)"
    citation = replace(CITATION, quote=hostile, title=hostile, source=hostile)
    (row,) = rows(replace(ENTRY, citation=citation, also=(replace(OTHER, source=hostile),)))
    for name in ("quote", "headline", "outlet", "also reported by"):
        assert row[name].startswith("'")
        assert "HYPERLINK(A1)" in row[name]


def test_markdown_says_what_the_timeline_lacks() -> None:
    remark = "These are the 30 that fit best; there are more."
    assert write_markdown("Truce", [ENTRY], remark=remark).splitlines()[2:4] == [remark, ""]
    assert "best" not in write_markdown("Truce", [ENTRY])


def test_markdown_shows_texts_letter_for_letter_and_only_web_addresses() -> None:
    hostile = replace(ENTRY, citation=replace(CITATION, quote="<b>*Truce*</b>"))
    written = write_markdown("[truce](x)", [hostile])
    assert written.startswith(r"# Timeline: \[truce\](x)")
    assert r"\<b\>\*Truce\*\</b\>" in written
    assert "<https://wire.example/1>" in written
    assert "javascript:" not in written


def test_what_kind_of_article_it_is_and_its_note_are_told() -> None:
    note = "Corrected on 12 November 2020: It was noon.\n=Entry of 9:30"
    citation = replace(CITATION, genre="opinion", note=note)
    told = replace(ENTRY, citation=citation, also=(replace(OTHER, note="Updated."),))
    (row,) = rows(told)
    assert row["kind"] == "opinion"
    assert row["note"] == "Corrected on 12 November 2020: It was noon. =Entry of 9:30"
    assert (rows(ENTRY)[0]["kind"], rows(ENTRY)[0]["note"]) == ("", "")
    written = write_markdown("truce", [told]).replace("\\", "")
    assert "**2020-11-10**: In an opinion piece: “The truce" in written
    assert "  - note: Corrected on 12 November 2020: It was noon.\n  - note: =Entry" in written
    assert "    - note: Updated." in written
    assert "note:" not in write_markdown("truce", [ENTRY])


def test_json_is_that_of_the_command() -> None:
    (entry,) = json.loads(write_timeline_json([ENTRY]))
    assert entry["schema_version"] == 1
    assert entry["citation"]["quote"] == CITATION.quote
