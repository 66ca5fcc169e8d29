import dataclasses
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import EventTime
from tests.ui.fake_archive import QUOTE, cite
from ui.page.in_words import (
    format_day,
    mark_quote,
    say_event_days,
    say_withheld,
    state_of,
    web_address,
)


@given(st.text(st.sampled_from("ab🕊 \n\t\u2003"), max_size=12), st.data())
def test_a_mark_moves_no_word_of_a_quote(quote: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(quote)))
    end = data.draw(st.integers(start, len(quote)))
    parts = mark_quote(quote, (start, end))
    assert "".join(parts) == " ".join(quote.split())
    assert parts[1] == " ".join(quote[start:end].split())


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", "http://[x"],
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) is None


def test_a_web_address_names_the_host_that_is_opened() -> None:
    address = web_address(" https://good.example@evil.example/a?b=c ")
    assert address == {
        "href": "https://good.example@evil.example/a?b=c",
        "host": "evil.example",
    }


def test_days_are_printed_as_in_a_newspaper() -> None:
    assert format_day(date(2020, 11, 1)) == "1 November 2020"
    assert format_day(None) == "no date"


def dated(words: str, day: date, *, quote: str = QUOTE) -> EventTime:
    citation = cite()
    start = citation.start + quote.index(words)
    return EventTime(
        start=start,
        end=start + len(words),
        type="DATE",
        value=day.isoformat(),
        rule="",
        first=day,
        last=day,
    )


def test_the_day_that_a_quote_means_is_said_where_it_is_not_that_of_publication() -> None:
    meant = dated("midnight", date(2020, 11, 9))
    cited = dataclasses.replace(cite(), times=(meant,))
    assert say_event_days(cited) == ["“midnight” is 9 November 2020"]
    same = dataclasses.replace(cited, published=date(2020, 11, 9))
    assert say_event_days(same) == []


def test_a_day_that_a_quote_names_itself_is_not_said_again() -> None:
    written = dated("10 November 2020", date(2020, 11, 9))
    assert say_event_days(dataclasses.replace(cite(), times=(written,))) == []
    without_year = dated("10 November", date(2020, 11, 9))
    assert say_event_days(dataclasses.replace(cite(), times=(without_year,))) == []


NOON = datetime(2024, 5, 3, 12, tzinfo=UTC)
LATER = datetime(2024, 5, 4, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("embargoed", "expires", "said"),
    [
        (None, None, []),
        (NOON, None, []),
        (None, LATER, []),
        (LATER, None, ["Under embargo until 4 May 2024, 06:30 UTC."]),
        (None, NOON, ["Expired on 3 May 2024, 12:00 UTC."]),
        (
            LATER,
            NOON,
            ["Under embargo until 4 May 2024, 06:30 UTC.", "Expired on 3 May 2024, 12:00 UTC."],
        ),
    ],
)
def test_what_no_search_finds_now_says_why(
    embargoed: datetime | None, expires: datetime | None, said: list[str]
) -> None:
    assert say_withheld(embargoed, expires, now=NOON) == said


@pytest.mark.parametrize(
    ("title", "note", "state"),
    [
        ("Guns fall silent", "", ""),
        ("Guns fall silent", "First published in the evening edition.", ""),
        ("Guns fall silent", "Corrected on 3 March 2021: it was midnight.", "corrected"),
        ("CORRECTED-Guns fall silent", "", "corrected"),
        ("Guns fall silent", "An earlier version of this article misstated the hour.", "corrected"),
        ("Guns fall silent", "Correction: noon.\nWithdrawn on 3 March 2021: all.", "withdrawn"),
        ("WITHDRAWN: Guns fall silent", "", "withdrawn"),
        ("Killed Holm firefighters mourned by thousands", "", ""),
        ("Guns fall silent", "Killed soldiers are named below.", ""),
    ],
)
def test_what_became_of_an_article_is_read_from_its_headline_and_notes(
    title: str, note: str, state: str
) -> None:
    assert state_of(title, note) == state
