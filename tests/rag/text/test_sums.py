"""Tests that things that are counted apart are added up, and nothing else is."""

import pytest

from rag.text.figures import find_figures
from rag.text.sums import added_alike, added_in, list_end
from rag.text.words import stems_of


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("two men and a woman", 3),
        ("Three soldiers and two nurses", 5),
        ("two pilots, three nurses and a cook", 6),
        ("a mother and her two children", 3),
        ("two men and their families", None),
        ("two men and a family", None),
    ],
)
def test_the_things_are_added_up_if_each_has_a_number(words: str, count: float | None) -> None:
    added = added_in(words)
    assert added is not None
    assert added.count == count


@pytest.mark.parametrize(
    "words",
    [
        "two men",
        "12 dead and 90 injured",
        "12 deaths and 90 injuries",
        "two and three",
        "three years and four months",
        "a man and a woman of Holm",
        "1,200 people, 300 of them pupils",
        "three boats and thousands of pounds",
        "the mayor and her husband",
    ],
)
def test_other_words_are_no_things_to_add_up(words: str) -> None:
    assert added_in(words) is None


@pytest.mark.parametrize(
    ("sentence", "thing", "words"),
    [
        (
            "Orr faces {three} counts of theft and one count of fraud.",
            "counts",
            "one count of fraud",
        ),
        ("It hit 12 homes in Holm, {3} homes in Brae and two homes in Tarn.", "homes", "two homes"),
        ("Orr was guilty of {three} counts of theft and cleared of one count.", "counts", ""),
        ("Orr won {3} seats and Vesk 4.", "seats", ""),
        ("It rose from {3} homes to 4 homes.", "homes", ""),
        ("Orr and Vesk got {3} votes and 4 votes respectively.", "votes", ""),
        ("He saw {3} boats and 40 rafts.", "boats", ""),
    ],
)
def test_a_list_of_one_noun_is_added_up(sentence: str, thing: str, words: str) -> None:
    start, end = sentence.index("{"), sentence.index("}") - 1
    text = sentence.replace("{", "").replace("}", "")
    figures = find_figures(text)
    marked = next(one for one in figures if (one.start, one.end) == (start, end))
    run = added_alike(text, figures, marked, stems_of(thing))
    assert (text[run[-1].start : list_end(text, run[-1])] if run else "") == words
