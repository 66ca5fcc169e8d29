"""Which number of a sentence a question asks for."""

import pytest

from rag.text.counting import asked_for, counted_by, is_rate, read_counted, told_beside
from rag.text.figures import find_figures
from rag.text.words import stems_of

SENTENCE = "At least 214 people were hurt by the storm, and more than 31 were killed."


def chosen(question: str, sentence: str, marked: str) -> str:
    figures = find_figures(sentence)
    first = next(f for f in figures if sentence[f.start : f.end] == marked)
    asked = read_counted(question)
    assert asked is not None
    found = asked_for(asked, sentence, figures, first)
    return sentence[found.start : found.end] if found else marked


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "wanted"),
    [
        ("How many people were killed by the storm?", SENTENCE, "214", "31"),
        ("How many people were hurt by the storm?", SENTENCE, "214", "214"),
        (
            "How many schools got the new desks?",
            "Some 40 schools got the first of 9,500 desks.",
            "9,500",
            "40",
        ),
        (
            "How many homes have been cleared?",
            "Mould was found in 63 homes, and 44 were cleared.",
            "63",
            "44",
        ),
        # What did it counts nothing, and a sentence may name the things otherwise.
        (
            "How many people did the storm kill?",
            "A force 11 storm killed 31 people.",
            "31",
            "31",
        ),
        ("How many ferries sank?", "Of 12 boats, 3 sank.", "12", "3"),
        ("How many drivers were hurt?", "34 drivers and 16 guards were hurt.", "34", "34"),
        (
            "How many people say so?",
            "Three out of four people say so.",
            "Three out of four",
            "Three out of four",
        ),
        ("How many boats were damaged?", "It sank four boats and damaged 27 others.", "four", "27"),
        ("How many boats were damaged?", "It sank four boats and damaged 27 others.", "27", "27"),
        ("How many people were on Flight 318?", "Flight 318 had 76 aboard.", "76", "76"),
        ("How many ferries were lost?", "The fleet lost 12 boats and 3 nets.", "12", "12"),
    ],
)
def test_the_number_of_what_is_asked_is_taken(
    question: str, sentence: str, marked: str, wanted: str
) -> None:
    assert chosen(question, sentence, marked) == wanted


def test_a_number_in_a_compound_counts_what_follows_the_hyphen() -> None:
    sentence = "A nine-piece band played."
    [nine] = find_figures(sentence)
    assert counted_by(sentence, nine) == stems_of("piece band played")


def test_a_day_behind_a_number_is_not_counted_by_it() -> None:
    sentence = "The toll rose to 39 yesterday."
    [figure] = find_figures(sentence)
    assert counted_by(sentence, figure) == frozenset()


def test_words_of_another_clause_are_not_beside_a_number() -> None:
    figures = find_figures(SENTENCE)
    assert told_beside(SENTENCE, figures[1], figures) == stems_of("killed")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It carried 620 passengers a day.", True),
        ("The operator says that £4 buys a day ticket.", False),
        ("It carried 620 paying passengers per year.", True),
        ("It carried 620 passengers on a day in May.", False),
        ("It carried 620 passengers daily.", True),
        ("Some 620 people are carried every day.", True),
        ("It pumps 620 bpd.", True),
        ("It sold 620 copies of the Daily Post.", False),
        ("It carried 620 passengers.", False),
    ],
)
def test_a_number_of_each_day_is_a_rate(sentence: str, *, expected: bool) -> None:
    assert is_rate(sentence, find_figures(sentence)[0]) is expected


def test_a_past_form_behind_the_things_is_what_they_did() -> None:
    counted = read_counted("How many miners died at Carrow?")
    assert counted is not None
    assert counted.told == stems_of("died")
    assert not counted.done
