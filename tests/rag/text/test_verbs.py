from rag.text.verbs import with_base_forms


def test_irregular_forms_become_their_base() -> None:
    assert (
        with_base_forms("It took effect; Argentina won, 4-2.")
        == "It take effect; Argentina win, 4-2."
    )


def test_forms_that_are_other_words_stay() -> None:
    assert (
        with_base_forms("He saw the left bank and found it.")
        == "He saw the left bank and found it."
    )
