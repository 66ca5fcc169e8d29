import dataclasses
from datetime import date

import pytest

from rag.records import Citation
from rag.timeline.build import TimelineEntry
from ui.timeline_table import days_in_words, timeline_table

DAY = date(2020, 11, 10)


def citation(quote: str = "The truce took effect.", source: str = "wire.example") -> Citation:
    return Citation(
        number=1,
        article_id=f"of {source}",
        title="Truce",
        source=source,
        url="",
        published=DAY,
        quote=quote,
        start=0,
        end=len(quote),
    )


def entry(quote: str = "The truce took effect.", *others: str) -> TimelineEntry:
    return TimelineEntry(
        first=DAY,
        last=DAY,
        value="2020-11-10",
        citation=citation(quote),
        also=tuple(citation(source=other) for other in others),
    )


def test_a_row_says_when_what_and_who() -> None:
    row = timeline_table([entry()]).splitlines()[2]
    assert row.split("  ")[0] == "10 November 2020"
    assert "“The truce took effect.”" in row
    assert row.endswith("wire.example")


def test_what_was_only_planned_is_told_as_such() -> None:
    planned = dataclasses.replace(entry("The truce is to end.", "post.example"), planned=True)
    assert timeline_table([planned]).splitlines()[3].split()[0] == "(planned)"
    assert "planned" not in timeline_table([entry()])


def test_other_outlets_are_counted() -> None:
    assert "+1 other" in timeline_table([entry("It held.", "post.example")])
    assert "+2 others" in timeline_table([entry("It held.", "post.example", "a.example")])
    assert "other" not in timeline_table([entry("It held.", "wire.example")])


def test_an_opinion_is_named_as_one_and_a_note_stands_below_the_quote() -> None:
    told = entry()
    marked = dataclasses.replace(told.citation, genre="opinion", note="The truce began at noon.")
    _, _, quote, note, *_ = timeline_table(
        [dataclasses.replace(told, citation=marked)]
    ).splitlines()
    assert "In an opinion piece: “The truce took effect.”" in quote
    assert note.strip() == "Editor's note: The truce began at noon."


def test_no_line_is_wider_than_96_columns() -> None:
    table = timeline_table([entry("The truce took effect at midnight. " * 9), entry("x" * 300)])
    assert max(map(len, table.splitlines())) <= 96


def test_control_characters_are_removed() -> None:
    table = timeline_table([entry("The truce \x1b[2Jtook\n\neffect\x9b.")])
    assert "\x1b" not in table
    assert "\x9b" not in table
    assert "“The truce \ufffd[2Jtook effect\ufffd.”" in table


def test_no_entries_are_said_in_words() -> None:
    assert timeline_table([]) == "No dated events were found."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2020-11-10", "2020-11-10", "10 November 2020"),
        ("2020-10-01", "2020-10-31", "October 2020"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2021-05-01", "2021-05-05", "1–5 May 2021"),
        ("2020-09-27", "2020-11-10", "27 September – 10 November 2020"),
        ("2020-12-30", "2021-01-02", "30 December 2020 – 2 January 2021"),
    ],
)
def test_a_span_is_said_as_people_say_it(first: str, last: str, words: str) -> None:
    assert days_in_words(date.fromisoformat(first), date.fromisoformat(last)) == words
