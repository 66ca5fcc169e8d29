"""Names in questions that were typed without capitals."""

import pytest

from rag.question.capitals import lacks_capitals, restore_capitals

NEARBY = [
    "Police said that Ana Ruiz of the NHB met Jan McBrae in Holm. They fled when Storm Wanda came.",
    "In Holm the storm tore roofs off homes. Rivers rose, and McBrae left.",
]


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("where did ana ruiz meet jan mcbrae?", "where did Ana Ruiz meet Jan McBrae?"),
        ("what did the nhb say about storm wanda", "what did the NHB say about storm Wanda"),
        ("how many homes burnt in holm?", "how many homes burnt in Holm?"),
        (
            "what did zsofia kertesz say of the storm?",
            "what did Zsofia Kertesz say of the storm?",
        ),
        (
            "which lorry driver and which paramedics left holm by a footbridge?",
            "which lorry driver and which paramedics left Holm by a footbridge?",
        ),
        (
            "who was killed in the house on monday?",
            "who was killed in the house on monday?",
        ),
    ],
)
def test_names_get_the_capitals_that_texts_give_them(typed: str, restored: str) -> None:
    assert lacks_capitals(typed)
    assert restore_capitals(typed, NEARBY) == restored


def test_a_phone_that_sets_the_first_capital_sets_no_other() -> None:
    assert lacks_capitals("Who is ana ruiz?")
    assert not lacks_capitals("Who is Ana ruiz?")
    assert not lacks_capitals("")
