from datetime import UTC, date, datetime

import pytest

from ingest.articles import Made, Withdrawal, make_article
from ingest.found import FoundRecord, Reason, Skip


def make(**fields: object) -> Made | Withdrawal | Skip:
    return make_article(
        FoundRecord(fields={"text": "It rained."} | fields, path="/in/a.jsonl", line=3)
    )


def made(**fields: object) -> Made:
    result = make(**fields)
    assert isinstance(result, Made)
    return result


@pytest.mark.parametrize("text", [None, "", " \n ", 5, ["x"]])
def test_a_record_without_text_is_a_skip_with_its_place(text: object) -> None:
    skip = make(text=text)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
    assert str(skip).startswith("/in/a.jsonl:3: no text")


@pytest.mark.parametrize(
    ("value", "day", "instant"),
    [
        ("2020-11-10", date(2020, 11, 10), None),
        ("2020-11-10T23:30:00", date(2020, 11, 10), None),
        ("2020-11-10T23:30:00Z", date(2020, 11, 10), datetime(2020, 11, 10, 23, 30, tzinfo=UTC)),
        (
            "Tue, 10 Nov 2020 23:30:00 GMT",
            date(2020, 11, 10),
            datetime(2020, 11, 10, 23, 30, tzinfo=UTC),
        ),
        ("2020/11/10", date(2020, 11, 10), None),
        ("November 10, 2020", date(2020, 11, 10), None),
        (
            "2020-11-10T23:30:00Z[UTC]",
            date(2020, 11, 10),
            datetime(2020, 11, 10, 23, 30, tzinfo=UTC),
        ),
    ],
)
def test_dates_are_read_from_the_formats_that_mean_one_day(
    value: str, day: date, instant: datetime | None
) -> None:
    article = made(published=value).article
    assert (article.published, article.published_at) == (day, instant)


def test_the_day_of_publication_is_the_day_in_its_own_zone() -> None:
    assert made(published="2020-11-10T01:00:00+04:00").article.published == date(2020, 11, 10)


@pytest.mark.parametrize(
    ("instant", "url", "day"),
    [
        ("2021-03-05T02:30:00Z", "https://a.example/2021/03/04/bridge/", "2021-03-04"),
        ("2021-03-04T23:30:00Z", "https://a.example/news/2021/mar/05/bridge", "2021-03-05"),
        ("2021-03-05T02:30:00Z", "https://a.example/2020/03/04/bridge/", "2021-03-05"),
        ("2021-03-05T02:30:00+01:00", "https://a.example/2021/03/04/bridge/", "2021-03-05"),
        ("2021-03-05T02:30:00Z", "https://a.example/bridge", "2021-03-05"),
        ("2021-03-05T02:30:00Z", "https://a.example/2021/99/04/bridge/", "2021-03-05"),
    ],
)
def test_of_an_instant_in_utc_the_day_is_that_in_the_address(
    instant: str, url: str, day: str
) -> None:
    assert str(made(published=instant, url=url).article.published) == day


@pytest.mark.parametrize(
    "value", ["31 February", "2021-02-31", "10/11/2020", "yesterday", 20201110]
)
def test_a_date_that_is_none_is_noted_and_the_article_kept(value: object) -> None:
    result = made(published=value)
    assert result.article.published is None
    assert "'published' is" in str(result.notes[0])


@pytest.mark.parametrize("home", [{"url": "https://holm.example/"}, {"id": "https://holm.example"}])
def test_the_address_of_an_outlet_is_no_id(home: dict[str, str]) -> None:
    one, other = (made(title=title, **home).article for title in ("Ferry", "Flood"))
    assert one.id != other.id


def test_the_id_is_the_given_one_else_the_urls_else_the_contents() -> None:
    assert made(id=7).article.id == "7"
    assert (
        made(url="https://a.example/1").article.id
        == made(url="https://a.example/1", title="x").article.id
    )
    assert made(title="x").article.id != made(title="y").article.id


def test_what_cannot_be_stored_or_shown_is_replaced() -> None:
    article = made(text="It\x00 rained\r\n\ud800.", title="A\x1b[2Jb  c").article
    assert article.text == "It\ufffd rained\n\ufffd."
    assert article.title == "A\ufffd[2Jb c"


def test_control_characters_are_noted_with_their_field() -> None:
    (note,) = made(text="It\x00 rained\x07 a lot.").notes
    assert "'text' has 2 control characters (U+0000, U+0007)" in str(note)
    assert not made(text="It rained\x0cfor\ta day.\r\n").notes


def test_quotes_of_windows_that_were_read_as_latin_1_are_mended_and_noted() -> None:
    result = made(text="It\x92s \x93over\x94.")
    assert result.article.text == "It’s “over”."
    assert "Windows-1252" in str(result.notes[0])


def test_an_address_that_counts_visits_is_the_same_article() -> None:
    plain, counted = (
        made(url=f"https://a.example/1{end}").article for end in ("", "?utm_source=rss#xtor=RSS-1")
    )
    assert counted.id == plain.id
    assert counted.url == "https://a.example/1"
    linked = made(id="https://a.example/1?utm_medium=feed").article
    assert linked.id == "https://a.example/1"


def test_a_date_that_could_mean_two_days_is_noted_as_that() -> None:
    result = made(published="05/06/2021")
    assert result.article.published is None
    assert "could mean two days" in str(result.notes[0])


def test_a_field_of_the_wrong_kind_is_noted_and_left_out() -> None:
    result = made(title=["x"], authors="Desk")
    assert result.article.title == ""
    assert result.article.authors == ("Desk",)
    assert "'title' is ['x'], not a string" in str(result.notes[0])


@pytest.mark.parametrize("status", ["canceled", "stat:withheld", "killed", "Cancelled"])
def test_what_its_outlet_took_back_is_a_withdrawal_also_without_a_text(status: str) -> None:
    withdrawal = make(id="7", pubstatus=status, version=3, text=None)
    assert isinstance(withdrawal, Withdrawal)
    assert (withdrawal.id, withdrawal.status) == ("7", status.rpartition(":")[2].lower())
    assert withdrawal.rank > made(version=2).article.rank


@pytest.mark.parametrize(
    "fields",
    [{"embargoed": ""}, {"embargoed": "soon"}, {"pubstatus": "embargoed"}, {"expires": "soon"}],
)
def test_a_limit_that_cannot_be_read_hides_the_article_and_is_noted(
    fields: dict[str, object],
) -> None:
    article = made(**fields).article
    now = datetime.now(UTC)
    hidden_now = (article.embargoed or now) > now or (article.expires or now) < now
    assert hidden_now


@pytest.mark.parametrize("value", ["YYYYMMDD000000-HHMM", "0001-01-01T00:00:00"])
def test_a_form_that_was_not_filled_in_is_no_embargo(value: str) -> None:
    article = made(embargoed=value, expires=value).article
    assert (article.embargoed, article.expires) == (None, None)


def test_an_embargo_is_kept_to_the_minute_and_one_without_a_zone_is_noted() -> None:
    zoned = made(embargoed="2021-03-02T12:00:00+01:00").article
    assert zoned.embargoed == datetime(2021, 3, 2, 11, tzinfo=UTC)
    result = made(embargoed="2021-03-02T12:00")
    assert result.article.embargoed == datetime(2021, 3, 2, 12, tzinfo=UTC)
    assert "without a time zone" in str(result.notes[0])


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("BERLIN (Reuters) - The vote was close.", "BERLIN", "Reuters"),
        ("NEW YORK, Nov 10 (AP) — The vote was close.", "NEW YORK", "AP"),
        ("(CNN) -- The vote was close.", "", "CNN"),
        ("The bridge (built in 1930) - a landmark - is shut.", "", ""),
    ],
)
def test_place_and_agency_are_taken_from_the_head_of_the_text(
    text: str, place: str, agency: str
) -> None:
    article = made(text=text).article
    assert (article.dateline, article.agency) == (place, agency)


def test_a_text_that_is_no_article_by_its_length_is_skipped() -> None:
    skip = make(text="It rained. " * 500_000)
    assert isinstance(skip, Skip)
    assert (skip.reason, "split it" in skip.detail) == (Reason.TOO_LARGE, True)


def test_a_past_embargo_and_a_later_end_withhold_nothing() -> None:
    fields = {"pubstatus": "usable", "embargoed": "2001-01-01", "expires": "2999-01-01T00:00:00Z"}
    assert made(**fields).article.text == "It rained."


@pytest.mark.parametrize(
    "value",
    [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "-0001-11-30",
        "-0001-11-30T00:00:00+00:00",
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "0001-01-01T00:00:00",
        "00/00/0000",
    ],
)
def test_what_stands_for_no_date_is_none_and_is_noted(value: str) -> None:
    result = made(published=value)
    assert (result.article.published, result.article.published_at) == (None, None)
    assert result.notes[0].detail == f"'published' is {value!r}, which means that there is no date"


def test_an_expiry_may_be_ignored() -> None:
    found = FoundRecord(fields={"text": "It rained.", "expires": "2020-12-01"}, path="/in/a")
    result = make_article(found, ignore_expiry=True)
    assert isinstance(result, Made)
    assert (result.article.expires, result.notes) == (None, ())
