from pathlib import Path

import pytest

from rag.errors import ArchiveUnavailable, QuestionError, SettingsError
from rag.export.packs import read_saved_answer
from tests.ui.fake_archive import QUOTE, answered, silent
from ui.export_files import ExportFile


def test_an_answer_is_written_in_the_format_of_the_suffix(tmp_path: Path) -> None:
    file = ExportFile.named(str(tmp_path / "proof.json"), replace=False)
    assert file.write(answered("When?")) == f"the evidence pack is in {tmp_path / 'proof.json'}"
    assert read_saved_answer(file.path.read_bytes()) == answered("When?")
    file = ExportFile.named(str(tmp_path / "proof.ris"), replace=False)
    assert "the references are in" in file.write(answered("When?"))
    assert file.path.read_bytes().endswith(b"ER  - \r\n")


def test_a_file_is_replaced_only_if_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "proof.md"
    path.write_text("mine")
    with pytest.raises(SettingsError, match="--replace"):
        ExportFile.named(str(path), replace=False)
    assert path.read_text() == "mine"
    ExportFile.named(str(path), replace=True).write(answered("When?"))
    assert QUOTE in path.read_text()


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    file = ExportFile.named(str(tmp_path / "proof.md"), replace=False)
    file.path.write_text("mine")
    with pytest.raises(ArchiveUnavailable, match="cannot be written"):
        file.write(answered("When?"))
    assert file.path.read_text() == "mine"


@pytest.mark.parametrize("name", ["", "nowhere/proof.md", f"{'n' * 300}.md", f"{'n' * 300}/a.md"])
def test_a_place_that_is_none_is_told_before_the_question_is_asked(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises((SettingsError, QuestionError)):
        ExportFile.named(str(tmp_path / name) if name else str(tmp_path), replace=False)


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".csl.json", ".txt"])
def test_references_of_no_answer_are_not_written(tmp_path: Path, suffix: str) -> None:
    file = ExportFile.named(str(tmp_path / f"proof{suffix}"), replace=False)
    assert "nothing to cite" in file.write(silent("When?"))
    assert not file.path.exists()


def test_a_pack_of_no_answer_is_written(tmp_path: Path) -> None:
    file = ExportFile.named(str(tmp_path / "proof.json"), replace=False)
    assert "the evidence pack is in" in file.write(silent("When?"))
    assert file.path.exists()
