from datetime import date

import pytest

from rag.text.datelines import Credit, dateline_end, filed_on, place_in, read_credit


@pytest.mark.parametrize(
    "dateline",
    [
        "YOKO, Nov. 12 (Wire) — ",
        "YOKO, Nov 12 (Wire) - ",
        "YOKO, Nov. 12 — ",
        "Yoko, Nov 12 – ",
        "YOKO − ",
        "YOKO–",
        "PORT YOKO -- ",
        "PORT-YOKO, Tolland (Wire) — ",
        "YOKO, Tolland, 12 November 2020 — ",
        "Port of Yoko, 12 May (Wire) — ",
        "YOKO (Wire) -",
        "Yoko (Wire) – ",
        "PORT YOKO, N.D. (Wire) — ",
        "YOKO, Tol., March 4 (Wire) -- ",
        "March 4 (Wire) - ",
        "SÃO YOKO (Wire) — ",
    ],
)
def test_a_dateline_ends_where_the_story_begins(dateline: str) -> None:
    assert dateline_end(f"{dateline}The bridge was opened.") == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bridge was opened on Tuesday.",
        "In 2020 the port — then a village — had a bridge.",
        "Then Ann – a diver – swam.",
        "January 6 – the day of the flood.",
        "UN-backed forces – all of them – left.",
        "PORT SALES FELL",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert dateline_end(text) == 0


def test_a_long_text_in_capitals_takes_no_longer_than_it_is_long() -> None:
    assert dateline_end("YOKO, " * 20_000) == 0
    assert dateline_end("Y" * 200_000) == 0


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("YOKO (Wire) - The bridge was opened.", "YOKO", "Wire"),
        ("PORT YOKO, Nov. 10 (Wire) — The bridge was opened.", "PORT YOKO", "Wire"),
        ("YOKO, Tolland (Wire) -- The bridge was opened.", "YOKO, Tolland", "Wire"),
        ("(Wire) -- The bridge was opened.", "", "Wire"),
        ("(Wire)-- The bridge was opened.", "", "Wire"),
    ],
)
def test_a_credit_names_the_place_and_the_agency(text: str, place: str, agency: str) -> None:
    assert read_credit(text) == Credit(place=place, agency=agency)


@pytest.mark.parametrize("text", ["YOKO — The bridge", "The bridge (a new one) was opened."])
def test_a_dateline_without_an_agency_credits_none(text: str) -> None:
    assert read_credit(text) is None


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Rome (tw) -", "Rome"),
        ("SALTBY, Pa.", "SALTBY, Pa."),
        ("PARIS, March 2", "PARIS"),
        ("2018-01-03 20:13:08 GMT+00:00", ""),
        ("Aix-les-Bains", "Aix-les-Bains"),
        ("", ""),
    ],
)
def test_the_place_of_a_dateline_is_without_its_day_and_agency(dateline: str, place: str) -> None:
    assert place_in(dateline) == place


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("TARN, March 4 (Wire) — A ferry sank.", date(2024, 3, 5), date(2024, 3, 4)),
        ("TARN, Dec. 31 (Wire) — A ferry sank.", date(2025, 1, 1), date(2024, 12, 31)),
        ("TARN, March 4 (Wire) — A ferry sank.", date(2024, 3, 30), None),
        ("TARN (Wire) — A ferry sank on March 4.", date(2024, 3, 5), None),
    ],
)
def test_the_day_on_which_a_report_was_filed(text: str, published: date, day: date | None) -> None:
    assert filed_on(text, published) == day
