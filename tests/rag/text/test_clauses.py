from itertools import pairwise

import pytest

from rag.text.clauses import clause_edges, is_finished, main_clauses


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("Signed in May, the truce held.", ["Signed in May", ", the truce held."]),
        ("It held although 1,200 fought.", ["It held ", "although 1,200 fought."]),
        ("The well-known man - a diver - swam.", ["The well-known man", " - a diver", " - swam."]),
        ("At 10:30 it began.", ["At 10:30 it began."]),
    ],
)
def test_a_sentence_has_clauses(sentence: str, clauses: list[str]) -> None:
    edges = clause_edges(sentence)
    assert [sentence[a:b] for a, b in pairwise(edges)] == clauses


def test_main_clauses_cover_their_sentence() -> None:
    text = "No. He came on Monday, and she left on Tuesday; all slept."
    spans = list(main_clauses(text, 4, len(text)))
    assert [text[a:b] for a, b in spans] == [
        "He came on Monday, and ",
        "she left on Tuesday; ",
        "all slept.",
    ]


@pytest.mark.parametrize("sentence", ["It held.", "“It held!”", "It **held.**", "它。"])
def test_a_mark_finishes_a_sentence(sentence: str) -> None:
    assert is_finished(sentence)


def test_a_sentence_without_a_mark_is_not_finished() -> None:
    assert not is_finished("It held, and")
