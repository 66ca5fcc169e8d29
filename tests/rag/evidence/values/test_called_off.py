"""A day that was planned does not hold once a later report calls it off."""

from datetime import date

import pytest

from rag.evidence.reader import Evidence
from tests.rag.evidence.values.pieces import told
from tests.rag.evidence.values.test_deciding import decided, shown

WHEN = "When will the regatta be held?"
APRIL, JUNE = date(2024, 4, 3), date(2024, 6, 7)


def planned(confidence: float = 0.7) -> Evidence:
    text = "The regatta will be held on 15 June."
    return told(text, "15 June", name="plan", published=APRIL, confidence=confidence)


def reported(text: str, *, published: date = JUNE, title: str = "Algae at Pell") -> Evidence:
    return told(text, text.split(maxsplit=1)[0], name="later", published=published, title=title)


def test_what_was_called_off_later_is_no_day_any_more() -> None:
    what = decided(planned(), reported("The regatta has been called off."), question=WHEN)
    assert shown(what) == [("called off", "stands"), ("15 June", "superseded")]
    assert what.first is not None
    assert what.first.marked == "called off"
    assert what.first.confidence == 0.7


def test_a_new_day_takes_the_place_of_the_old_one() -> None:
    later = reported("The regatta has been postponed to 22 June.")
    what = decided(planned(), later, question=WHEN)
    assert shown(what) == [("22 June", "stands"), ("15 June", "superseded")]


@pytest.mark.parametrize(
    "later",
    [
        reported("The regatta may be called off."),
        reported("The fair at Ulsby has been called off."),
        reported("Organisers refused to cancel the regatta."),
        reported("Trains to the regatta were cancelled."),
        reported("Some regatta trains have been cancelled."),
        reported("The regatta was called off for rain.", published=date(2023, 6, 1)),
    ],
)
def test_other_reports_take_no_day_back(later: Evidence) -> None:
    what = decided(planned(), later, question=WHEN)
    assert shown(what) == [("15 June", "stands")]


def test_the_day_for_which_it_was_due_stays_where_just_that_is_asked_for() -> None:
    later = reported("The regatta has been called off.")
    what = decided(planned(), later, question="When was the regatta supposed to be held?")
    assert shown(what) == [("15 June", "stands")]


def test_a_day_that_was_over_stays() -> None:
    text = "The regatta was held on 1 April."
    held = told(text, "1 April", name="held", published=APRIL, confidence=0.7)
    later = reported("The regatta has been called off.")
    what = decided(held, later, question="When was the regatta held?")
    assert shown(what) == [("1 April", "stands")]


@pytest.mark.parametrize("published", [date(2024, 4, 8), date(2024, 6, 10)])
def test_a_newer_plan_takes_the_place_of_an_older_one(published: date) -> None:
    text = "The regatta will be held on 22 June."
    later = told(text, "22 June", name="later", published=published)
    what = decided(planned(), later, question=WHEN)
    assert shown(what) == [("22 June", "stands"), ("15 June", "superseded")]
    assert what.first is not None
    assert what.first.marked == "22 June"


def test_a_plan_of_after_that_day_is_for_another_time() -> None:
    text = "The regatta will be held on 22 September."
    later = told(text, "22 September", name="later", published=date(2024, 6, 20))
    what = decided(planned(confidence=0.8), later, question=WHEN)
    assert ("15 June", "superseded") not in shown(what)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("The regatta will be held two weeks later than planned, on 29 June.", "29 June"),
        ("The regatta will not begin before 1 July, two weeks later than planned.", "1 July"),
        ("The regatta will be held on 14 June, a day earlier than planned.", "14 June"),
        ("The regatta is now on 17 July, nearly a month behind schedule.", "17 July"),
    ],
)
def test_a_day_that_is_so_far_from_the_planned_one_takes_its_place(text: str, new: str) -> None:
    later = told(text, new, name="later", published=JUNE, confidence=0.1)
    what = decided(planned(), later, question=WHEN)
    assert shown(what) == [(new, "stands"), ("15 June", "superseded")]
    assert what.first is not None
    assert what.first.found.article.id == "later"


@pytest.mark.parametrize(
    "text",
    [
        "The regatta will be held seven weeks later than planned, on 29 June.",
        "The regatta will be held on 29 June, two weeks earlier than planned.",
        "The road to the fair opens on 29 June, two weeks later than planned.",
    ],
)
def test_a_day_that_is_not_so_far_from_it_moves_nothing(text: str) -> None:
    later = told(text, "29 June", name="later", published=JUNE, confidence=0.1)
    what = decided(planned(), later, question=WHEN)
    assert shown(what) == [("15 June", "stands")]
