"""Tests the text that reaches a command in bytes: arguments, standard input and what is printed."""

import io
from pathlib import Path

import pytest

from rag.errors import InputError
from tests.ui.two_articles import ingest_into, run
from ui.given_text import read_standard_input
from ui.screen import take_every_character

NO_TEXT = "caf\udce9"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    ingest_into(folder)
    return folder / "archive"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8", "strict"))


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("The café in Holm opened.".encode(), "The café in Holm opened.", ""),
        (b"\xef\xbb\xbfThe quay\r\nof Orr.", "The quay\nof Orr.", ""),
        (b"The caf\xe9 in Holm opened on Monday.", "The café in Holm opened on Monday.", "cp1252"),
        (b"The \x93quay\x94 of Marden reopened.", "The “quay” of Marden reopened.", "cp1252"),
        (b"", "", ""),
    ],
)
def test_standard_input_is_decoded_as_a_file_is(
    monkeypatch: pytest.MonkeyPatch, data: bytes, text: str, note: str
) -> None:
    give(monkeypatch, data)
    found, said = read_standard_input()
    assert found == text
    assert note in said
    assert bool(said) == bool(note)


def test_what_is_no_text_on_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "The quay of Orr reopened.".encode("utf-16"))
    with pytest.raises(InputError, match="convert the text to UTF-8"):
        read_standard_input()
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="give the text itself"):
        read_standard_input()


def test_a_folder_as_standard_input_is_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Folder(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Folder(), "utf-8"))
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\)"):
        read_standard_input()


def test_a_text_of_windows_is_located(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"\x93It rained in Velm for nine days in March.\x94")
    assert "id: rain" in run(capsys, "locate", "-", "--archive", archive)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "rain", "--source", NO_TEXT],
        ["articles", "--section", NO_TEXT],
        ["ask", f"Who is {NO_TEXT}?"],
        ["ask", "When?", "--since", NO_TEXT],
        ["timeline", NO_TEXT],
        ["locate", f"It rained in {NO_TEXT}"],
        ["show", NO_TEXT],
        ["keys", "add", NO_TEXT],
        ["serve", "--host", NO_TEXT],
        ["doctor", "--archive", NO_TEXT],
    ],
    ids=lambda value: value[0],
)
def test_an_argument_that_is_no_text_is_refused_in_a_sentence(
    archive: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    more = [] if {"keys", "doctor"} & {*arguments} else ["--archive", archive]
    said = run(capsys, *arguments, *more, status=2)
    assert r"caf\xe9" in said
    assert "has bytes that are not UTF-8; set your terminal to UTF-8" in said
    assert said.count("\n") == 1


def test_a_file_may_have_a_name_that_is_no_text(
    tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{NO_TEXT}.json"
    run(capsys, "ask", "For how many days did it rain?", "--archive", archive, "--export", file)
    assert file.is_file()
    run(capsys, "recheck", file, "--archive", archive)


def test_what_an_encoding_lacks_is_printed_as_an_escape() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    take_every_character(stream)
    print("“Holm”", file=stream, flush=True)
    assert stream.buffer.getvalue() == b"\\u201cHolm\\u201d\n"  # type: ignore[attr-defined]
