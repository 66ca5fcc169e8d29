"""Tests that periods and windows have a word in common if they share a day, and only then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.store.cells import cells_of, cells_sharing
from rag.store.stamps import is_long

DAY, MONTH = date(2020, 11, 10), date(2020, 11, 1)
LENGTHS = st.one_of(st.integers(0, 120), st.sampled_from([27, 28, 30, 91, 92, 93, 365, 40_000]))


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date]:
    """Draw a period in a few years, so that many share a day, or anywhere in the calendar."""
    near = st.dates(date(2019, 11, 1), date(2021, 2, 1))
    first = draw(st.one_of(near, near, st.dates()))
    most = (date.max - first).days
    return first, first + timedelta(days=min(most, draw(LENGTHS)))


@given(st.lists(periods(), max_size=3), periods())
def test_words_are_shared_if_a_day_is(
    some: list[tuple[date, date]], window: tuple[date, date]
) -> None:
    since, until = window
    expected = any(
        first <= until and last >= since and (is_long(since, until) or not is_long(first, last))
        for first, last in some
    )
    assert bool({*cells_of(some)} & {*cells_sharing(since, until)}) == expected


def test_a_day_has_few_words() -> None:
    assert cells_of([(DAY, DAY)]) == ["d2020-11-10", "p20", "p2020", "p2020-11"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2020, 11, 30), ["d20", "d2020", "d2020-11", "p2020-11"]),
        (date(2021, 10, 31), 12 * 2),
    ],
)
def test_a_window_asks_for_few_words(until: date, words: list[str] | int) -> None:
    found = cells_sharing(MONTH, until)
    if isinstance(words, list):
        assert found == words
    else:  # each month as itself and as part of a period, and what lies around, twice
        assert len(found) == 2 * (words + len(["20", "2020", "2021"]))


def test_an_open_period_reaches_to_the_ends_of_the_calendar() -> None:
    for first, last in ((None, DAY), (DAY, None), (None, None)):
        words = {*cells_of([(first, last)])}
        assert words & {*cells_sharing(date(2020, 1, 1), date(2020, 12, 31))}
        assert bool(words & {*cells_sharing(date(9000, 1, 1), date.max)}) == (last is None)
        assert bool(words & {*cells_sharing(date.min, date(900, 1, 1))}) == (first is None)
