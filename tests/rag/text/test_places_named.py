import pytest

from rag.text.places import place_at


@pytest.mark.parametrize(
    ("words", "country"),
    [
        *[("armenians", "Armenia"), ("dutchmen", "Netherlands"), ("holland", "Netherlands")],
        *[("south korean", "South Korea"), ("ivorian", "Ivory Coast"), ("uk", "Britain")],
        *[("russian federation", "Russia"), ("french", "France"), ("myanmar", "Burma")],
        *[("dominican republic", "Dominican Republic"), ("congolese", "Congo")],
    ],
)
def test_a_country_goes_by_all_its_names(words: str, country: str) -> None:
    place = place_at(words.split(), 0)
    assert place is not None
    assert (place.country, place.is_seat) == (country, False)


@pytest.mark.parametrize(
    ("words", "country"),
    [("ankara", "Turkey"), ("white house", "United States"), ("bogota", "Colombia")],
)
def test_a_seat_of_government_stands_for_its_country(words: str, country: str) -> None:
    place = place_at(words.split(), 0)
    assert place is not None
    assert (place.country, place.is_seat) == (country, True)


def test_a_name_of_two_countries_is_neithers() -> None:
    assert place_at(["korean"], 0) is None
