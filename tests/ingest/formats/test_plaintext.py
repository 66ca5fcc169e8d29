from pathlib import Path

import pytest

from ingest.formats.plaintext import read, split_title
from ingest.found import FoundRecord, Skip
from ingest.inputs import Input


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Leaders discuss the truce\nby the desk\n\nThey spoke.", "Leaders discuss the truce"),
        ("Leaders spoke on Tuesday.\n\nThey agreed.", ""),
        ("The leaders of both\ncountries spoke.", ""),
        ("Only one line", ""),
        ("Storm\n\nIt rained.", ""),
        ("10/9/22, 1:37 PM\nIt rained.", ""),
    ],
)
def test_the_first_line_is_the_title_where_it_reads_like_one(text: str, title: str) -> None:
    assert split_title(text)[0] == title


STORY = "The bridge of Marden opened on Thursday after two years. Crowds came to walk over it."


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (
            "Title: Bridge: it opens\nAuthor: Jane Orr\nDate: 4 March 2021\nSource: Holm Times\n\n",
            {
                "title": "Bridge: it opens",
                "authors": ["Jane Orr"],
                "published": "4 March 2021",
                "source": "Holm Times",
            },
        ),
        ("HEADLINE: Bridge\n opens\nPUBLISHED: 2021-03-04\n\n", "Bridge opens"),
        ("**Headline:** Bridge opens\nByline: By Jane Orr\nWords: 16\n\n\n", "Bridge opens"),
        ("Publisher: Holm Times\nDate: 2021-03-04\n\nBridge opens\n\n", "Bridge opens"),
    ],
)
def test_names_with_values_above_a_text_are_its_fields(
    tmp_path: Path, block: str, fields: dict[str, object] | str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(block + STORY)
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    if isinstance(fields, str):
        assert (found.fields["title"], found.fields["text"]) == (fields, STORY)
    else:
        assert found.fields == {**fields, "text": STORY}


@pytest.mark.parametrize(
    "text",
    [
        f"Date: 4 March\nPlace: Holm\n\n{STORY}",
        f"Note: the bridge is old.\n\n{STORY}",
        f"Orr: I was there.\nHolm: So was I.\n\n{STORY}",
        f"Bridge opens\n\nTitle: x\nDate: y\n\n{STORY}",
    ],
)
def test_lines_with_a_colon_that_are_no_fields_stay_in_the_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    assert "published" not in found.fields
    assert text.endswith(str(found.fields["text"]))
    assert text.count(":") - str(found.fields["title"]).count(":") == (
        str(found.fields["text"]).count(":")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = "The café’s owner said the déjà vu was naïve – and expensive. Émile agreed, très vite."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == text


def test_utf_8_with_a_broken_byte_keeps_its_other_letters_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Émile et Zoë: ".encode() + b"\xff" + " déjà vu".encode())
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "Émile et Zoë: \ufffd déjà vu"
    assert "1 of its bytes are not UTF-8" in found.notes[0]


FRENCH = "L’été dernier, la municipalité a décidé : « le café fermera », où qu’il soit. Très bien."
POLISH = "Rada miasta zdecydowała we wtorek, że most zostanie zamknięty. Źródło: urząd, środa."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("’", "'"), "cp850"),
        ("“Don’t go,” she said – it’s closed.", "mac_roman"),
        ("The race was run à la mode. It was close, and nobody minded.", "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        ("港の橋は五月まで閉鎖される。市長が火曜日に発表した。", "utf-16-le"),
        ("港口大桥将关闭至五月，市长周二宣布。轮渡每二十分钟一班。", "utf-16-be"),
        ("Мост закроют на ремонт до мая, сообщила во вторник мэр города. " * 9, "cp1251"),
    ],
)
def test_an_encoding_is_told_by_its_letters(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (found,) = read(Input.of_file(path))
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == text


def test_bytes_of_no_encoding_are_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(128, 256)) * 9 + b"Rain")
    (found,) = read(Input.of_file(path))
    assert isinstance(found, Skip)
