"""Tests that the first of several things is widened to all of them, and nothing else is."""

import pytest

from rag.text.enumerations import whole_enumeration
from rag.text.sentences import Span


def widened(sentence: str, marked: str) -> str:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    whole = whole_enumeration(sentence, span, Span(0, len(sentence)))
    return sentence[whole.start : whole.end]


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        (
            "The island gets a court, its own police and 12 percent of the tolls.",
            "a court",
            "a court, its own police and 12 percent of the tolls",
        ),
        ("The thieves took a clock and two chairs.", "a clock", "a clock and two chairs"),
        (
            "She won a medal, a cheque for 10,000 crowns and a place in the academy.",
            "a medal",
            "a medal, a cheque for 10,000 crowns and a place in the academy",
        ),
        ("The duke owns a boat and a painted coach.", "a boat", "a boat and a painted coach"),
        (
            "He was ordered to pay a fine, sell the boat and stay off the lake, his lawyer said.",
            "pay a fine",
            "pay a fine, sell the boat and stay off the lake",
        ),
        (
            "The plan would close the mill and widen the road.",
            "close the mill",
            "close the mill and widen the road",
        ),
    ],
)
def test_the_first_of_several_things_is_widened_to_all(
    sentence: str, marked: str, expected: str
) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        (
            "The stops at Haddle, Vell and Isle of Corran wait.",
            "and Isle of Corran",
            "Haddle, Vell and Isle of Corran",
        ),
        ("The stops are Haddle, Vell and Corran.", ", Vell", "Haddle, Vell and Corran"),
        (
            "Mr Orr, Ana Falk and Lena Osk left.",
            "Ana Falk and Lena",
            "Mr Orr, Ana Falk and Lena Osk",
        ),
        ("It was dull, and cold.", ", and cold", "cold"),
        ("It was dull, and cold.", ", and ", ", and "),
    ],
)
def test_the_end_of_a_list_has_its_beginning_and_no_part_begins_with_what_joins(
    sentence: str, marked: str, expected: str
) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("The prize went to the baker and the crowd cheered.", "the baker"),
        ("The mayor thanked the baker, the judge said, and the hall was closed.", "the baker"),
        ("He wore a hat, which was red, and the coat of his uncle.", "a hat"),
        ("The storm killed four people and the owner of the mill.", "four"),
        ("Ines Falk and the mayor met.", "Ines Falk"),
        ("They live in the north and work in town.", "the north"),
        ("She owns the mill.", "the mill"),
        ("The mayor gave the museum a statue and the school a piano.", "a statue"),
        ("A train hit a car and a passenger is in hospital.", "a car"),
        ("The council closes a school and the parents will protest on Sunday.", "a school"),
        ("The village wants a doctor and the state says no.", "a doctor"),
        ('It was called "The Old Mill" and the name stayed.', 'The Old Mill"'),
        ("The clock, the bell and a rope were sold.", "a rope"),
    ],
)
def test_what_is_not_the_first_of_several_alike_is_left_alone(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked
