import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from ingest.formats.warc import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from ingest.sources import read_file

FORMATS = Path(__file__).parents[4] / "shared" / "data" / "formats"
ADDRESS = "https://www.courier.example/2020/bridge"
SENTENCE = "The old bridge was opened again on Monday, and the first lorry crossed it at noon."
PAGE = (
    "<!DOCTYPE html><html><head><title>Bridge opened</title></head><body><article>"
    f"<p>{SENTENCE}</p><p>{SENTENCE.replace('old', 'new')}</p></article></body></html>"
).encode()


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = ADDRESS,
    length: int | None = None,
    content_type: str = "application/http; msgtype=response",
    extra: str = "",
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-11-10T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(block):032x}>\r\n"
        f"Content-Type: {content_type}\r\n{extra}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, *, status: str = "200 OK", headers: str = "") -> bytes:
    kind = "" if "Content-Type" in headers else "Content-Type: text/html; charset=utf-8\r\n"
    return f"HTTP/1.1 {status}\r\n{kind}{headers}\r\n".encode() + body


def items(
    content: bytes, opener: Callable[[IO[bytes]], IO[bytes]] = lambda stream: stream
) -> list[FoundRecord | Skip]:
    return list(read(Input(name="a.warc", opener=lambda: opener(io.BytesIO(content)))))


def text(item: FoundRecord | Skip) -> str:
    assert isinstance(item, FoundRecord), item
    return str(item.fields["text"])


def test_a_page_is_read_with_its_place_and_the_address_it_was_fetched_from() -> None:
    info = record(b"software: x", kind="warcinfo", content_type="application/warc-fields")
    (found,) = items(info + record(answer()))
    assert SENTENCE in text(found)
    assert isinstance(found, FoundRecord)
    assert (found.path, found.line) == ("a.warc", 2)
    assert (found.fields["url"], found.fields["source"]) == (ADDRESS, "courier.example")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
        (PAGE, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    ],
)
def test_chunks_and_compression_are_taken_off_where_they_are(body: bytes, headers: str) -> None:
    (found,) = items(record(answer(body, headers=headers)))
    assert SENTENCE in text(found)


def test_what_is_no_page_is_counted_once_for_each_reason() -> None:
    picture = record(answer(b"\xff\xd8", headers="Content-Type: image/jpeg\r\n"))
    gone = record(answer(status="404 Not FoundRecord"))
    again = record(answer(b""), kind="revisit")
    request = record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    found, *skips = items(picture * 12 + gone + request + record(answer()) + again)
    assert SENTENCE in text(found)
    assert [skip.detail for skip in skips if isinstance(skip, Skip)] == [
        "12 records are not HTML",
        "1 record is of status 404, not 200",
        "1 record is of type revisit, which repeats an answer fetched before",
    ]


def test_a_resource_that_is_html_is_a_page() -> None:
    (found,) = items(record(PAGE, kind="resource", content_type="text/html"))
    assert SENTENCE in text(found)


def test_a_page_without_an_article_names_its_record() -> None:
    (skip,) = items(record(answer(b"<html><body></body></html>")))
    assert isinstance(skip, Skip)
    assert (skip.reason, skip.line) == (Reason.NO_TEXT, 1)


def test_a_page_cut_off_at_the_end_is_named_and_those_before_it_are_read() -> None:
    content = record(answer()) + record(answer(), url=ADDRESS + "/2")
    first, second = items(content[:-200])
    assert SENTENCE in text(first)
    assert isinstance(second, Skip)
    assert (second.reason, second.line) == (Reason.BROKEN, 2)
    assert f"{ADDRESS}/2 is cut off" in second.detail


def test_a_page_shorter_than_its_server_said_is_cut_off() -> None:
    (skip,) = items(record(answer(PAGE[:-40], headers=f"Content-Length: {len(PAGE)}\r\n")))
    assert isinstance(skip, Skip)
    assert f"{len(PAGE) - 40} of" in skip.detail


def test_a_page_that_its_crawler_cut_off_is_kept_with_a_note() -> None:
    (found,) = items(record(answer(PAGE[:-20]), extra="WARC-Truncated: length\r\n"))
    assert SENTENCE in text(found)
    assert isinstance(found, FoundRecord)
    assert "WARC-Truncated: length" in found.notes[-1]


def test_a_page_without_a_date_takes_that_of_its_fetch_and_says_so() -> None:
    (found,) = items(record(answer()))
    assert isinstance(found, FoundRecord)
    assert found.fields["published"] == "2020-11-10T10:00:00Z"
    assert "when it was fetched" in found.notes[0]
    dated = PAGE.replace(b"<head>", b'<head><meta name="date" content="2020-11-08">')
    assert dated != PAGE
    (found,) = items(record(answer(dated)))
    assert isinstance(found, FoundRecord)
    assert (found.fields["published"], found.notes) == ("2020-11-08", ())


def test_damage_ends_the_reading_with_a_skip() -> None:
    first, skip = items(record(answer()) + b"\0\1garbage\r\n" + record(answer()))
    assert SENTENCE in text(first)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.BROKEN
    assert "damaged after record 1" in skip.detail


def test_a_compressed_archive_cut_off_gives_what_could_be_unpacked() -> None:
    packed = gzip.compress(record(answer())) + gzip.compress(record(answer(), url=ADDRESS + "/2"))
    first, *skips = items(packed[:-30], lambda stream: gzip.GzipFile(fileobj=stream))
    assert SENTENCE in text(first)
    assert skips
    assert {skip.reason for skip in skips if isinstance(skip, Skip)} == {Reason.BROKEN}


def test_a_bomb_behind_an_encoding_is_not_unpacked() -> None:
    bomb = gzip.compress(PAGE + b" " * 30 * 2**20)
    (skip,) = items(record(answer(bomb, headers="Content-Encoding: gzip\r\n")))
    assert isinstance(skip, Skip)
    assert "more than 10 MB" in skip.detail


def test_an_archive_without_answers_says_so() -> None:
    (skip,) = items(record(b"GET / HTTP/1.1\r\n\r\n", kind="request"))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
    assert "none of its 1 records" in skip.detail


def test_pages_are_read_one_at_a_time() -> None:
    content = io.BytesIO(record(answer()) + record(answer(b"x" * 2**20)) * 8)
    reading = read(Input(name="a.warc", opener=lambda: content))
    next(reading)
    assert content.tell() < 2**20


def test_an_arc_file_is_refused_with_its_reason() -> None:
    head = b"filedesc://a.arc 127.0.0.1 20140216050221 text/plain 75\n"
    assert matches(head, ".arc")
    (skip,) = items(head)
    assert isinstance(skip, Skip)
    assert "ARC file" in skip.detail


@pytest.mark.parametrize(
    ("head", "expected"), [(b"WARC/1.1\r\n", True), (b"WARC is short for", False), (b"", False)]
)
def test_an_archive_is_told_by_its_first_line(head: bytes, *, expected: bool) -> None:
    assert matches(head, "") == expected


@pytest.mark.skipif(not (FORMATS / "warc").is_dir(), reason="the sample archives are not here")
def test_every_real_archive_gives_pages_or_reasons() -> None:
    for path in sorted((FORMATS / "warc").iterdir()):
        content = path.read_bytes()
        packed = content.startswith(b"\x1f\x8b")
        opener = (
            (lambda stream: gzip.GzipFile(fileobj=stream)) if packed else (lambda stream: stream)
        )
        found = items(content, opener)
        assert found, path
        for item in found:
            if isinstance(item, Skip):
                assert item.detail
                continue
            assert item.fields["title"]
            assert str(item.fields["url"]).startswith("http")
            assert text(item).strip()


def brotli(data: bytes) -> bytes:
    """Return data as one stored block of a Brotli stream (RFC 7932, section 9.2)."""
    return (0xB | (len(data) - 1) << 7 | 1 << 23).to_bytes(3, "little") + data + b"\x03"


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (data[:50], data[50:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (brotli(PAGE), "Content-Encoding: br\r\n"),
        (
            chunked(gzip.compress(PAGE)),
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        ),
        (chunked(brotli(PAGE)), "Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n"),
    ],
)
def test_brotli_and_chunks_of_compressed_pages_are_taken_off(body: bytes, headers: str) -> None:
    (found,) = items(record(answer(body, headers=headers)))
    assert SENTENCE in text(found)


def test_warc_1_1_with_its_bookkeeping_gives_its_page() -> None:
    answered = record(answer()).replace(b"WARC/1.0", b"WARC/1.1")
    answered = answered.replace(b"10:00:00Z", b"10:00:00.123456Z")
    asked = record(b"GET / HTTP/1.1\r\n\r\n", kind="request").replace(b"WARC/1.0", b"WARC/1.1")
    about = record(b"fetchTimeMs: 7", kind="metadata", content_type="application/warc-fields")
    (found,) = items(asked + answered + about)
    assert isinstance(found, FoundRecord)
    assert (found.line, found.fields["published"]) == (2, "2020-11-10T10:00:00.123456Z")


def test_the_text_that_common_crawl_made_of_a_page_is_read() -> None:
    block = (
        f"Bridge opened\nHome\nSport\n{SENTENCE}\n{SENTENCE.replace('old', 'new')}\nMore".encode()
    )
    extra = "WARC-Identified-Content-Language: eng,fra\r\n"
    archive = record(block, kind="conversion", content_type="text/plain", extra=extra)
    (found,) = items(archive)
    assert isinstance(found, FoundRecord)
    assert found.fields["title"] == "Bridge opened"
    assert text(found) == f"{SENTENCE}\n\n{SENTENCE.replace('old', 'new')}"
    assert found.fields["language"] == "en"
    assert found.fields["url"] == ADDRESS
    assert len(found.notes) == 2
    (skip,) = items(record(b"Home\nSport", kind="conversion", content_type="text/plain"))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT


def test_of_a_wacz_the_pages_are_read_once(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "resources": []}')
        archive.writestr("pages/pages.jsonl", '{"id": "1", "text": "The page once more."}\n')
        archive.writestr("archive/data.warc", record(answer()))
    (found,) = read_file(path)
    assert SENTENCE in text(found)
