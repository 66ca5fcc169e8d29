"""Which unit of measure stands behind a number, and what it is a rate of."""

import pytest

from rag.text.figures import find_figures
from rag.text.measures import Measure, measure_behind


def measure_in(text: str) -> Measure | None:
    return measure_behind(text, find_figures(text)[0].end)


@pytest.mark.parametrize(
    ("text", "kind", "size", "per"),
    [
        ("380 kilometres of road", "length", 1000, ""),
        ("a 380-metre-long wall", "length", 1, ""),
        ("5kg of flour", "mass", 1, ""),
        ("thousands of tonnes", "mass", 1000, ""),
        ("12 sq. km of land", "area", 10**6, ""),
        ("12 m² of floor", "area", 1, ""),
        ("12 cubic metres of sand", "volume", 1000, ""),
        ("5 nautical miles off Marden", "length", 1852, ""),
        ("20 MW of power", "power", 10**6, ""),
        ("40 degrees Celsius in Holm", "celsius", 1, ""),
        ("40 litres a minute", "volume", 1, "TM"),
        ("60 km/h in Orr", "length", 1000, "TH"),
        ("60 kph in Orr", "length", 1000, "TH"),
        ("60kmph in Orr", "length", 1000, "TH"),
        ("5 tonnes per hectare", "mass", 1000, "area 10000"),
        ("$80 a barrel", "", 1, "volume 158.987"),
        ("12 boats a day", "", 1, "D"),
    ],
)
def test_a_unit_has_its_kind_its_size_and_its_rate(
    text: str, kind: str, size: float, per: str
) -> None:
    found = measure_in(text)
    assert found is not None
    assert (found.kind, found.size, found.per) == (kind, pytest.approx(size), per)


@pytest.mark.parametrize(
    "text",
    [
        "40 m for the harbour",
        "12 milestones",
        "12 boats a day later",
        "20 mw for Holm",
        "12 of the boats",
        "12",
    ],
)
def test_what_is_no_unit_is_none(text: str) -> None:
    assert measure_in(text) is None


def test_words_of_a_unit_end_with_its_rate() -> None:
    text = "It lost 40 litres a minute in Holm."
    found = measure_in(text)
    assert found is not None
    assert text[: found.end] == "It lost 40 litres a minute"
