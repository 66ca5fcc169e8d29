"""Tests that what she did is no answer to what he did."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds

ARRESTED = "She was arrested on Friday; he turned himself in a day later."


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("When was he arrested?", ARRESTED, False),
        ("Tom Orr: When was he arrested?", ARRESTED, False),
        ("When was she arrested?", ARRESTED, True),
        ("When was Orr arrested?", ARRESTED, True),
        ("When did she resign?", "He later resigned in May.", False),
        ("When did he resign?", "She said that he had resigned in May.", True),
        ("When was he arrested?", "She was arrested on Monday and he was arrested in May.", True),
        ("When was he arrested?", "Orr was arrested on Friday, as she was told.", True),
        ("Who spoke of her last hours?", "Orr, her guard, said he spoke of them.", True),
        ("When did he thank her?", "She thanked him on Friday.", True),
    ],
)
def test_he_is_not_she(question: str, text: str, fits: bool) -> None:
    assert ("bearer" in kinds(question, text)) != fits
