from pathlib import Path

from ingest.formats.jsonl import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

GOOD = b'{"text": "It rained."}\n'


def reasons(path: Path, content: bytes) -> list[tuple[int | None, str]]:
    path.write_bytes(content)
    return [
        (item.line, str(item.reason) if isinstance(item, Skip) else "found")
        for item in read(Input.of_file(path))
    ]


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    content = GOOD + b'{"text": \n' + b"\n" + b"[1]\n" + b'"x"\n' + GOOD
    assert reasons(tmp_path / "a.jsonl", content) == [
        (1, "found"),
        (2, "broken"),
        (4, "broken"),
        (5, "broken"),
        (6, "found"),
    ]


def test_a_line_in_another_encoding_is_named_by_byte_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + '{"text": "Düsseldorf"}\n'.encode("latin-1"))
    skip = list(read(Input.of_file(path)))[1]
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.ENCODING
    assert "0xfc at column 12" in skip.detail


def test_deep_nesting_is_a_broken_line_not_a_crash(tmp_path: Path) -> None:
    content = b'{"text": ' + b"[" * 200_000 + b"\n" + GOOD
    assert reasons(tmp_path / "a.jsonl", content) == [(1, "broken"), (2, "found")]


def test_a_byte_order_mark_and_a_missing_last_newline_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.strip())
    assert [isinstance(item, FoundRecord) for item in read(Input.of_file(path))] == [True]


def test_lines_of_another_program_are_read_by_usual_or_named_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"body": "It rained.", "headline": "Rain", "what": "Hail fell."}\n')
    (usual,) = read(Input.of_file(path))
    assert isinstance(usual, FoundRecord)
    assert usual.fields == {"text": "It rained.", "title": "Rain"}
    (named,) = read(Input.of_file(path, columns={"text": "what"}))
    assert isinstance(named, FoundRecord)
    assert named.fields["text"] == "Hail fell."


def test_a_line_without_the_key_named_for_its_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"what": "It rained."}\n' + GOOD)
    first, second = read(Input.of_file(path, columns={"text": "what"}))
    assert isinstance(first, FoundRecord)
    assert isinstance(second, Skip)
    assert second.reason == Reason.NO_TEXT
    assert "'what', which --columns names for the text" in second.detail


def test_html_in_a_field_is_turned_into_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"title": "A &amp; B", "text": "<p>The <b>ferry</b> sailed.</p><p>Yes.</p>"}\n'
    )
    (item,) = read(Input.of_file(path))
    assert isinstance(item, FoundRecord)
    assert item.fields == {"title": "A & B", "text": "The ferry sailed.\n\nYes."}
