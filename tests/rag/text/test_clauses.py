import pytest

from rag.text.clauses import is_finished, main_clauses


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
