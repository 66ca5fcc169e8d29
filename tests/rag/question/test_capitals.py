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


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("how long is the road shut?", "how long is the road shut?"),
        ("how much snow fell on the road?", "how much snow fell on the road?"),
        ("what did sue snow say?", "what did Sue Snow say?"),
        ("what did mayor snow say?", "what did Mayor Snow say?"),
        ("what does the bank of holm pay?", "what does the Bank of Holm pay?"),
        ("did the bank rise?", "did the bank rise?"),
        ("what did hill say?", "what did Hill say?"),
        ("what did long say?", "what did Long say?"),
        ("what did price say?", "what did Price say?"),
    ],
)
def test_a_usual_word_that_is_only_inside_longer_names_is_no_name(
    typed: str, restored: str
) -> None:
    nearby = [
        "The road is shut, said Mayor Sue Snow. They met Tom Hill of the Bank of Holm.",
        "In Holm, Long was seen with Ana Long. Price said no to Eva Price.",
    ]
    assert restore_capitals(typed, nearby) == restored


def test_a_phone_that_sets_the_first_capital_sets_no_other() -> None:
    assert lacks_capitals("Who is ana ruiz?")
    assert not lacks_capitals("Who is Ana ruiz?")
    assert not lacks_capitals("")
