"""Tests the values that the entries of a live blog tell: a later entry replaces an earlier one."""

from rag.evidence.choosing import newest_first
from rag.evidence.reader import Evidence
from tests.rag.evidence.values.pieces import MARCH, piece, report
from tests.rag.evidence.values.test_deciding import decided, shown

BLOG = """16:05 - The storm took 19 boats, the coastguard says.

14:00 - The harbour is closed to all ships, the mayor says.

11:10 - The storm took 12 boats, the coastguard says."""
LATE, _, EARLY = BLOG.split("\n\n")


def told(sentence: str, marked: str, *, text: str = BLOG, confidence: float = 0.5) -> Evidence:
    return piece(report(text), sentence, marked, confidence=confidence)


def test_the_figure_of_a_later_entry_replaces_that_of_an_earlier_one() -> None:
    what = decided(told(EARLY, "12", confidence=0.6), told(LATE, "19"))
    assert shown(what) == [("19", "stands"), ("12", "superseded")]
    assert what.first is not None
    assert what.first.text == LATE
    assert not what.differ


def test_the_order_of_the_text_does_not_matter() -> None:
    text = "\n\n".join(reversed(BLOG.split("\n\n")))
    what = decided(told(EARLY, "12", text=text, confidence=0.6), told(LATE, "19", text=text))
    assert shown(what) == [("19", "stands"), ("12", "superseded")]


def test_after_midnight_the_smaller_time_is_the_later_one() -> None:
    text = f"00:20 - The storm took 23 boats in all, the coastguard says.\n\n{BLOG}"
    night = told("00:20 - The storm took 23 boats in all, the coastguard says.", "23", text=text)
    what = decided(told(LATE, "19", text=text, confidence=0.6), night)
    assert shown(what) == [("23", "stands"), ("19", "superseded")]
    assert what.values[0].first == MARCH.replace(day=2)


def test_what_else_one_entry_says_is_about_something_else() -> None:
    more = "The storm took 4 boats in 2019."
    text = f"{LATE} {more}\n\n{EARLY}\n\n09:00 - The harbour is closed, the mayor says."
    what = decided(told(LATE, "19", text=text, confidence=0.6), told(more, "4", text=text))
    assert shown(what) == [("19", "stands")]


def test_the_newest_entry_comes_first_where_the_present_is_asked_for() -> None:
    pieces = [told(EARLY, "12", confidence=0.6), told(LATE, "19")]
    assert [p.text for p in newest_first(pieces, threshold=0.3)] == [LATE, EARLY]


def test_another_day_in_another_entry_is_that_of_something_else() -> None:
    text = (
        "16:05 - The school was closed on Sunday, the mayor says.\n\n"
        "14:00 - The bridge was closed on Saturday, the mayor says.\n\n"
        "11:10 - The river is still rising, the agency says."
    )
    school, bridge, _ = text.split("\n\n")
    pieces = [told(bridge, "on Saturday", text=text), told(school, "on Sunday", text=text)]
    what = decided(*pieces, question="When was the bridge closed?")
    assert [group.newest.piece.text for group in what.values] == [bridge]
