"""Tests that a line that only credits the people who made an article answers nothing else."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "Additional reporting by Ana Vos in Lome.",
        "(Tidewire, with additional reporting by Ana Vos and Jo Aker)",
        "Reporting by Ana Vos; editing by Jo Aker",
        "Compiled by Ana Vos.",
        "Courier writer Ana Vos in Lome contributed to this report.",
        "— Ana Vos contributed reporting.",
        "(Photo by Ana Vos/Tidewire)",
    ],
)
def test_a_credit_answers_nothing(sentence: str) -> None:
    assert "credit" in kinds("Who is Ana Vos?", sentence)
    assert "credit" not in kinds("Who contributed to the report from Lome?", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reporting by the Courier led the council to act.",
        "Photographs by Ana Vos hang in the town hall.",
        "A list compiled by Ana Vos names 90 mills.",
        "The heat contributed to this report of 90 deaths.",
        "Edited by hand, the map had 90 errors.",
    ],
)
def test_what_tells_of_work_is_no_credit(sentence: str) -> None:
    assert "credit" not in kinds("What did Ana Vos find?", sentence)
