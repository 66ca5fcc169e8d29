from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.timex import find_times

PUBLISHED = date(2020, 11, 12)
WORDS = (
    "the last next this early mid - ' 's of in on at to and a two 14 14th 2020 31 May March sun "
    "Tuesday night week weeks year ago later earlier quarter third second Christmas 10:35 p.m. "
    "GMT 1/2 11/12/13 99999 . , \n\n every twice now will said Nov 三月 ٣ ½ 1990s half "
    "was shot before after shooting death his day days than tonight then"
).split(" ")
NEWSY = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "Mrs May said she may march on.",
        "Theresa May met April Jones and June Smith.",
        "They march on Washington.",
        "He came second and asked for a second time.",
        "The Sun said prices fall and flowers spring up.",
        "She read Friday's child to them.",
        "It was a Bloody Sunday for them.",
        "Version 10.4.1 replaces 10.3.",
        "They won 3-2 and lost 21-14 at home.",
        "It cost $2000, 1,999 euros or 2000 pounds.",
        "Call 202-555-1990 or 555-2020.",
        "Flight 1984 carried 2000 people.",
        "A rip current pulled him out.",
        "He reads USA TODAY on HBO Now.",
        "The 44-year-old is in his 30s.",
        "It is for children of eight years of age, or 8-years-old.",
        "Three-quarters of them will one day leave.",
        "The fall of Kabul was quick.",
        "He lives on the 14th floor.",
        "The quarterback led them in the fourth quarter.",
        "He spoke as soon as he could.",
        "It soon became clear that he was soon freed.",
        "The mid-week edition had a year in review.",
        "The concert was by A Day to Remember.",
        "Many of today's computers are slow.",
        "It is no gift to today's youth.",
        "It was written in the 5th century B.C. in Greece.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


@pytest.mark.parametrize(
    "text",
    [
        *("31 February", "Feb. 30", "2020-02-30", "0000-01-01", "year 0", "99999", "in 3000"),
        *("at 25:00", "13:75", "25:00 GMT", "0/0/0000", "32/13/2020", "Dec. 31, 9999"),
    ],
)
def test_dates_that_do_not_exist_are_not_resolved(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


@given(st.one_of(st.text(max_size=200), NEWSY), st.none() | st.dates())
def test_any_text_gives_ordered_expressions_with_exact_offsets(
    text: str, anchor: date | None
) -> None:
    end = 0
    for time in find_times(text, anchor):
        assert end <= time.start < time.end
        assert text[time.start : time.end] == time.text
        assert (time.first is None) == (time.last is None)
        end = time.end


@given(NEWSY)
def test_without_an_anchor_every_year_is_in_the_text_or_is_a_named_day(text: str) -> None:
    known = text + " 2001-09-11"
    for time in find_times(text):
        if time.first is not None and len(time.value) >= 4 and time.first == time.last:
            assert str(time.first.year) in known


@pytest.mark.parametrize(
    "piece",
    [
        *("7", "7,", "1/2/2020 ", "Nov. ", "may ", "the ", "\n ", "-", "'"),
        *("shot May 3 ", "two days before the death ", "at 6 a.m. "),
    ],
)
def test_a_megabyte_of_anything_ends(piece: str) -> None:
    text = piece * (1_000_000 // len(piece) // (1 if piece == "7" else 10))
    assert isinstance(find_times(text, PUBLISHED), list)
