"""Tests that the first of several things is widened to all of them, and nothing else is."""

import pytest

from rag.text.enumerations import whole_enumeration
from rag.text.sentences import Span


def widened(sentence: str, marked: str, *, is_list: bool = False) -> str:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    whole = whole_enumeration(sentence, span, Span(0, len(sentence)), is_list=is_list)
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
        ("The fire damaged the roof and the cause remains unclear.", "the roof"),
        ("The fire destroyed the chapel and the vicar was unhurt.", "the chapel"),
        ("The village wants a vote and the council opposes it.", "a vote"),
        ("The village wants a vote and the owners oppose it.", "a vote"),
        ("Orr lost the seat and the leader quits on Friday.", "the seat"),
        ("The fire began in Athens, Georgia, and Marden sent crews.", "Athens, Georgia"),
        ("Britain, France and the Greek mayor agreed.", "Britain, France"),
        ('It was called "The Old Mill" and the name stayed.', 'The Old Mill"'),
        ("The clock, the bell and a rope were sold.", "a rope"),
    ],
)
def test_what_is_not_the_first_of_several_alike_is_left_alone(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("But Holm and Vell agreed.", "Holm and", "Holm and Vell"),
        ("When Holm and Vell agreed, it rained.", "and Vell", "Holm and Vell"),
        ("Today, Holm and Vell agreed.", "Holm and", "Holm and Vell"),
        ("However, Kim Orr and Lena Osk left.", "Orr and Lena", "Kim Orr and Lena Osk"),
        ("On Monday Kim Orr and Lena Osk left.", "Orr and Lena", "Kim Orr and Lena Osk"),
        ("Last Friday, Kim Orr and Lena Osk left.", "Kim Orr and", "Kim Orr and Lena Osk"),
        ("The Hague and Vell agreed.", "Hague and", "The Hague and Vell"),
        ("In May, April Orr and Lena Osk left.", "Orr and", "April Orr and Lena Osk"),
        ("It is on Monday, Tuesday and Friday.", "Tuesday and", "Monday, Tuesday and Friday"),
        ("Holm, Vell and the Lower Isles agreed.", "Holm, Vell", "Holm, Vell and the Lower Isles"),
        ("Holm, the Reds and the Greens won.", "Holm, the Reds", "Holm, the Reds and the Greens"),
        ("Britain, France and Vell agreed.", "Britain, France", "Britain, France and Vell"),
        (
            "The plan closes the school and the council offices in Holm.",
            "the school",
            "the school and the council offices in Holm",
        ),
    ],
)
def test_a_list_begins_with_its_first_name_and_ends_with_its_last(
    sentence: str, marked: str, expected: str
) -> None:
    assert widened(sentence, marked) == expected


COUNTS = "Orr faces three counts of grand theft, a count of arson and one count of fraud."


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        (COUNTS, "grand theft, a count of arson and one count of fraud", COUNTS[10:-1]),
        (COUNTS, "arson and one count of fraud", COUNTS[10:-1]),
        (COUNTS, "grand theft", COUNTS[10:-1]),
        (COUNTS, "one count of fraud", "one count of fraud"),
        (COUNTS, "three", "three"),
        (
            "Orr faces two counts of theft and one of fraud.",
            "theft and one of fraud",
            "two counts of theft and one of fraud",
        ),
        ("Orr faces two counts of theft and jail.", "theft and jail", "theft and jail"),
    ],
)
def test_a_counted_list_keeps_how_many_the_first_are(
    sentence: str, marked: str, expected: str
) -> None:
    assert widened(sentence, marked) == expected


def test_one_name_is_widened_to_its_list_where_a_list_is_asked_for() -> None:
    sentence = "The flood hit Tarn, Vell and Corran."
    assert widened(sentence, "Tarn") == "Tarn"
    assert widened(sentence, "Tarn", is_list=True) == "Tarn, Vell and Corran"
