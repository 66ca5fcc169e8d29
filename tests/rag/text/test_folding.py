from rag.text.folding import without_accents


def test_accents_and_case_are_left_out() -> None:
    assert without_accents("Łódź, Erdoğan, Ağdam") == "lodz, erdogan, agdam"
