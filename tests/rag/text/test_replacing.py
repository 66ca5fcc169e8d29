"""Which of two numbers in a sentence no longer holds."""

import pytest

from rag.text.figures import find_figures
from rag.text.replacing import is_intended, is_unfinished, moved_to, replaced_in


def pairs(sentence: str) -> list[tuple[str, str]]:
    """Return the old and the new number of each pair, as they are written."""
    return [
        (sentence[old.start : old.end], sentence[new.start : new.end])
        for old, new in replaced_in(sentence, find_figures(sentence))
    ]


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        ("The ban was shortened from nine matches to five.", "nine", "five"),
        (
            "The court lowered her fine to $900 from the $4,000 that was first set.",
            "$4,000",
            "$900",
        ),
        ("The count is 71, up from 64 on Monday.", "64", "71"),
        ("It sold 310 tickets, fewer than the 450 it had announced.", "450", "310"),
        (
            "The company now says 6,300 accounts, double its first estimate of 3,100.",
            "3,100",
            "6,300",
        ),
        ("Seven miners were lost, and not eight as had been reported.", "eight", "Seven"),
        ("Two sailors drowned, lowering a toll of three.", "three", "Two"),
        ("Orr's term of nine years was cut to seven years.", "nine", "seven"),
        ("The original £412m estimate has been raised to £473m.", "£412m", "£473m"),
        ("A fine of £500 had since risen to about £900.", "£500", "£900"),
        ("The tunnel, costed at £40m, is now expected to cost £55m.", "£40m", "£55m"),
    ],
)
def test_a_sentence_says_which_number_is_older(sentence: str, old: str, new: str) -> None:
    assert pairs(sentence) == [(old, new)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fares range from 2 to 5 crowns.",
        "It took 40 men and 12 horses.",
        "The bank has 41 staff, $19 million and not one branch.",
        "The price went from 3% to $9.",
        "Seats cost from £5 to £12.",
        "Holm won 40 cups, more than the 38 won by Vell.",
    ],
)
def test_other_numbers_side_by_side_replace_nothing(sentence: str) -> None:
    assert pairs(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "move"),
    [
        ("The toll from the ferry fire rose to 31 on Monday.", "up"),
        ("The number of the missing has fallen overnight to about 12.", "down"),
        ("The toll from the ferry fire has reached 31.", "up"),
        ("The number of deaths now stands at 31.", "up"),
        ("The bus reached 31 stops.", ""),
        ("Rents slipped to about 31 crowns.", "down"),
        ("Rescuers said that 31 had died.", ""),
        ("The road rose to the north of 31 houses.", ""),
    ],
)
def test_a_number_that_another_one_rose_or_fell_to(sentence: str, move: str) -> None:
    [figure] = find_figures(sentence)
    assert moved_to(sentence, figure) == move


@pytest.mark.parametrize(
    ("sentence", "is_left_open"),
    [
        ("Divers have found 12 bodies so far.", True),
        ("So far, rescuers have found 12 bodies.", True),
        ("The river stands at 12 feet and is still rising.", True),
        ("Divers have found 12 bodies. So far no ship came.", False),
    ],
)
def test_a_number_that_will_not_stay(sentence: str, is_left_open: bool) -> None:
    [figure] = find_figures(sentence)
    assert is_unfinished(sentence, figure) is is_left_open


@pytest.mark.parametrize(
    ("sentence", "intended"),
    [
        ("Orr has promised to cut the tax to 12% from 16%.", True),
        ("The council plans to raise the rent from £80 to £90.", True),
        ("Vesk proposed cutting the toll to £2 from £3.", True),
        ("The bill would lower the tax to 12% from 16%.", True),
        ("The plan was cut to 12 homes from 16.", False),
        ("The tax was cut to 12% from 16%, as Orr had promised.", False),
        ("Orr wanted more homes. Now it raised the rent to £90 from £80.", False),
    ],
)
def test_what_is_only_intended_replaces_nothing_yet(sentence: str, intended: bool) -> None:
    (pair,) = replaced_in(sentence, find_figures(sentence))
    assert is_intended(sentence, pair) == intended


@pytest.mark.parametrize(
    "sentence",
    [
        "Orr, jailed for nine years, said the term of others was cut to seven years.",
        "A tax on 12 goods was raised to 15.",
        "Orr served nine years and his brother's term was cut to seven years.",
        "A fine of £500 was paid by Holm, which cut its offer to £300.",
    ],
)
def test_what_changed_is_not_the_amount_of_another_thing(sentence: str) -> None:
    assert pairs(sentence) == []
