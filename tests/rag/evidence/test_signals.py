"""Tests the signals of a sentence: of a time, of its passage's place among others, of a mark."""

import re
from dataclasses import replace

import numpy as np
import pytest

from rag.evidence.signals import Signals, take_signals
from rag.models.reading import Reading
from rag.question.asked import read_part
from tests.rag.stories import EMBEDDER, found, story


def signals_of(sentence: str, question: str) -> Signals:
    """Return the signals of an article's only sentence, by name."""
    passage = found(story(sentence, title=""))
    (one,) = take_signals(read_part(question, EMBEDDER), [passage], {}, passages=1)
    return one.signals


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("The war broke out on Sunday.", 1),
        ("It was the worst day since the 2020 war.", 0),
        ("The war of 2016 broke out on 2 April 2016.", 0),
        ("PORT ALDER, Nov. 12 (Wire) — The war has broken out.", 0),
    ],
)
def test_a_time_answers_only_if_it_may_be_of_what_is_asked_about(
    sentence: str, held: float
) -> None:
    assert signals_of(sentence, "When did the 2020 war break out?")["kind_held"] == held


def standing_of(score: float, *, found_with: int, passages: int) -> float:
    """Return how far a passage stands out that was found with others in an archive."""
    passage = found(story("Rain fell.", title=""))
    passage = replace(passage, fused=score)
    question = read_part("Who?", EMBEDDER)
    (one,) = take_signals(question, [passage], {}, passages=passages, among=[passage] * found_with)
    return one.signals["standing"]


def test_scores_of_a_large_archive_are_taken_as_they_are() -> None:
    assert standing_of(2.2, found_with=10, passages=5000) == pytest.approx(1.2)
    assert standing_of(2.2, found_with=10, passages=100) == pytest.approx(1.2)


def test_scores_of_a_small_archive_or_filter_are_spread_more() -> None:
    small = standing_of(1.6, found_with=10, passages=22)
    assert 0.9 < small < 1.1
    assert standing_of(1.6, found_with=5, passages=22) > small
    assert standing_of(1.6, found_with=5, passages=5000) > small


def test_the_only_passage_of_an_archive_stands_out_but_not_the_only_one_of_a_filter() -> None:
    assert standing_of(1.0, found_with=1, passages=1) == pytest.approx(1.2)
    assert standing_of(1.0, found_with=1, passages=4) == 0


def read_words(text: str, question: str, starts: list[float], ends: list[float]) -> str:
    """Return what is marked in a text of which each word starts and ends an answer so well.

    If nothing is, the result is empty.
    """
    passage = found(story(text, title=""))
    begins, closes = (np.array(scores, dtype=np.float32) for scores in (starts, ends))
    reading = Reading(
        relevance=0,
        answerable=0,
        silence=0,
        offsets=np.array([word.span() for word in re.finditer(r"\w+", text)]),
        starts=begins,
        ends=closes,
        support=begins,
    )
    asked = read_part(question, EMBEDDER)
    (one,) = take_signals(asked, [passage], {}, passages=1, readings=[reading])
    return passage.article.text[slice(*one.answer)] if one.answer else ""


def test_a_pronoun_alone_is_not_marked() -> None:
    assert (
        read_words("She fixed the clock.", "What was fixed?", [9, 1, 0, 3], [9, 0, 0, 3]) != "She"
    )


@pytest.mark.parametrize(
    ("text", "question", "is_marked"),
    [
        ("Odette struck Holm.", "What is Odette?", False),
        ("Odette struck Holm.", "What struck Holm?", True),
        ("Odette struck Holm.", "What is Odette or Orr?", True),
        ("Then Odette left.", "Who left?", True),
    ],
)
def test_what_the_question_names_does_not_say_what_it_is(
    text: str, question: str, *, is_marked: bool
) -> None:
    place = text.split().index("Odette")
    edge = [9.0 * (word == place) for word in range(3)]
    assert read_words(text, question, edge, edge) == ("Odette" if is_marked else "")


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("They fired Jim Orr.", "Why was Orr fired?", (2, 3)),
        ("He rests two weeks.", "Why did Orr stop?", (2, 3)),
        ("Then Orr, 64, died.", "How did Orr die?", (1, 2)),
        ("Orr died aged 87.", "What did she die of?", (2, 3)),
    ],
)
def test_a_name_or_an_amount_tells_no_reason(
    text: str, question: str, marked: tuple[int, int]
) -> None:
    starts, ends = ([9.0 * (word == edge) for word in range(4)] for edge in marked)
    found = re.findall(r"\w+", text)[marked[0] : marked[1] + 1]
    assert read_words(text, question, starts, ends) == ""
    assert re.findall(r"\w+", read_words(text, "What happened?", starts, ends)) == found


def test_other_words_are_marked_in_place_of_those_of_another_kind() -> None:
    starts, ends = [0.0, 3.0, 0.0, 9.0], [0.0, 3.0, 0.0, 9.0]
    assert read_words("Orr left in 2016.", "When did Orr leave?", starts, ends) == "2016"
    assert read_words("At Holm till 2016.", "Where did Orr work?", starts, ends) != "2016"


VOTED, DENIED = "Reds voted; Greens abstained.", "Holm denied it sold mills."


@pytest.mark.parametrize(
    ("text", "marked", "question", "expected"),
    [
        (VOTED, (0, 2), "Who abstained?", "Greens"),
        (VOTED, (0, 2), "Which parties abstained?", "Greens"),
        (VOTED, (0, 2), "Why did Greens abstain?", "Reds voted; Greens"),
        (DENIED, (2, 4), "Did Holm sell mills?", "denied it sold mills"),
        (DENIED, (2, 4), "What did Holm say of mills?", "denied it sold mills"),
        (DENIED, (2, 4), "What did Holm deny?", "it sold mills"),
        ("Holm denied fraud.", (2, 2), "What was Holm charged with?", "fraud"),
        ("It moves from Holm to Brae.", (3, 5), "Where will it be?", "Brae"),
        ("It moves from Holm to Brae.", (3, 5), "Where was it before?", "Holm"),
    ],
)
def test_a_mark_says_what_its_sentence_says(
    text: str, marked: tuple[int, int], question: str, expected: str
) -> None:
    """`marked` are the places of the first and the last word that the reader marks."""
    words = range(len(re.findall(r"\w+", text)))
    starts, ends = ([9.0 * (word == edge) for word in words] for edge in marked)
    assert read_words(text, question, starts, ends) == expected


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("Who led the trust before Reyle?", "Finch"),
        ("Who leads it now that Tom Reyle has left?", "Finch"),
        ("Who leads it after Reyle?", "Finch"),
        ("Who replaced Tom Reyle at Finch?", "Finch"),
        ("Who won when Reyle met Finch?", "Reyle"),
        ("Who led it, Finch or Reyle?", "Reyle"),
        ("Who took over?", "Reyle"),
    ],
)
def test_who_is_named_in_the_question_is_not_marked(question: str, marked: str) -> None:
    assert read_words("Reyle followed Finch.", question, [9, 0, 10], [11, 0, 5]) == marked


@pytest.mark.parametrize(
    ("question", "text", "starts", "ends", "expected"),
    [
        (
            "Who told Reyle to go?",
            "Tom Reyle heard Finch.",
            [9, -20, 0, 10],
            [0, 12, 0, 9],
            "Finch",
        ),
        ("Who warned Reyle?", "Tom Reyle heard Finch.", [9, -20, 0, 10], [0, 12, 0, 9], "Finch"),
        ("Who met Reyle?", "Tom Reyle heard Finch.", [9, -20, 0, 10], [0, 12, 0, 9], "Tom Reyle"),
    ],
)
def test_whoever_was_spoken_to_is_not_marked_with_a_first_name(
    question: str, text: str, starts: list[float], ends: list[float], expected: str
) -> None:
    assert read_words(text, question, starts, ends) == expected
