import io
import json
from pathlib import Path

import pytest

from ingest.formats.ninjs import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "formats" / "ninjs"
ONE = {
    "uri": "https://tide.example/ferry",
    "type": "text",
    "version": "2",
    "versioncreated": "2021-03-02T10:00:00Z",
    "firstcreated": "2021-03-01T09:00:00Z",
    "contentcreated": "2021-02-28",
    "embargoed": "2021-03-02T12:00:00Z",
    "expires": "2022-01-01",
    "pubstatus": "usable",
    "language": "en",
    "byline": "By Harbour desk",
    "located": "Saltby",
    "copyrightholder": "TideWire",
    "copyrightnotice": "Copyright TideWire.",
    "usageterms": "No broadcast.",
    "ednote": "Corrects the name.",
    "infosource": [{"name": "A Sailor", "rel": "interviewee"}, {"name": "Coast News"}],
    "headline": "Ferry sails",
    "body_text": "The ferry sailed. Crowds came.",
    "body_xhtml": "<p>The <b>ferry</b> sailed.</p><p>Crowds&nbsp;came.</p>",
    "associations": {"main": {"uri": "p", "type": "picture", "body_text": "A boat."}},
}
THREE = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": "urn:tide:3",
    "versionCreated": "2021-03-02T10:00:00Z",
    "pubStatus": "usable",
    "by": "Harbour desk",
    "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": "Ferry sails"}],
    "bodies": [
        {"role": "text", "contentType": "text/plain", "value": "Ferry sails\n\nPlain."},
        {"role": "nitf", "value": "<?xml version='1.0'?><nitf><body><body.content><p>From NITF.</p>"
         "</body.content></body></nitf>"},
    ],
}  # fmt: skip


def items(content: object) -> list[FoundRecord | Skip]:
    data = content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
    return list(read(Input(name="a.json", opener=lambda: io.BytesIO(data))))


def only(content: object) -> FoundRecord | Skip:
    (item,) = items(content)
    return item


def text_of(**body: object) -> object:
    item = only({"uri": "u", **body})
    assert isinstance(item, FoundRecord)
    return item.fields["text"]


def test_ninjs_is_told_from_article_json_lines_by_its_keys() -> None:
    for content in (ONE, THREE, [ONE], {"items": [ONE]}, {"uri": "u"}):
        assert matches(json.dumps(content).encode(), ".json")
    for other in ({"text": "Rain."}, {"uri": "u", "text": "Rain."}, {}, [{"text": "x"}], [1]):
        assert not matches(json.dumps(other).encode(), ".json")
    assert not matches(b'Plain words: "uri": 1', "")


def test_keys_inside_a_record_or_of_the_next_one_do_not_count() -> None:
    assert matches(b'{"uri": "u", "person": [{"text": "x"}]}', ".json")
    assert not matches(b'{"url": "u", "text": "x"}\n{"uri": "u", "headline": "y"}', ".json")


def test_a_record_longer_than_the_head_needs_a_key_of_ninjs() -> None:
    filler = "x" * 5000
    assert matches(b'{"uri": "u", "headline": "' + filler.encode(), "")
    assert not matches(b'{"uri": "u", "summary": "' + filler.encode(), "")
    assert matches(b'{"uri": "u", "body_text": "He typed \\"text\\": twice, ' + filler.encode(), "")


def test_the_properties_of_ninjs_1_become_fields() -> None:
    item = only(ONE)
    assert isinstance(item, FoundRecord)
    assert item.line is None
    assert item.fields == {
        "id": "https://tide.example/ferry",
        "url": "https://tide.example/ferry",
        "title": "Ferry sails",
        "published": "2021-03-01T09:00:00Z",
        "updated": "2021-03-02T10:00:00Z",
        "authors": ["Harbour desk"],
        "source": "TideWire",
        "language": "en",
        "text": "The ferry sailed.\n\nCrowds came.",
        "version": "2",
        "pubstatus": "usable",
        "embargoed": "2021-03-02T12:00:00Z",
        "expires": "2022-01-01",
        "agency": "Coast News",
        "rights": "Copyright TideWire. No broadcast.",
        "dateline": "Saltby",
        "note": "Corrects the name.",
    }


def test_the_properties_of_ninjs_3_become_the_same_fields() -> None:
    item = only(THREE)
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "id": "urn:tide:3",
        "title": "Ferry sails",
        "published": "2021-03-02T10:00:00Z",
        "updated": "2021-03-02T10:00:00Z",
        "authors": ["Harbour desk"],
        "text": "From NITF.",
        "pubstatus": "usable",
    }


def test_plain_bodies_keep_their_paragraphs() -> None:
    assert text_of(body_text="One\nline.\n\nTwo.") == "One line.\n\nTwo."
    assert text_of(body_text="One\nline.\n   Two\nmore.") == "One line.\n\nTwo more."
    assert text_of(body_text=f"{'Long ' * 30}\nTwo.") == f"{('Long ' * 30).strip()}\n\nTwo."
    assert text_of(body_text="<AP> - R&amp;D, a < b") == "<AP> - R&D, a < b"


def test_html_bodies_lose_their_tags_and_glue_no_words() -> None:
    body = "<h2>Sea</h2><script>x()</script>Tide<br>low<br><br>High<ul><li>a</li><li>b</li></ul>"
    assert text_of(body_html=body) == "Sea\n\nTide low\n\nHigh\n\na\n\nb"
    assert text_of(body_text="One.</p><p>Two.</p>") == "One.\n\nTwo."


def test_html_nested_without_end_keeps_its_words() -> None:
    body = "<script>x()</script>" + "<div>tide " * 5000
    assert str(text_of(body_html=body)).split() == ["tide"] * 5000


def test_a_list_a_collection_and_lines_are_numbered() -> None:
    picture = {"uri": "p", "type": "picture"}
    lines = b"\n".join(json.dumps(record).encode() for record in (ONE, picture))
    for content in ([ONE, picture], {"items": [ONE, picture]}, lines):
        assert [(one.line, isinstance(one, FoundRecord)) for one in items(content)] == [
            (1, True),
            (2, False),
        ]


def test_a_list_longer_than_a_chunk_is_read_to_its_end() -> None:
    records = [{"uri": f"u{n}", "body_text": "Höhe " * 20_000} for n in range(40)]
    found = items(json.dumps(records, ensure_ascii=False).encode())
    assert [one.line for one in found if isinstance(one, FoundRecord)] == list(range(1, 41))


def test_a_list_that_breaks_gives_what_was_read_and_a_skip() -> None:
    first, second = items(b'[{"uri": "u", "body_text": "Rain."},\n {"uri": ]')
    assert isinstance(first, FoundRecord)
    assert isinstance(second, Skip)
    assert (second.reason, second.line) == (Reason.BROKEN, 2)
    assert "line 2" in second.detail


def test_a_record_that_is_not_utf_8_does_not_hide_the_next() -> None:
    first, second = items(b'[{"uri": "u", "body_text": "Caf\xe9"}, {"uri": "v", "body_text": "x"}]')
    assert isinstance(first, Skip)
    assert first.reason is Reason.ENCODING
    assert "0xe9" in first.detail
    assert isinstance(second, FoundRecord)


def test_json_nested_without_end_is_a_skip() -> None:
    item = only(b'{"uri": "u", "a": ' + b"[" * 100_000)
    assert isinstance(item, Skip)
    assert item.reason is Reason.BROKEN


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({"type": "picture", "body_text": "A boat."}, "a picture"),
        ({"type": "video"}, "a video"),
        ({"type": "planning"}, "a plan of coverage"),
        ({"eventDetails": {"dates": {}}, "bodies": [{"value": "Soon."}]}, "an event"),
        ({"headline": "Only this"}, "no body"),
        ({"body_text": " [ ... ]"}, "no body"),
        ({"body_text": {"a": 1}, "bodies": [3, {"value": None}], "type": ["text"]}, "no body"),
    ],
)
def test_what_is_no_news_text_is_a_skip_that_says_what_it_is(
    record: dict[str, object], named: str
) -> None:
    item = only({"uri": "u", **record})
    assert isinstance(item, Skip)
    assert item.reason is Reason.NO_TEXT
    assert named in item.detail


def test_a_text_without_a_body_gives_its_description_and_says_so() -> None:
    item = only({"uri": "u", "type": "text", "descriptions": [{"value": "A flash."}]})
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "A flash."
    assert item.notes == ("it has no body; the text is its description",)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/data/formats/ninjs")
def test_every_sample_is_read_or_skipped_for_a_reason() -> None:
    found: list[FoundRecord] = []
    for path in sorted(SAMPLES.glob("*.json")):
        if path.name.endswith("001_no_uri_declared.json"):
            continue
        assert matches(Input.of_file(path).head(), ".json"), path.name
        results = list(read(Input.of_file(path)))
        assert results, path.name
        for item in results:
            if isinstance(item, FoundRecord):
                found += [item] if "text" in item.fields else []
            else:
                broken = item.reason is Reason.BROKEN
                assert item.detail
                assert not broken or "should_fail" in path.name, item
    assert len(found) >= 20
    for item in found:
        assert "</" not in str(item.fields["text"])
        if "examples__" in item.path:
            assert {"title", "published", "id"} <= set(item.fields), item.path


def test_an_item_without_a_holder_is_from_the_host_of_its_address() -> None:
    item = only({"uri": "https://www.tide.example/1", "body_text": "The ferry sailed."})
    assert isinstance(item, FoundRecord)
    assert item.fields["source"] == "tide.example"


def test_ninjs_3_writes_its_dates_and_parties_in_camel_case() -> None:
    item = only(
        THREE
        | {
            "firstCreated": "2021-03-01",
            "copyrightHolder": "TideWire",
            "infoSources": [{"name": "Coast News"}],
            "edNote": "Corrects.",
            "usageTerms": "No print.",
            "expires": "2031-01-01",
            "version": 2,
        }
    )
    assert isinstance(item, FoundRecord)
    named = "published source agency note rights expires version".split()
    assert [item.fields[name] for name in named] == [
        "2021-03-01",
        "TideWire",
        "Coast News",
        "Corrects.",
        "No print.",
        "2031-01-01",
        2,
    ]


def test_a_canceled_item_is_handed_on_without_a_text() -> None:
    item = only({"uri": "u", "pubstatus": "canceled"})
    assert isinstance(item, FoundRecord)
    assert item.fields == {"id": "u", "pubstatus": "canceled"}
    assert isinstance(only({"uri": "u", "pubstatus": "usable"}), Skip)
