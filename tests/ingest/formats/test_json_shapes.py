import json
from pathlib import Path

import pytest

from ingest.formats import detect
from ingest.formats.json_paths import has_path, value_at
from ingest.formats.json_shapes import reshape, unwrapped
from ingest.formats.publication import utc_of
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

BODY = "<p>The ferry <b>sailed</b>.</p><p>Crowds came.</p>"
TEXT = "The ferry sailed.\n\nCrowds came."
GUARDIAN = {
    "id": "coast/2021/mar/02/ferry",
    "sectionName": "Coast",
    "webPublicationDate": "2021-03-02T10:00:00Z",
    "webTitle": "Ferry sails | Gazette",
    "webUrl": "https://gazette.example/coast/ferry",
    "fields": {
        "headline": "Ferry sails",
        "byline": "Ann Tide and Bo Reef",
        "lastModified": "2021-03-03T08:00:00Z",
        "body": BODY,
        "bodyText": "The ferry sailed. Crowds came.",
        "lang": "en",
    },
}
TIMES = {
    "_id": "nyt://article/1",
    "uri": "nyt://article/1",
    "web_url": "https://paper.example/ferry.html",
    "pub_date": "2021-03-02T10:00:00+0000",
    "headline": {"main": "Ferry sails", "print_headline": "A Ferry"},
    "byline": {"original": "By Ann Tide"},
    "abstract": "A ferry sailed on Tuesday.",
    "source": "The Paper",
    "section_name": "Coast",
}
WORDPRESS = {
    "id": 7,
    "date": "2021-03-02T11:00:00",
    "date_gmt": "2021-03-02T10:00:00",
    "modified_gmt": "2021-03-03T08:00:00",
    "guid": {"rendered": "https://blog.example/?p=7"},
    "link": "https://blog.example/ferry",
    "status": "publish",
    "type": "post",
    "title": {"rendered": "Ferry &#8220;sails&#8221;"},
    "content": {"rendered": BODY, "protected": False},
    "author": 3,
    "_embedded": {"author": [{"name": "Ann Tide"}], "wp:term": [[{"name": "Coast"}]]},
}
GHOST = {
    "id": "5f",
    "uuid": "u-5f",
    "title": "Ferry sails",
    "html": BODY,
    "status": "published",
    "published_at": "2021-03-02T10:00:00.000Z",
    "url": "https://ghost.example/ferry/",
    "authors": [{"name": "Ann Tide"}, {"name": "Bo Reef"}],
    "primary_tag": {"name": "Coast"},
}
ARC = {
    "_id": "ABC",
    "type": "story",
    "canonical_url": "https://arc.example/ferry/",
    "headlines": {"basic": "Ferry sails"},
    "display_date": "2021-03-02T10:00:00Z",
    "credits": {"by": [{"name": "Ann Tide"}]},
    "taxonomy": {"primary_section": {"name": "Coast"}},
    "content_elements": [
        {"type": "text", "content": "The ferry <i>sailed</i>."},
        {"type": "image", "caption": "A boat."},
        {"type": "text", "content": "Crowds came."},
    ],
}
TRAFILATURA = {
    "title": "Ferry sails",
    "author": "Ann Tide; Bo Reef",
    "hostname": "gazette.example",
    "date": "2021-03-02",
    "fingerprint": "1c5c",
    "raw_text": "The ferry sailed. Crowds came.",
    "text": "The ferry sailed.\nCrowds came.",
    "source": "https://gazette.example/ferry",
    "source-hostname": "Gazette",
}
NEWS_PLEASE = {
    "authors": ["Ann Tide"],
    "date_publish": "2021-03-02 10:00:00",
    "date_modify": None,
    "source_domain": "gazette.example",
    "title": "Ferry sails",
    "maintext": "The ferry sailed.\nCrowds came.",
    "url": "https://gazette.example/ferry",
}
EVENTS = {
    "uri": "77",
    "lang": "eng",
    "dateTime": "2021-03-02T10:00:00Z",
    "url": "https://gazette.example/ferry",
    "title": "Ferry sails",
    "body": TEXT,
    "source": {"uri": "gazette.example", "title": "The Gazette"},
    "authors": [{"name": "Ann Tide"}],
}


def found(tmp_path: Path, content: object, name: str = "a.json") -> list[FoundRecord | Skip]:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    source = Input.of_file(path)
    form = detect(source.head(), source.suffix)
    assert form is not None
    return list(form.read(source))


def only(tmp_path: Path, content: object) -> FoundRecord | Skip:
    (item,) = found(tmp_path, content)
    return item


@pytest.mark.parametrize(
    "record",
    [GUARDIAN, WORDPRESS, GHOST, ARC, TRAFILATURA, NEWS_PLEASE, EVENTS],
    ids="guardian wordpress ghost arc trafilatura news-please events".split(),
)
def test_the_record_of_each_system_gives_its_fields(tmp_path: Path, record: object) -> None:
    item = only(tmp_path, record)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == TEXT
    assert str(item.fields["title"]).startswith("Ferry")
    assert "<" not in str(item.fields["title"])
    assert str(item.fields["published"]).startswith("2021-03-02")
    assert str(item.fields["url"]).startswith("https://")
    assert "Ann Tide" in item.fields["authors"]
    assert item.fields["source"]
    assert item.notes == ()


def test_an_answer_that_lists_records_is_read_record_by_record(tmp_path: Path) -> None:
    answers = (
        {"response": {"status": "ok", "results": [GUARDIAN, GUARDIAN]}},
        {"posts": [GHOST, GHOST], "meta": {}},
        {"db": [{"meta": {"version": "5"}, "data": {"posts": [GHOST, GHOST], "tags": []}}]},
        {"took": 3, "hits": {"total": 2, "hits": [{"_id": "a", "_source": NEWS_PLEASE}] * 2}},
        [WORDPRESS, WORDPRESS],
    )
    for answer in answers:
        items = found(tmp_path, answer)
        assert [isinstance(item, FoundRecord) for item in items] == [True, True], answer


def test_an_answer_that_wraps_one_record_gives_it(tmp_path: Path) -> None:
    item = only(tmp_path, {"response": {"status": "ok", "content": GUARDIAN}})
    assert isinstance(item, FoundRecord)
    assert item.fields["section"] == "Coast"


def test_only_a_summary_is_taken_with_a_note(tmp_path: Path) -> None:
    item = only(tmp_path, {"response": {"docs": [TIMES]}})
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "A ferry sailed on Tuesday."
    assert item.fields["authors"] == ["Ann Tide"]
    assert item.fields["source"] == "The Paper"
    assert item.notes == ("it contains only a summary",)


def test_a_text_that_its_service_cut_off_is_noted() -> None:
    shaped = reshape(
        {"publishedAt": "2021-03-02", "urlToImage": None, "content": "The ferry… [+568 chars]"}
    )
    assert shaped.notes == ("it contains only the beginning of the text",)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({**WORDPRESS, "status": "draft"}, "in draft"),
        ({**WORDPRESS, "status": "future"}, "scheduled for later"),
        ({**WORDPRESS, "content": {"rendered": "", "protected": True}}, "protected by a password"),
        ({**WORDPRESS, "type": "attachment"}, "of the type 'attachment'"),
        ({**GHOST, "status": "draft", "published_at": None}, "in draft"),
        ({**ARC, "type": "gallery"}, "of the type 'gallery'"),
        ({"guid": "g", "headline": "x", "body_html": BODY, "state": "spiked"}, "in the trash"),
    ],
)
def test_what_readers_never_saw_is_no_article(tmp_path: Path, record: object, why: str) -> None:
    item = only(tmp_path, record)
    assert isinstance(item, Skip)
    assert item.reason == Reason.UNPUBLISHED
    assert why in item.detail


def test_the_bulk_format_of_elasticsearch_gives_ids_and_no_skips(tmp_path: Path) -> None:
    lines = [
        {"index": {"_index": "news", "_id": "a"}},
        {"title": "Ferry sails", "body": "The ferry sailed."},
        {"delete": {"_index": "news", "_id": "b"}},
        {"create": {"_index": "news"}},
        {"title": "Rain", "body": "It rained."},
    ]
    items = found(tmp_path, "\n".join(map(json.dumps, lines)), "dump.jsonl")
    fields = [item.fields for item in items if isinstance(item, FoundRecord)]
    assert len(items) == len(fields) == 2
    assert fields[0]["id"] == "a"
    assert "id" not in fields[1]


def test_an_envelope_gives_its_id_to_the_record_inside() -> None:
    assert unwrapped({"_id": "a", "_source": {"body": "x"}}) == {"body": "x", "id": "a"}
    assert unwrapped({"id": "a", "attributes": {"id": "b"}}) == {"id": "b"}
    assert unwrapped({"item": {"x": 1}, "text": "y"}) == {"item": {"x": 1}, "text": "y"}


def test_an_item_of_superdesk_is_read_as_ninjs_inside_any_list(tmp_path: Path) -> None:
    item = {
        "guid": "urn:1",
        "type": "text",
        "versioncreated": "2021-03-02T10:00:00+0000",
        "headline": "Ferry <b>sails</b>",
        "body_html": BODY,
        "authors": [{"name": "Ann Tide"}],
        "dateline": {"located": {"city": "Saltby"}},
        "source": "TideWire",
    }
    for content in ({"_items": [item]}, {"data": {"item": item}}, [{"item": item}], item):
        read = only(tmp_path, content)
        assert isinstance(read, FoundRecord), content
        assert read.fields["text"] == TEXT
        assert read.fields["id"] == "urn:1"
        assert read.fields["title"] == "Ferry sails"
        assert read.fields["authors"] == ["Ann Tide"]
        assert read.fields["dateline"] == "Saltby"
        assert read.fields["source"] == "TideWire"


def test_an_item_that_superdesk_took_back_is_withdrawn(tmp_path: Path) -> None:
    item = only(tmp_path, {"guid": "u", "state": "killed", "headline": "x", "versioncreated": "y"})
    assert isinstance(item, FoundRecord)
    assert item.fields["pubstatus"] == "killed"


def test_a_named_path_leads_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"meta": {"when": "2021-03-02"}, "story": {"words": "It rained."}}])
    )
    columns = {"text": "story.words", "published": "meta.when", "title": "story.name"}
    source = Input.of_file(path, columns)
    form = detect(source.head(), source.suffix)
    assert form is not None
    (item,) = form.read(source)
    assert isinstance(item, FoundRecord)
    assert item.fields == {"text": "It rained.", "published": "2021-03-02"}
    assert item.notes == ("it has no 'story.name', which --columns names for 'title'",)


def test_a_path_enters_objects_and_lists() -> None:
    record = {"a.b": 1, "a": {"c": [{"d": "x"}, {"d": "y"}, 3], "e": None}}
    assert value_at(record, "a.b") == 1
    assert value_at(record, "a.c.d") == ["x", "y"]
    assert value_at(record, "a.c.1.d") == "y"
    assert value_at(record, "a.c.9") is None
    assert has_path(record, "a.e")
    assert not has_path(record, "a.z")


def test_a_time_in_utc_gets_its_zone_and_a_null_date_is_none() -> None:
    assert utc_of("2021-03-02T10:00:00") == "2021-03-02T10:00:00+00:00"
    assert utc_of("2021-03-02 10:00:00") == "2021-03-02T10:00:00+00:00"
    assert utc_of("0000-00-00 00:00:00") == utc_of("-0001-11-30T00:00:00") == utc_of(None) == ""


def test_the_parts_of_a_page_of_apple_news_are_one_text() -> None:
    box = {"role": "section", "components": [{"role": "title", "text": "Ferry sails"}]}
    record = {
        "identifier": "ferry",
        "title": "Ferry sails",
        "componentTextStyles": {},
        "metadata": {"datePublished": "2021-03-02T10:00:00Z"},
        "components": [
            box,
            {"role": "body", "text": "<p>The ferry sailed.</p>", "format": "html"},
            {"role": "container", "components": [{"role": "body", "text": "Crowds came."}]},
            {"role": "caption", "text": "A boat"},
        ],
    }
    shaped = reshape(record).record
    assert shaped["text"] == TEXT
    assert (shaped["id"], shaped["published"]) == ("ferry", "2021-03-02T10:00:00Z")
