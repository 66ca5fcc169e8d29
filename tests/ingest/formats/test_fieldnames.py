import pytest

from ingest.formats.fieldnames import map_names, record_fields


def fields(record: dict[str, object], **columns: str) -> dict[str, object]:
    return record_fields(record, columns)[0]


def test_a_field_has_its_likeliest_name_in_any_case() -> None:
    names = ["Body", "date", "Published_At", "HEADLINE", "Mood"]
    assert map_names(names) == {"text": "Body", "title": "HEADLINE", "published": "Published_At"}


def test_news_metadata_goes_by_its_usual_names() -> None:
    record: dict[str, object] = {
        "articleBody": "It rained.",
        "version": 3,
        "credit": "Coast Wire",
        "located": "PORT",
        "usageTerms": "Not in print",
        "status": "stat:Cancelled",
        "embargoUntil": "2031-01-01T06:00:00Z",
        "expiry": "2031-02-01",
        "ednote": "Second take.",
        "correction": {"text": "The port was wrong."},
        "mood": "wet",
    }
    assert fields(record) == {
        "text": "It rained.",
        "version": 3,
        "agency": "Coast Wire",
        "dateline": "PORT",
        "rights": "Not in print",
        "pubstatus": "canceled",
        "embargoed": "2031-01-01T06:00:00Z",
        "expires": "2031-02-01",
        "note": "Second take. The port was wrong.",
    }


@pytest.mark.parametrize("status", ["ok", "published", "archived", 200, None, ["killed"]])
def test_a_status_that_is_none_of_publication_says_nothing(status: object) -> None:
    assert "pubstatus" not in fields({"text": "It rained.", "status": status})


@pytest.mark.parametrize("value", [False, None, "", "no", "None", 0, "n/a"])
def test_no_embargo_and_no_expiry_are_no_limits(value: object) -> None:
    assert fields({"text": "Rain", "embargo": value, "expires": value}) == {"text": "Rain"}


@pytest.mark.parametrize("value", [True, "yes", "until further notice"])
def test_an_embargo_of_any_other_kind_is_handed_on(value: object) -> None:
    assert fields({"text": "Rain", "embargoed": value})["embargoed"] == value


def test_an_empty_value_gives_way_to_the_next_name() -> None:
    record: dict[str, object] = {
        "text": None,
        "body": "Rain",
        "published": "",
        "date": "2020-01-02",
    }
    assert fields(record) == {"text": "Rain", "published": "2020-01-02"}


@pytest.mark.parametrize(
    "name", ["publish_date", "published_at", "Pub Date", "datePublished", "first_published"]
)
def test_a_name_that_says_publication_goes_before_one_that_does_not(name: str) -> None:
    record: dict[str, object] = {"text": "Rain", "date": "2023-09-01", name: "2021-03-04"}
    assert fields(record)["published"] == "2021-03-04"


def test_a_timestamp_may_be_that_of_a_fetch_and_is_noted() -> None:
    found, notes = record_fields({"text": "Rain", "timestamp": "2023-09-01"}, {})
    assert found["published"] == "2023-09-01"
    assert len(notes) == 1
    assert record_fields({"text": "x", "timestamp": 1, "date": "2021-03-04"}, {})[1] == ()


STORY = "The ferry of Marden sailed again on Monday. Its engine had been mended at Holm."


@pytest.mark.parametrize(
    "other",
    [
        {"content": "The ferry of Marden sailed again on Monday. Its engi… [+400 chars]"},
        {"content": "The ferry sails again, after a long winter in the dock of Holm…"},
        {"content": "The ferry sails. Read more »"},
        {"content": "The ferry of Marden sailed again on Monday."},
        {"content": "Ferry back."},
        {"text": "https://holm.example/a"},
        {"text": "https://holm.example/a", "body": "The ferry sails..."},
    ],
)
def test_the_fullest_of_several_texts_is_taken(other: dict[str, object]) -> None:
    assert fields({**other, "full_text": STORY})["text"] == STORY


@pytest.mark.parametrize(
    "other", ["The ferry sailed.", "<p>Another form of it, with the same story told at length.</p>"]
)
def test_of_texts_of_one_length_the_likelier_name_counts(other: str) -> None:
    assert fields({"text": STORY, "full_text": other})["text"] == STORY
    assert fields({"text": f"{STORY} And then...", "body": other})["text"] == f"{STORY} And then..."


def test_objects_stand_for_their_names() -> None:
    record: dict[str, object] = {
        "text": "Rain",
        "source": {"id": None, "name": "Coast Post"},
        "author": [{"name": "Ida"}, {"name": "Bo"}, {"id": 3}],
    }
    expected = {"text": "Rain", "source": "Coast Post", "authors": ["Ida", "Bo"]}
    assert fields(record) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1604966400, "2020-11-10T00:00:00+00:00"),
        ("1604966400000", "2020-11-10T00:00:00+00:00"),
        (1604966400.75, "2020-11-10T00:00:00+00:00"),
        (20201110, 20201110),
        (True, True),
        ("10 November", "10 November"),
    ],
)
def test_seconds_since_1970_become_a_date_and_nothing_else_does(
    value: object, expected: object
) -> None:
    assert fields({"text": "Rain", "timestamp": value})["published"] == expected


def test_a_mapping_goes_before_the_usual_names_and_a_missing_key_is_noted() -> None:
    record: dict[str, object] = {"what": "It rained.", "text": "an index", "when": "2020-01-02"}
    columns = {"text": "what", "published": "when", "title": "gone"}
    found, notes = record_fields(record, columns)
    assert found == {"text": "It rained.", "published": "2020-01-02"}
    assert notes == ("it has no 'gone', which --columns names for 'title'",)


def test_a_lead_stands_before_a_text_that_lacks_it() -> None:
    lead = "A boat is back."
    assert fields({"lead": lead, "body": "It sailed."})["text"] == f"{lead}\n\nIt sailed."
    assert fields({"lead": lead, "body": f"{lead} Yes."})["text"] == f"{lead} Yes."
    assert fields({"lead": "yes", "body": "It sailed."})["text"] == "It sailed."
    assert "text" not in fields({"lead": lead})


def test_the_day_of_creation_counts_where_no_other_is_known() -> None:
    record: dict[str, object] = {"text": "x", "created_at": "2021-03-02", "published": False}
    assert fields(record)["published"] == "2021-03-02"
    assert record_fields(record, {})[1] != ()
    record["published"] = "2021-03-05"
    assert fields(record)["published"] == "2021-03-05"
    assert record_fields(record, {})[1] == ()


def test_a_source_signed_between_slashes_is_its_name() -> None:
    assert fields({"text": "x", "origin": "/tide/"})["source"] == "tide"


def test_what_mongodb_writes_with_its_type_is_read() -> None:
    date = {"$date": {"$numberLong": "1604966400000"}}
    found = fields({"_id": {"$oid": "5f"}, "text": "x", "date": date})
    assert found["published"] == "2020-11-10T00:00:00+00:00"
    assert found["id"] == "5f"
