import pytest

from rag.text.outlets import is_called_as_outlets_are, outlet_letters, outlet_name


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("AP", "associatedpress"),
        ("the Associated Press", "associatedpress"),
        ("https://apnews.com/article/1", "associatedpress"),
        ("theguardian.com", "guardian"),
        ("news.bbc.co.uk", "bbc"),
        ("Harbor-Wire", "harborwire"),
        ("El País", "elpais"),
        ("U.S.", "us"),
        ("", ""),
    ],
)
def test_an_outlet_has_the_same_letters_by_each_of_its_names(name: str, letters: str) -> None:
    assert outlet_letters(name) == letters


@pytest.mark.parametrize(
    "name", ["Reuters", "Reuters News", "Thomson Reuters", "Reuters news agency", "reuters.com"]
)
def test_what_many_outlets_are_called_is_no_part_of_a_name(name: str) -> None:
    assert outlet_name(name) == "reuters"


@pytest.mark.parametrize(("name", "is_one"), [("Harbor Times", True), ("Ann Harbor", False)])
def test_some_words_tell_an_outlet(name: str, is_one: bool) -> None:
    assert is_called_as_outlets_are(name) == is_one
