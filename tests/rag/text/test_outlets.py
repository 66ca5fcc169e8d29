import pytest

from rag.text.outlets import (
    credited,
    is_called_as_outlets_are,
    is_one_outlet,
    outlet_letters,
    outlet_name,
)


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


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Fox News", "foxnews.com"),
        ("CBS", "https://www.cbsnews.com/orr"),
        ("Gulf News", "gulfnews.com"),
        ("Euronews", "euronews.com"),
        ("VOA", "voanews.com"),
        ("Voice of America", "voanews.com"),
        ("ABC News", "abcnews.go.com"),
        ("NHK", "www3.nhk.or.jp"),
        ("The News", "thenews.com.pk"),
        ("News", "news.com.au"),
        ("Marden Post", "mardenpost.ne.jp"),
        ("Canadian Press", "CP"),
    ],
)
def test_the_name_and_the_address_of_an_outlet_meet(name: str, address: str) -> None:
    assert outlet_name(name) == outlet_name(address) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("orr.substack.com", "dale.substack.com"),
        ("orr.wordpress.com", "dale.wordpress.com"),
        ("orr.blogspot.co.uk", "dale.blogspot.com"),
        ("reuters.substack.com", "Reuters"),
        ("abcnews.go.com", "nhk.or.jp"),
    ],
)
def test_those_who_publish_under_one_address_are_not_one(one: str, other: str) -> None:
    assert outlet_name(one) != outlet_name(other)


def test_a_host_is_an_outlet_itself() -> None:
    assert outlet_name("www.substack.com") == outlet_name("Substack") == "substack"


@pytest.mark.parametrize(("name", "is_one"), [("Harbor Times", True), ("Ann Harbor", False)])
def test_some_words_tell_an_outlet(name: str, is_one: bool) -> None:
    assert is_called_as_outlets_are(name) == is_one


AP, AFP, DPA = "associatedpress", "agencefrancepresse", "deutschepresseagentur"


@pytest.mark.parametrize(
    ("agency", "names"),
    [
        ("Associated Press (AP)", {AP}),
        ("Agence France-Presse (AFP)", {AFP}),
        ("(Reuters)", {"reuters"}),
        ("By Reuters", {"reuters"}),
        ("via AP", {AP}),
        ("Source: Reuters", {"reuters"}),
        ("Reuters Staff", {"reuters"}),
        ("AP Staff Writer", {AP}),
        ("RFE/RL", {"radiofreeeurope"}),
        ("reuters.com", {"reuters"}),
        ("https://wire.example/hub", {"wire"}),
        ("AFP and Reuters", {AFP, "reuters"}),
        ("Reuters, AFP & dpa", {"reuters", AFP, DPA}),
        ("dpa und AFP", {DPA, AFP}),
        ("With files from AP", {AP}),
        ("AFP and agencies", {AFP}),
        ("Ida Orr (AP)", {"idaorr", AP}),
        ("Reuters (Marden)", {"reuters"}),
        ("Marden Post with AFP", {"mardenpost", AFP}),
        ("Harbor Wire", {"harborwire"}),
        ("Holm & Orr", {"holm", "orr", "holmorr"}),
        ("Dale & Co.", {"dale", "daleco"}),
        ("Staff", set()),
        ("", set()),
    ],
)
def test_a_credit_names_agencies_however_outlets_write_it(agency: str, names: set[str]) -> None:
    assert credited(agency) == names


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Reuters", "reuters.com", True),
        ("The Marden Post", "Marden Post", True),
        ("", "", True),
        ("…", "", False),
        ("Marden Post", "Harbor Post", False),
    ],
)
def test_two_names_are_of_one_outlet(one: str, other: str, is_one: bool) -> None:
    assert is_one_outlet(one, other) == is_one
