"""Tests the words that the timeline page shows of an entry."""

from dataclasses import replace
from datetime import date

from rag.timeline.build import TimelineEntry
from tests.ui.fake_archive import cite
from ui.page.timeline_words import describe_entry

ENTRY = TimelineEntry(
    first=date(2020, 11, 10), last=date(2020, 11, 10), value="2020-11-10", citation=cite()
)


def test_an_opinion_is_named_as_one_and_the_note_is_shown() -> None:
    note = "Corrected on 12 November 2020: It was noon."
    told = describe_entry(
        replace(ENTRY, citation=replace(ENTRY.citation, genre="opinion", note=note))
    )
    assert told.link.label.startswith("In an opinion piece: “")
    assert note in told.lines
    assert told.mark == "Corrected"


def test_news_without_a_note_is_shown_as_its_quote() -> None:
    told = describe_entry(replace(ENTRY, citation=replace(ENTRY.citation, note="", genre="")))
    assert told.link.label.startswith("“")
    assert len(told.lines) == 2
