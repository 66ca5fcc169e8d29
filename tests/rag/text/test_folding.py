from rag.text.folding import folded_twins, without_accents, written_in_two


def test_accents_and_case_are_left_out() -> None:
    assert without_accents("Łódź, Erdoğan, Ağdam") == "lodz, erdogan, agdam"


def test_umlauts_may_be_written_in_two_letters() -> None:
    assert written_in_two("Müller") == written_in_two("Mu\u0308ller") == "mueller"
    assert (written_in_two("Århus"), written_in_two("Søren")) == ("aarhus", "soeren")


def test_twins_are_the_other_ways_to_write_a_name_without_accents() -> None:
    assert folded_twins("Mueller") == ["muller"]
    assert folded_twins("Müller") == ["mueller"]
    assert set(folded_twins("Joerg-Haakon")) == {"jorg-haakon", "joerg-hakon", "jorg-hakon"}
    assert folded_twins("Holm") == []
    assert folded_twins("ae" * 9) == []
