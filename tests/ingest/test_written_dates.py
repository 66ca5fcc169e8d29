from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest.written_dates import day_in, is_open, read_instant, shown_order


@pytest.mark.parametrize(
    "value",
    [
        "March 4, 2021",
        "4 March 2021",
        "Thursday, March 4th, 2021",
        "04-Mar-2021",
        "2021-3-4",
        "2021/03/04",
        "2021.3.4",
        "giovedì 4 marzo 2021",
        "4 de marzo de 2021",
        "4. März 2021",
        "4 марта 2021",
        "2021. március 4.",
        "2021年3月4日",
        "2021년 3월 4일",
    ],
)
def test_a_day_that_is_written_in_any_language_is_read(value: str) -> None:
    assert read_instant(value) == datetime.fromisoformat("2021-03-04")


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("2021-03-04 09:30:00 UTC", 0),
        ("2021-03-04T09:30:00Z[UTC]", 0),
        ("2021-03-04T09:30:00+01:00[Europe/Rome]", 1),
        ("March 4, 2021 9:30 AM EST", -5),
        ("9:30 a.m. GMT, Thu March 4, 2021", 0),
        ("4. März 2021 um 9:30 Uhr", None),
        ("4 March 2021, 9:30 IST", None),
    ],
)
def test_a_time_has_a_zone_if_its_name_means_one(value: str, hours: int | None) -> None:
    zone = None if hours is None else timezone(timedelta(hours=hours))
    assert read_instant(value) == datetime(2021, 3, 4, 9, 30, tzinfo=zone)


def test_an_afternoon_is_no_morning() -> None:
    assert read_instant("March 4, 2021 9:05 PM") == datetime.fromisoformat("2021-03-04T21:05")
    assert read_instant("4 Mar 2021 12:05 a.m. UTC") == datetime(2021, 3, 4, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "05/06/2021",
        "05.06.2021",
        "4 listopad 2021",  # October in Croatian, November in Polish
        "4 March 21",
        "March 2021",
        "until March 4, 2021",
        "March 4, 2021 - March 6, 2021",
        "31 February 2021",
        "2021-03-04 25:00",
    ],
)
def test_what_means_no_day_or_several_is_not_read(value: str) -> None:
    assert read_instant(value) is None


@pytest.mark.parametrize(
    "value", ["0001-01-01", "0000-00-00 00:00:00", "-0001-11-30", "1970-01-01T00:00:00Z"]
)
def test_what_programs_write_where_they_know_no_date_is_none(value: str) -> None:
    assert read_instant(value) is None


def test_two_numbers_that_may_both_be_months_are_open_until_the_order_is_known() -> None:
    assert is_open("05/06/2021 10:30")
    assert not is_open("05/05/2021")
    assert not is_open("13/06/2021")
    assert read_instant("05/06/2021", day_first=True) == datetime.fromisoformat("2021-06-05")
    assert read_instant("05/06/2021", day_first=False) == datetime.fromisoformat("2021-05-06")


def test_only_a_number_above_twelve_shows_the_order() -> None:
    shown = [shown_order(value) for value in ("13/06/2021", "06/13/2021", "05/06/2021", "5/5/2021")]
    assert shown == [True, False, None, None]
    assert shown_order("13/14/2021") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Saltby, Tuesday March 2, 2021, page 3", "2021-03-02"),
        ("The Gazette  2. März 2021  Seite 3", "2021-03-02"),
        ("mardi 2 mars 2021 10:11 GMT", "2021-03-02"),
        ("File 7, 2021-03-02 and 2021-04-05", "2021-03-02"),
        ("Copyright 2021, volume 12 March", ""),
        ("Room 112 March 2021", ""),
        ("02/03/2021", ""),
    ],
)
def test_a_day_is_found_among_the_words_of_a_line(line: str, day: str) -> None:
    assert day_in(line) == day
