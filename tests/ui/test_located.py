"""Tests how the places that a text comes from are printed."""

from dataclasses import replace
from datetime import date

from rag.locating import Difference, Located
from ui.located import located_lines

PLACE = Located(
    article_id="bridge",
    title="Bridge opens",
    source="wire.example",
    url="https://wire.example/bridge",
    published=date(2021, 5, 4),
    start=0,
    end=27,
    text="About 5,200 people\nwalked.",
    part=(0, 26),
    verbatim=True,
    likeness=1.0,
)
CHANGED = Difference(
    given="5,300", original="5,200", start=6, end=11, original_start=6, original_end=11
)


def test_a_text_that_is_there_word_for_word() -> None:
    assert located_lines([PLACE]).splitlines() == [
        "1. Bridge opens — wire.example — 4 May 2021",
        "   word for word",
        "   “About 5,200 people walked.”",
        "   https://wire.example/bridge",
        "   id: bridge",
    ]


def test_what_was_changed_is_listed() -> None:
    added = replace(CHANGED, given="late", original="")
    left_out = replace(CHANGED, given="", original="on Tuesday")
    altered = replace(PLACE, verbatim=False, likeness=0.75, differences=(CHANGED, added, left_out))
    lines = located_lines([altered]).splitlines()
    assert "   altered; 75% of the words" in lines
    assert "   “5,300” instead of “5,200”" in lines
    assert "   added: “late”" in lines
    assert "   left out: “on Tuesday”" in lines


def test_a_stitched_text_says_so_and_silence_is_said() -> None:
    stitched = replace(PLACE, stitched=True)
    assert located_lines([stitched, stitched]).startswith("The text was put together from 2 places")
    assert located_lines([]) == "This text is not in the archive."


def test_a_part_of_a_text_is_told_as_one() -> None:
    comment = replace(CHANGED, given="and nobody in Holm believed it", original="")
    partial = replace(
        PLACE, verbatim=False, partial=True, likeness=0.5, differences=(CHANGED, comment)
    )
    lines = located_lines([partial]).splitlines()
    assert lines[1] == "   part of it, 50% of the words; the rest is in no article"
    assert "   added: “and nobody in Holm believed it”" in lines
    stitched = replace(PLACE, stitched=True, partial=True)
    said = located_lines([stitched, stitched]).splitlines()
    assert said[0].endswith("from 2 places, in this order; the rest of it is in none:")
    assert "   word for word" in said


def test_a_headline_is_told_as_one() -> None:
    headline = replace(PLACE, in_headline=True, text="", start=0, end=0)
    assert located_lines([headline]).splitlines()[:3] == [
        "1. Bridge opens — wire.example — 4 May 2021",
        "   word for word, in the headline",
        "   https://wire.example/bridge",
    ]
