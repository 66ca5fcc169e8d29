import io

import pytest

from ui.screen import WIDTH, emphasise, show, text_width, wants_colour


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_only_a_terminal_gets_colour() -> None:
    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_no_colour_gets_none(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not wants_colour(Terminal())


def test_a_variable_that_is_set_to_nothing_is_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert wants_colour(Terminal())


def test_heads_are_bold_and_ids_dim() -> None:
    # A line of a text may begin with a number too.
    text = "1. Guns — 2020\n   2020. Text.\n   id: a\n\n[2] Other — no date"
    bold_and_dim = "\x1b[1m1. Guns — 2020\x1b[0m\n   2020. Text.\n\x1b[2m   id: a\x1b[0m"
    assert emphasise(text) == f"{bold_and_dim}\n\n\x1b[1m[2] Other — no date\x1b[0m"


def test_what_is_not_printed_to_a_terminal_stays_plain(capsys: pytest.CaptureFixture[str]) -> None:
    show("1. Guns")
    assert capsys.readouterr().out == "1. Guns\n"


def test_a_file_has_the_usual_width() -> None:
    assert text_width(io.StringIO()) == WIDTH
