from pathlib import Path

import pytest

from ingest.formats.markdown import matches, read
from ingest.found import FoundRecord, Skip
from ingest.inputs import Input

FRONT = """---
title: "Storm: the day after"
date: 2021-03-04T09:00:00+01:00
authors:
  - River desk
  - Hill desk
source: no
tags: [sea, rain]
url: https://example.org/storm
---
"""


def found(tmp_path: Path, content: str | bytes) -> dict[str, object]:
    path = tmp_path / "a.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (item,) = read(Input.of_file(path))
    assert isinstance(item, FoundRecord)
    assert item.line is None
    return dict(item.fields)


def text(tmp_path: Path, content: str) -> object:
    return found(tmp_path, content)["text"]


def test_front_matter_gives_fields_as_they_are_written(tmp_path: Path) -> None:
    assert found(tmp_path, FRONT + "# Another heading\n\nThe quay was shut.\n") == {
        "title": "Storm: the day after",
        "published": "2021-03-04T09:00:00+01:00",
        "authors": ["River desk", "Hill desk"],
        "source": "no",
        "url": "https://example.org/storm",
        "text": "Another heading\n\nThe quay was shut.",
    }


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("author: River desk and Hill desk", ["River desk", "Hill desk"]),
        ("authors: [River desk, 'desk, Hill']", ["River desk", "desk, Hill"]),
        ("byline: By River desk; Hill desk # both", ["River desk", "Hill desk"]),
    ],
)
def test_authors_are_written_in_several_ways(tmp_path: Path, line: str, authors: list[str]) -> None:
    assert found(tmp_path, f"---\n{line}\n---\nRain.")["authors"] == authors


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    fields = found(tmp_path, "# The *quay* is shut\r\n\r\nIt rained.\r\n\r\n## Later\r\nSun.\r\n")
    assert fields == {"title": "The quay is shut", "text": "It rained.\n\nLater\n\nSun."}


def test_a_rule_at_the_beginning_is_no_front_matter(tmp_path: Path) -> None:
    assert found(tmp_path, "---\n\nIt rained.\n\n---\n\nSun.")["text"] == "It rained.\n\nSun."


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("It was **very** _wet_, *he said*.", "It was very wet, he said."),
        ("See [the report](https://example.org/a_b).", "See the report."),
        ("See [it][1].\n\n[1]: https://example.org", "See it."),
        ("![a boat](boat.jpg) The boat.", "The boat."),
        ("Lines\nof one\nparagraph.", "Lines of one paragraph."),
        ("```\nx = 1\n```", "x = 1"),
        ("> Quoted.\n\n- one\n- two", "Quoted.\n\none\n\ntwo"),
        ("1. one\n2. two", "1. one\n\n2. two"),
        ("| a | b |\n|---|---|\n| c | d |", "a b\n\nc d"),
        ("A &amp; B<br>C <script>x()</script>", "A & B C"),
        ("<script>\nx()\n</script>\n\n<p>One</p><p>Two</p>", "One\n\nTwo"),
    ],
)
def test_markup_is_removed(tmp_path: Path, written: str, plain: str) -> None:
    assert text(tmp_path, written) == plain


@pytest.mark.parametrize(
    "plain",
    [
        "It cost $5 or $6*, 5 * 3 * 2 or 5*3*2.",
        "The file snake_case_name and __init__x; M*A*S*H.",
        "\"Stop,\" she said, 'now' – “at once”.",
        "1986. It was a good year.",
        "#1 in the list, 5 < 6 and 7 > 3, ~100.",
    ],
)
def test_what_only_looks_like_markup_stays(tmp_path: Path, plain: str) -> None:
    assert text(tmp_path, plain) == plain


def test_deep_nesting_ends(tmp_path: Path) -> None:
    for content in ("> " * 5000 + "x", "[" * 20_000, "*" * 20_000 + "a", "<b>" * 20_000 + "x"):
        path = tmp_path / "a.md"
        path.write_text(content)
        assert all(isinstance(item, FoundRecord | Skip) for item in read(Input.of_file(path)))


def test_another_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# Café\n\nThe café in the harbour was shut all week.".encode("latin-1"))
    (item,) = read(Input.of_file(path))
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Café"
    assert item.notes == ("not UTF-8; read as cp1252",)


def test_it_is_told_by_its_name_or_its_front_matter() -> None:
    assert matches(b"It rained.", ".md")
    assert matches(FRONT.encode(), "")
    assert not matches(b"It rained.", ".txt")
    assert not matches(b"---\nIt rained.\n---\n", "")
    assert not matches(b"---\nweather: wet\n---\n", "")


def test_front_matter_gives_news_metadata(tmp_path: Path) -> None:
    front = (
        "credit: Coast Wire\nembargo: 2031-01-01\nstatus: draft\nversion: 2\ncorrection: The port."
    )
    fields = found(tmp_path, f"---\n{front}\n---\nRain.")
    assert fields == {
        "agency": "Coast Wire",
        "embargoed": "2031-01-01",
        "version": "2",
        "note": "The port.",
        "text": "Rain.",
    }
