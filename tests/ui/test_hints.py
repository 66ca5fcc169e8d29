from pathlib import Path

import pytest

from rag.settings import Settings
from ui.hints import close_names, did_you_mean, hint_archive, hint_outlets, hint_variables

OUTLETS = ("harbor-wire.example", "lowland-courier.example", "BBC News", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lowland-courrier.example", ["lowland-courier.example"]),
        ("bbc news", ["BBC News"]),
        ("Harbor-Wire", ["harbor-wire.example"]),
        ("courier", ["lowland-courier.example"]),
        ("xy.example", []),
        ("", []),
    ],
)
def test_names_that_are_spelled_alike_are_suggested(typed: str, meant: list[str]) -> None:
    assert close_names(typed, OUTLETS) == meant


def test_a_suggestion_is_a_question() -> None:
    assert did_you_mean(["a", "b"]) == "did you mean 'a' or 'b'?"
    assert did_you_mean([]) == ""


def test_each_unknown_outlet_gets_one_line() -> None:
    lines = hint_outlets(["BBC News", "nobody", "nobody"], OUTLETS)
    assert lines == ["no article is from 'nobody'; 'dateline sources' lists the outlets"]
    assert hint_outlets(["bbc NEWS"], OUTLETS) == []
    assert hint_outlets(None, OUTLETS) == []


def test_outlets_are_not_doubted_when_not_all_are_known() -> None:
    assert hint_outlets(["nobody"], [str(number) for number in range(10_000)]) == []


def test_each_unknown_variable_gets_one_line_with_the_setting_that_is_spelled_alike() -> None:
    assert hint_variables(["DATELINE_ARCHVE", "DATELINE_HOLM"]) == [
        "DATELINE_ARCHVE is no setting, so it changes nothing; did you mean 'DATELINE_ARCHIVE'?",
        "DATELINE_HOLM is no setting, so it changes nothing; docs/settings.md lists the settings",
    ]


def test_only_folders_that_are_archives_are_suggested(tmp_path: Path) -> None:
    (tmp_path / "my-archives").mkdir()
    (tmp_path / "my-archive" / "generations").mkdir(parents=True)
    (tmp_path / "my-archive" / "current").write_text("00000001")
    hint = hint_archive(Settings(archive=str(tmp_path / "my-archve")))
    assert hint == f"did you mean '{tmp_path / 'my-archive'}'?"
    assert hint_archive(Settings(archive=str(tmp_path / "none" / "my-archve"))) == ""
    assert hint_archive(Settings(archive="http://localhost:6333")) == ""
