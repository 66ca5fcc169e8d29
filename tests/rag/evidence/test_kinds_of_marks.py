"""Marked words that cannot be the kind of answer that a question asks for."""

import pytest

from rag.evidence.kinds_of_marks import is_of_other_kind
from rag.question.asked import read_part
from rag.text.sentences import Span
from tests.rag.stories import EMBEDDER


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "expected"),
    [
        ("Where did Orr work before?", "Orr left Holm in 2016.", "2016", True),
        ("Where did Orr work before?", "Orr left Holm in 2016.", "Holm in 2016", False),
        ("Where did Orr finish?", "Orr came 12th.", "12th", False),
        ("For what?", "Orr sold it for £3.4m.", "£3.4m", True),
        ("For what price?", "Orr sold it for £3.4m.", "£3.4m", False),
        ("What did Orr die of?", "Orr died in March 2025.", "March 2025", True),
        (
            "Which schools will close?",
            "Three of its 22 schools go.",
            "Three of its 22 schools",
            True,
        ),
        ("Which schools will close?", "Three go.", "Three", True),
        ("Which schools will close?", "Holm and Ulsby go.", "Holm and Ulsby", False),
        ("Which schools will close?", "The two in Holm go.", "two in Holm", False),
        ("What did Orr say?", "It failed, Dr Lena Orr said.", "Dr Lena Orr", True),
        ("What did Orr say?", "It failed, said the owner Lena Orr.", "Lena Orr", True),
        ("What did Orr say about it?", "Orr blamed Storm Vani.", "Storm Vani", False),
        ("Did the levy pass?", "The levy fell by 31 votes.", "31 votes", True),
        ("Had Holm been fined?", "Holm was fined in 2019.", "2019", True),
        ("Did 31 people die?", "It killed 31.", "31", False),
        ("Was it 2018 or 2019?", "It was 2019.", "2019", False),
        ("How many died?", "It killed 31.", "31", False),
        ("When did Orr leave?", "Orr left in 2016.", "2016", False),
    ],
)
def test_which_words_cannot_be_the_kind_of_answer(
    question: str, sentence: str, marked: str, *, expected: bool
) -> None:
    start = sentence.index(marked)
    asked = read_part(question, EMBEDDER)
    assert is_of_other_kind(sentence, Span(start, start + len(marked)), asked) is expected
