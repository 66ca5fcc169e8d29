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


@pytest.mark.parametrize(
    ("text", "styled"),
    [
        ("The bridge at Holm closes on September 5.", "The bridge at Holm closes on Sept. 5."),
        ("The talks began on Tuesday in Brenn.", "The talks began on Tues. in Brenn."),
        ("The aid from the US came too late.", "The aid from the U.S. came too late."),
        ("It is what Governor Orr wants.", "It is what Gov. Orr wants."),
        ("The gates close at 6 p.m. each day.", "The gates close at 6:00 p.m. each day."),
        ("Talks with Prime Minister Orr failed.", "Talks with PM Orr failed."),
    ],
)
def test_the_style_of_a_newspaper_tells_nothing_otherwise(text: str, styled: str) -> None:
    assert not tells_otherwise(text, styled)
    assert not tells_otherwise(styled, text)


@pytest.mark.parametrize(
    "other",
    [
        "In the table the team went from place 6 to place 4 after the draw.",
        "In the table the team went from place 4 to place 4 after the draw.",
    ],
)
def test_the_same_numbers_in_another_order_tell_otherwise(other: str) -> None:
    text = "In the table the team went from place 4 to place 6 after the draw."
    assert tells_otherwise(text, other)


def test_an_opposite_in_a_sentence_worded_alike_tells_otherwise() -> None:
    text = "Prices at the fish market of Brenn {} by 4 per cent in May, traders said."
    assert tells_otherwise(text.format("rose"), text.format("fell"))
    assert not tells_otherwise(text.format("rose"), text.format("climbed"))
