from pathlib import Path

from rag.settings import Settings
from ui.hints import hint_archive, hint_outlets, hint_sections, hint_variables

OUTLETS = ("harbor-wire.example", "lowland-courier.example", "BBC News", "")


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


def test_each_unknown_section_gets_one_line() -> None:
    known = ("politics", "sport", "Économie", "")
    assert hint_sections(["POLITICS", "economie", "Sport"], known) == []
    assert hint_sections(["Sports", "Sports"], known) == [
        "no article is in the section 'Sports'; did you mean 'sport'?"
    ]
    assert hint_sections(["Weather"], known) == [
        "no article is in the section 'Weather'; 'dateline articles --coverage' lists the sections"
    ]
    assert hint_sections(None, known) == []
    assert hint_sections(["Sports"], [str(number) for number in range(10_000)]) == []


def test_only_folders_that_are_archives_are_suggested(tmp_path: Path) -> None:
    (tmp_path / "my-archives").mkdir()
    (tmp_path / "my-archive" / "generations").mkdir(parents=True)
    (tmp_path / "my-archive" / "current").write_text("00000001")
    hint = hint_archive(Settings(archive=str(tmp_path / "my-archve")))
    assert hint == f"did you mean '{tmp_path / 'my-archive'}'?"
    assert hint_archive(Settings(archive=str(tmp_path / "none" / "my-archve"))) == ""
    assert hint_archive(Settings(archive="http://localhost:6333")) == ""
