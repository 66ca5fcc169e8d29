import json
from pathlib import Path

import pytest

from ingest.formats.jsonfile import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, WHOLE_BYTES, Input

RAIN = {"title": "Rain", "text": "It rained."}
SUN = {"title": "Sun", "text": "The sun shone."}


def items(tmp_path: Path, content: object) -> list[FoundRecord | Skip]:
    path = tmp_path / "a.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return list(read(Input.of_file(path)))


def records(tmp_path: Path, content: object) -> list[tuple[int | None, object]]:
    found = items(tmp_path, content)
    return [(i.line, i.fields if isinstance(i, FoundRecord) else str(i.reason)) for i in found]


def skip(tmp_path: Path, content: object) -> Skip:
    (item,) = items(tmp_path, content)
    assert isinstance(item, Skip)
    return item


def test_one_object_is_one_article(tmp_path: Path) -> None:
    assert records(tmp_path, RAIN) == [(None, RAIN)]
    assert records(tmp_path, json.dumps(RAIN, indent=1).encode()) == [(None, RAIN)]


@pytest.mark.parametrize(
    "content",
    [
        [RAIN, SUN],
        {"status": "ok", "total": 2, "articles": [RAIN, SUN]},
        {"items": [RAIN, SUN], "authors": []},
        {"response": {"docs": [RAIN, SUN]}},
        {"dispatches": [RAIN, SUN], "tags": ["a"]},
    ],
)
def test_a_list_is_found_alone_and_in_an_object(tmp_path: Path, content: object) -> None:
    assert records(tmp_path, content) == [(1, RAIN), (2, SUN)]


def test_what_is_no_object_in_a_list_is_named(tmp_path: Path) -> None:
    assert records(tmp_path, [RAIN, 5, SUN]) == [(1, RAIN), (2, "broken"), (3, SUN)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], Reason.EMPTY),
        ({"articles": []}, Reason.EMPTY),
        ({"title": "Rain"}, Reason.NO_TEXT),
        (5, Reason.BROKEN),
    ],
)
def test_json_without_articles_says_why(tmp_path: Path, content: object, reason: Reason) -> None:
    assert skip(tmp_path, content).reason == reason


def test_broken_json_is_named_by_line_and_column(tmp_path: Path) -> None:
    found = skip(tmp_path, b'[\n{"text": "a"},\n{"text" "b"}]')
    assert found.line == 3
    assert "line 3 column 9" in found.detail


def test_deep_nesting_is_named_by_line_and_column(tmp_path: Path) -> None:
    found = skip(tmp_path, b'{"text":\n "[[",\n "x": ' + b"[" * 100_000)
    assert "line 3 column 106" in found.detail


def test_a_number_beyond_reading_is_a_skip(tmp_path: Path) -> None:
    assert skip(tmp_path, b'{"text": ' + b"1" * 5000 + b"}").reason == Reason.BROKEN


def test_another_encoding_is_named_by_line_and_column(tmp_path: Path) -> None:
    found = skip(tmp_path, '{\n"text": "Düne"}'.encode("latin-1"))
    assert found.reason == Reason.ENCODING
    assert "0xfc at line 2 column 11" in found.detail


def test_marks_and_utf16_do_not_matter(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert records(tmp_path, json.dumps(RAIN).encode(encoding)) == [(None, RAIN)]


def test_lines_that_are_named_json_are_read_as_lines(tmp_path: Path) -> None:
    long = {"text": "It rained. " * 1000}
    content = "\n".join(json.dumps(item) for item in (long, RAIN)).encode()
    assert matches(content[:HEAD_BYTES], ".json")
    assert records(tmp_path, content) == [(1, long), (2, RAIN)]


def test_a_list_too_large_to_read_whole_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([RAIN, SUN]))

    class Large(Input):
        def read_whole(self, limit: int = 10) -> bytes:
            return super().read_whole(10)

    found = list(read(Large(name="a.json", opener=lambda: path.open("rb"))))
    assert [item.line for item in found] == [1, 2]
    path.write_text(json.dumps({"stories of today": [RAIN, SUN]}))
    (refused,) = read(Large(name="a.json", opener=lambda: path.open("rb")))
    assert isinstance(refused, Skip)
    assert "JSON Lines" in refused.detail


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', "", False),
        (b'{"text": "a"}\n{"text": "b"}\n', ".json", False),
        (b'{"text": \n{"text": "b"}\n', "", False),
        (b'{"text": "a"}\n', "", False),
        (b'{"text": "a"}\n', ".json", True),
        (b'{"articles": [{"text": "a"}]}', "", True),
        (b'{"articles": [{"text": "a"}]}', ".jsonl", False),
        (b'{"articles": [\n{"text": "a"},\n{"text": "b"}]}', "", True),
        (b'\xef\xbb\xbf{\n  "text": "a"\n}', "", True),
        (b'[{"text": "a"}]', "", True),
        (b"[\n]", "", True),
        (b"[Agency] It rained.", "", False),
        (b"It rained.", ".json", False),
        (b'{"text": "' + b"a" * 5000, "", False),
        (b'{"status": "ok", "items": [{"text": "' + b"a" * 5000, "", False),
        (b'{"status": "ok", "items": [{"title": "' + b"a" * 5000, "", True),
    ],
)
def test_it_is_told_from_json_lines_by_content(head: bytes, suffix: str, expected: bool) -> None:
    assert matches(head[:HEAD_BYTES], suffix) is expected


def test_what_a_news_service_answers_is_read_by_its_names(tmp_path: Path) -> None:
    article = {
        "source": {"id": None, "name": "Coast Post"},
        "author": "Ida",
        "title": "Rain",
        "publishedAt": "2020-11-10T08:00:00Z",
        "content": "It rained.",
    }
    expected = {
        "source": "Coast Post",
        "authors": ["Ida"],
        "title": "Rain",
        "published": "2020-11-10T08:00:00Z",
        "text": "It rained.",
    }
    assert records(tmp_path, {"status": "ok", "articles": [article]}) == [(1, expected)]


@pytest.mark.parametrize(
    "content",
    [{"what": "It rained."}, [{"what": "It rained."}], {"dispatches": [{"what": "It rained."}]}],
)
def test_a_named_key_is_the_text_wherever_the_articles_stand(
    tmp_path: Path, content: object
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content))
    (found,) = read(Input.of_file(path, columns={"text": "what"}))
    assert isinstance(found, FoundRecord)
    assert found.fields == {"text": "It rained."}


def test_a_killed_article_is_handed_on_without_a_text(tmp_path: Path) -> None:
    assert records(tmp_path, {"id": "7", "status": "killed"}) == [
        (None, {"id": "7", "pubstatus": "killed"})
    ]


def test_a_large_object_is_too_large_and_says_what_to_do(tmp_path: Path) -> None:
    content = b'{"text": "' + b"x" * WHOLE_BYTES + b'"}'
    too_large = skip(tmp_path, content)
    assert too_large.reason == Reason.TOO_LARGE
    assert "split it, or write its articles as JSON Lines" in too_large.detail


def test_a_byte_that_is_not_utf_8_costs_its_record_not_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"text": "Rain."}, {"text": "D\xfcren"}, {"text": "Hail."}]')
    first, second, third = read(Input.of_file(path))
    assert isinstance(first, FoundRecord)
    assert isinstance(third, FoundRecord)
    assert isinstance(second, Skip)
    assert (second.reason, second.line) == (Reason.ENCODING, 2)


def test_objects_one_after_another_are_each_an_article(tmp_path: Path) -> None:
    content = "\n".join(json.dumps(one, indent=1) for one in (RAIN, SUN))
    assert records(tmp_path, content.encode()) == [(1, RAIN), (2, SUN)]


@pytest.mark.parametrize("outer", ['{"total": 2, ', '{"response": {"tags": ["a"], '])
def test_the_list_of_a_large_object_is_streamed(tmp_path: Path, outer: str) -> None:
    filler = {"text": "x" * (WHOLE_BYTES // 3)}
    content = f'{outer}"results": {json.dumps([filler, filler, filler, RAIN])}'
    found = items(tmp_path, (content + "}" * outer.count("{")).encode())
    assert [item.line for item in found] == [1, 2, 3, 4]
    assert isinstance(found[3], FoundRecord)
    assert found[3].fields == RAIN
