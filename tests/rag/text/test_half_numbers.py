"""A half or a quarter belongs to the number that it is added to, with the unit behind it."""

import pytest

from rag.text.figures import find_figures, whole_durations


def numbers(text: str) -> list[tuple[float, str]]:
    return [(figure.low, figure.unit) for figure in find_figures(text) if not figure.is_soft]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Orr got five and a half years.", 5.5, "Y"),
        ("He got a two-and-a-half-year term.", 2.5, "Y"),
        ("It took 2 and a half hours.", 2.5, "TH"),
        ("Rents rose six and a half per cent.", 6.5, "%"),
        ("Two and a half million came.", 2.5e6, ""),
        ("It costs £1 and a half million.", 1.5e6, "£"),
        ("It costs two and half crore.", 2.5e7, ""),
        ("It took one and three-quarter hours.", 1.75, "TH"),
        ("It took three and a quarter hours.", 3.25, "TH"),
        ("It shut a year and a half ago.", 1.5, "Y"),
        ("It took an hour and a quarter.", 1.25, "TH"),
        ("It took two years and a half.", 2.5, "Y"),
        ("A million and a half came.", 1.5e6, ""),
        ("It took 2½ years.", 2.5, "Y"),
        ("It costs £2½m.", 2.5e6, "£"),
        ("It took 2 1/2 years.", 2.5, "Y"),
        ("A 10-1/2-year term ended.", 10.5, "Y"),
        ("It took half an hour.", 0.5, "TH"),
        ("Rents rose half a per cent.", 0.5, "%"),
        ("Rents rose half a percentage point.", 0.5, "%"),
        ("A half million came.", 5e5, ""),
        ("A half-dozen came.", 6.0, ""),
        ("A quarter of a million came.", 2.5e5, ""),
    ],
)
def test_a_half_is_part_of_its_number(text: str, number: float, unit: str) -> None:
    assert numbers(text) == [(number, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She has two and a half-brother has one.", [2.0]),
        ("Holm had two and a half of the crew left.", [2.0, 50.0]),
        ("Of five and three quarters of it nothing is left.", [5.0, 75.0]),
        ("He made two centuries and a half-century.", [2.0]),
        ("It killed two and a third was hurt.", [2.0, 3.0]),
        ("Half the crew left.", [50.0]),
        ("In 2019 1/3 of the crew left.", [2019.0, 1.0, 3.0]),
        ("It shut on 3/4/2024.", [3.0, 4.0, 2024.0]),
    ],
)
def test_a_half_of_something_else_is_no_part_of_a_number(text: str, expected: list[float]) -> None:
    assert [number for number, _ in numbers(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes one and a half to two years.", [(1.5, "Y"), (2.0, "Y")]),
        ("Between one and a half and two years passed.", [(1.5, "Y"), (2.0, "Y")]),
        ("Two to two and a half million came.", [(2e6, ""), (2.5e6, "")]),
    ],
)
def test_the_ends_of_a_range_may_have_a_half(text: str, expected: list[tuple[float, str]]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("More than two and a half million came.", "least"),
        ("It took nearly a year and a half.", "nearly"),
        ("It took two and a half years or more.", "least"),
        ("About 2½ miles are left.", "about"),
    ],
)
def test_a_number_with_a_half_may_be_hedged(text: str, bound: str) -> None:
    [figure] = find_figures(text)
    assert figure.bound == bound


def test_a_length_with_a_half_is_converted() -> None:
    [half] = find_figures("It took a year and a half.")
    [months] = find_figures("It took 18 months.")
    text = "It took two weeks and a half day."
    [days] = [figure.measure for figure in whole_durations(text, find_figures(text))]
    assert (half.measure, days) == (months.measure, ("days", 14.0))
