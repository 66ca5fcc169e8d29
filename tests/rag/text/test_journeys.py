"""Which of the two places of a move a question asks for."""

import pytest

from rag.text.journeys import place_of_move
from rag.text.sentences import Span

WORKS = "Orr would move its works from Holm to Brae in the north by May."
FIRM = "The firm has relocated from the old mill to Brae."


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "expected"),
    [
        ("Where will the works be?", WORKS, "Holm to Brae in the north", "Brae in the north"),
        ("Where will Orr move to?", WORKS, "from Holm to Brae", "Brae"),
        ("Where were the works before?", WORKS, "Holm to Brae", "Holm"),
        ("Where did Orr move the works from?", WORKS, "from Holm to Brae", "Holm"),
        ("Where is the firm now?", FIRM, "the old mill to Brae", "Brae"),
        ("Where did the firm use to be before?", FIRM, "the old mill to Brae", "the old mill"),
        # It is not said which of the two is asked for, or nothing moves away.
        ("Where did Orr work?", WORKS, "Holm to Brae", "Holm to Brae"),
        ("Where will the works be?", WORKS, "Brae", "Brae"),
        ("Where is it?", "The road runs from Holm to Brae.", "Holm to Brae", "Holm to Brae"),
        ("Where is the road closed?", "It is closed from Holm to Brae.", "Holm to Brae", None),
    ],
)
def test_the_place_of_a_move_that_is_asked_for_is_taken(
    question: str, sentence: str, marked: str, expected: str | None
) -> None:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    found = place_of_move(question, sentence, span, Span(0, len(sentence)))
    assert sentence[found.start : found.end] == (expected or marked)
