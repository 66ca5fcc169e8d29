"""Tests where a text stands word for word, and that no place begins or ends inside a word."""

import pytest

from rag.text.exact import find_each, find_exactly, pattern_of, whole_words
from rag.text.sentences import Span


def found(excerpt: str, text: str) -> list[str]:
    return [text[slice(*place)] for place in find_each(pattern_of(excerpt), text)]


@pytest.mark.parametrize(
    ("excerpt", "text"),
    [
        ("500 people were moved", "In Holm 1,500 people were moved."),
        ("500 people were moved", "In Holm 1\u00a0500 people were moved."),
        ("the toll rose to 3", "In Holm the toll rose to 3.5 per cent."),
        ("they met at 10", "In Holm they met at 10:30 on Monday."),
        ("12 degrees in Holm", "It was -12 degrees in Holm."),
        ("12 degrees in Holm", "It was −12 degrees in Holm."),
        ("12 degrees in Holm", "It was 10–12 degrees in Holm."),
        ("5 million euros", "It cost 7,5 million euros."),
        ("prices rose by 5", "In Holm prices rose by 5%."),
        ("prices rose by 5", "In Holm prices rose by 5 %, Orr said."),
        ("it fell to 12", "At night it fell to 12°."),
        ("19 cases in Holm", "There were no Covid-19 cases in Holm."),
        ("a plan of 5", "It is a plan of 5-year terms."),
        ("partisan vote", "It was a non-partisan vote."),
        ("elected mayor", "Orr was re-elected mayor of Holm."),
        ("elected mayor", "Orr was re-\nelected mayor of Holm."),
        ("European mood", "Orr feeds the anti-European mood."),
        ("the rule is tax", "In Holm the rule is tax-free trade."),
        ("the mayor won", "In Holm the mayor won’t go."),
    ],
)
def test_a_number_or_a_word_that_was_cut_in_two_is_not_there(excerpt: str, text: str) -> None:
    assert found(excerpt, text) == []


@pytest.mark.parametrize(
    ("excerpt", "text"),
    [
        ("500 people were moved", "In 2019, 500 people were moved."),
        ("the toll rose to 3", "In Holm the toll rose to 3."),
        ("the toll rose to 3", "In Holm the toll rose to 3, or 4."),
        ("12 of them left", "They voted—12 of them left."),
        ("12 of them left", "They voted–12 of them left."),
        ("40 million", "It cost £40 million."),
        ("in 2019", "It was shut in 2019–that is all."),
        ("the mayor of Holm", "It is the mayor of Holm's house."),
        ("Holm road", "The Alder-Holm road is shut."),
        ("sent by Orr", "They are sent by Orr-led groups."),
        ("short", "There are short- and long-term plans."),
        ("1,500 people", "Some 1,500 people came."),
        ("-12 degrees", "It was −12 degrees."),
    ],
)
def test_whole_words_and_numbers_are_there(excerpt: str, text: str) -> None:
    assert len(found(excerpt, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The minister, a well-known farmer",
        "The min-\nister, a well-known farmer",
        "The minister, a well‐known farmer",
    ],
)
@pytest.mark.parametrize(
    "excerpt", ["The min-\nister, a well-\nknown farmer", "The min\u2010 \r\n  ister, a well-known"]
)
def test_a_line_may_end_inside_a_word(excerpt: str, text: str) -> None:
    assert len(found(excerpt, text)) == 1


def test_a_hyphen_before_a_capital_letter_does_not_divide_a_word() -> None:
    assert found("the Alder-\nHolm road", "We saw the AlderHolm road") == []
    assert found("the Alder-\nHolm road", "We saw the Alder-Holm road") == ["the Alder-Holm road"]


def test_a_number_with_a_sign_is_not_one_behind_a_dash() -> None:
    assert found("fell to -12", "It fell to – 12 of them knew – nothing.") == []


def test_a_place_behind_one_that_is_cut_is_found() -> None:
    text = "The re-elected mayor met the elected mayor of Holm."
    place = find_exactly(pattern_of("elected mayor"), text)
    assert place == Span(text.rindex("elected"), text.rindex(" of"))


def test_signs_that_nobody_sees_at_the_edges_do_not_count() -> None:
    assert found("\u200bthe mayor\ufeff", "Orr is the mayor.") == ["the mayor"]


@pytest.mark.parametrize(
    ("part", "text", "whole"),
    [
        ("500 people", "Some 1,500 people came.", "1,500 people"),
        ("000 people", "Some 1,500,000 people came.", "1,500,000 people"),
        ("12 degrees", "It fell to -12 degrees.", "-12 degrees"),
        ("elected", "Orr was re-elected in May.", "re-elected"),
        ("rose by 5", "It rose by 5 % in May.", "rose by 5 %"),
        ("Orr won", "Orr won't go.", "Orr won't"),
        ("Orr was", "Orr was there.", "Orr was"),
    ],
)
def test_a_place_is_widened_to_whole_words(part: str, text: str, whole: str) -> None:
    start = text.index(part)
    assert text[slice(*whole_words(text, Span(start, start + len(part))))] == whole
