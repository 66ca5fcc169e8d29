from pathlib import Path

import pytest

from ingest.found import FoundRecord, Reason, Skip
from ingest.sources import read_file


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.bin", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "a picture"),
        ("a.txt", b"import os\n\n\ndef f(x):\n    return os.path.join(x, 'y')[0]\n" * 9, "code"),
        ("a.tpl", b"{% for x in y %}\n{{ x.title }}\n{% endfor %}\n" * 9, "code"),
    ],
)
def test_a_file_that_no_reader_knows_is_skipped_with_its_name(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (skip,) = read_file(path)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NOT_TEXT
    assert f"it is {kind}" in skip.detail


@pytest.mark.parametrize("name", ["a.txt", "a", "a.log", "a.dat"])
def test_json_lines_are_read_under_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('{"text": "It rained."}\n{"text": "It hailed."}\n')
    found = list(read_file(path))
    assert [one.fields["text"] for one in found if isinstance(one, FoundRecord)] == [
        "It rained.",
        "It hailed.",
    ]
