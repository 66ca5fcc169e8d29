"""Tests that a mistyped place of an archive is mended or told, and never a new folder."""

from pathlib import Path

import pytest

from rag.addresses import home_expanded, is_server, read_location, without_user
from rag.archive import Archive
from rag.errors import SettingsError


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder that is the same everywhere."""
    monkeypatch.setenv("HOME", "/home/orr")


@pytest.mark.parametrize(
    "location",
    [
        "./archive",
        "archive",
        "/srv/holm archive",
        "../marden/",
        "2024-06",
        "a:b",
        "./localhost:6333",
        "./~",
        "C:/archive",
        "http://localhost:6333",
        "https://archive.desk.example/holm",
    ],
)
def test_an_ordinary_place_stays_as_it_was_typed(location: str) -> None:
    assert read_location(location) == location


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~/arc", "/home/orr/arc"),
        ("~", "/home/orr"),
        (" arc", "arc"),
        ("arc\n", "arc"),
        ("HTTP://localhost:6333", "http://localhost:6333"),
        (" Https://Desk.example/Holm ", "https://Desk.example/Holm"),
    ],
)
def test_what_is_clearly_meant_is_read_so(typed: str, meant: str) -> None:
    assert read_location(typed) == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "it is empty"),
        (" \t", "it is empty"),
        ("localhost:6333", "write http://localhost:6333, .* folder of this name ./localhost:6333"),
        ("qdrant.desk.example:6333/holm", "write http://qdrant.desk.example:6333/holm,"),
        ("[::1]:6333", r"write http://\[::1\]:6333,"),
        ("file:///srv/archive", "begins with http:// or https://"),
        ("qdrant://localhost", "begins with http:// or https://"),
        ("grpc://localhost:6334", "begins with http:// or https://"),
        ("http:/localhost:6333", "is written like http://"),
        ("http:localhost", "is written like http://"),
        ("https:///localhost", "is written like http://"),
        ("$HOME/archive", "no shell has replaced the variable"),
        ("${ARCHIVES}", "no shell has replaced the variable"),
        ('"/srv/archive"', "without the quotation marks"),
        ("~nobody-of-this-name/arc", "write the path in full, or ./~nobody-of-this-name/arc"),
    ],
)
def test_what_could_be_mistyped_is_told_with_what_to_write(typed: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_location(typed)


@pytest.mark.parametrize("typed", ["orr:secret@localhost:6333", "ftp://orr:secret@localhost"])
def test_no_message_shows_a_password(typed: str) -> None:
    with pytest.raises(ValueError, match="address of a server") as error:
        read_location(typed)
    assert "secret" not in str(error.value)
    assert "secret" not in without_user(typed)


def test_python_refuses_a_mistyped_place_too(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="write http://localhost:6333"):
        Archive.open("localhost:6333")
    with pytest.raises(SettingsError) as error:
        Archive.open("ftp://orr:secret@localhost")
    assert "secret" not in str(error.value)


def test_a_scheme_is_one_in_capitals_too() -> None:
    assert is_server("HTTP://localhost")
    assert not is_server("http")


def test_only_the_home_folder_is_put_in() -> None:
    assert home_expanded("~/keys.json") == "/home/orr/keys.json"
    assert home_expanded("./keys.json") == "./keys.json"
