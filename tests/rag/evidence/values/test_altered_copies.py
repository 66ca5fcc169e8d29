"""Sentences that are worded alike, with the same value or another one in them."""

from collections.abc import Iterator
from datetime import date

import pytest

from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.read_values import value_of
from rag.evidence.values.told import Told
from rag.evidence.values.twins import twins_of
from tests.rag.evidence.values.pieces import MARCH, asked, piece, report, told
from tests.rag.stories import found

WHO = "Who bought the old harbour of Tarn?"
TEXT = "The old harbour of Tarn was bought by Ilse Varga for a new ferry line."


def value(evidence: Evidence, question: str) -> Told:
    found = value_of(evidence, asked(question))
    assert found is not None
    return found


def twins(text: str, *, published: date | None = MARCH) -> Iterator[str]:
    known = value(told(TEXT, "Ilse Varga"), WHO)
    other = report(text, name="other", source="b.example", published=published)
    passages: list[FoundPassage] = [found(known.piece.found.article), found(other)]
    for twin in twins_of([known], passages, asked(WHO)):
        yield twin.piece.found.article.text[twin.span.start : twin.span.end]


def test_a_copy_with_another_name_tells_that_name() -> None:
    assert list(twins(TEXT.replace("Ilse Varga", "Bruno Keel"))) == ["Bruno Keel"]


def test_a_copy_with_the_same_name_is_one_more_report() -> None:
    assert list(twins(TEXT)) == ["Ilse Varga"]


@pytest.mark.parametrize(
    "text",
    [
        "The old harbour of Sorn was bought by Bruno Keel for a new ferry line.",
        "The old harbour of Tarn was closed by Bruno Keel after years of quarrels.",
        "Tarn was bought by Bruno Keel.",
    ],
)
def test_a_sentence_about_something_else_is_no_twin(text: str) -> None:
    assert list(twins(text)) == []


def test_the_same_words_of_another_month_are_about_another_event() -> None:
    text = TEXT.replace("Ilse Varga", "Bruno Keel")
    assert list(twins(text, published=date(2024, 5, 1))) == []


def test_an_amount_is_found_at_its_place_in_the_other_sentence() -> None:
    question = "How many boats were lost in the storm?"
    text = "The storm took 78 boats from the harbour of Tarn on Monday night."
    known = value(told(text, "78"), question)
    other = report(text.replace("78", "135"), name="other", source="b.example")
    (twin,) = twins_of([known], [found(other)], asked(question))
    assert twin.figure is not None
    assert twin.figure.low == 135


def test_of_two_copies_even_a_short_sentence_is_compared() -> None:
    body = "The film of the harbour opens on Friday in Tarn and has songs by three local choirs."
    question = "Who directs the film of the harbour?"
    article = report(f"Director Ilse Varga. {body}")
    known = value(piece(article, "Director Ilse Varga.", "Ilse Varga"), question)
    other = report(f"Director Bruno Keel. {body}", name="other", source="b.example")
    (twin,) = twins_of([known], [found(other)], asked(question))
    assert twin.piece.text == "Director Bruno Keel."


def test_what_a_story_said_before_it_was_corrected_is_told_as_corrected() -> None:
    text = "The storm took 78 boats from the harbour of Tarn on Monday night."
    title = "CORRECTED: Boats lost in the storm"
    right = piece(report(text, cluster="wire", title=title, name="later"), text, "78")
    earlier = report(text.replace("78", "87"), cluster="wire", name="wire")
    known = value(right, "How many boats were lost in the storm?")
    (twin,) = twins_of([known], [found(earlier)], asked())
    assert twin.figure is not None
    assert (twin.figure.low, twin.corrected_by) == (87, known)
