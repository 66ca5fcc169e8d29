import pytest

from rag.text.particulars import particulars, tells_otherwise

WEATHER = "In {place} it was {degrees} degrees at noon on {day}, with light wind from the west."
REPORT = WEATHER.format(place="Brenn", degrees="21", day="Tuesday")


def test_numbers_days_and_names_are_particulars_and_the_first_word_is_not() -> None:
    found = particulars("Officials said on Tuesday that twelve of 1,400 boats left Port Alder.")
    assert found == {"tuesday", "12", "1400", "port", "alder"}


@pytest.mark.parametrize(
    "change", [{"degrees": "18"}, {"day": "Friday"}, {"place": "Aldau"}, {"degrees": "eighteen"}]
)
def test_a_template_with_another_number_day_or_name_tells_otherwise(change: dict[str, str]) -> None:
    facts = {"place": "Brenn", "degrees": "21", "day": "Tuesday"}
    assert tells_otherwise(REPORT, f"It is spring. {WEATHER.format(**facts | change)}")


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        REPORT.replace("21", "twenty-one").replace(" light", ""),
        REPORT.replace(" on Tuesday", ""),
        "It rained in Aldau for 3 days.",
        f"{REPORT} {REPORT.replace('21', '18')}",
        "",
    ],
)
def test_the_same_facts_fewer_of_them_and_another_subject_do_not(text: str) -> None:
    assert not tells_otherwise(REPORT, text)
