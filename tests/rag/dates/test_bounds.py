"""Tests that a bound is told from a day."""

import pytest

from rag.dates.bounds import bound_before


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The bridge will not reopen before June.", "not before "),
        ("The bridge won't open again until June.", "not before "),
        ("It is to be finished by June.", "by "),
        ("It must be paid before June.", "before "),
        ("It will open, but not until June.", "not before "),
        ("It won't open until at least June.", "not before "),
        ("It did not open until June.", ""),
        ("It was closed by June's storm.", ""),
        ("She left the night before June 3.", ""),
        ("It is not true, Orr said, that he left before June.", "before "),
        ("It was not paid. The bridge opened in June.", ""),
        ("The bridge opened in June.", ""),
    ],
)
def test_the_words_before_a_day_may_make_it_a_bound(sentence: str, bound: str) -> None:
    start = sentence.index("June")
    assert bound_before(sentence, start, start + len("June")) == bound


@pytest.mark.parametrize(
    ("sentence", "time", "bound"),
    [
        ("The ship sank shortly before 6 a.m. on Tuesday.", "6 a.m. on Tuesday", ""),
        ("Polls closed an hour before midnight on Monday.", "midnight on Monday", ""),
        ("Bids must be in by 5pm on Friday.", "5pm on Friday", "by "),
    ],
)
def test_before_an_hour_is_on_its_day(sentence: str, time: str, bound: str) -> None:
    start = sentence.index(time)
    assert bound_before(sentence, start, start + len(time)) == bound
