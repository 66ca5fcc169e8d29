from pathlib import Path

import pytest

from rag.settings import load_settings
from ui.page.first_run import index, ingest_command


def test_an_ingest_that_fails_gives_its_reason(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    reason = index(tmp_path / "missing.jsonl", str(in_the_way))
    assert reason == (
        f"python -m ingest: argument --archive: {str(in_the_way)!r} is a file; "
        "name the folder of an archive"
    )


def test_a_container_names_a_command_that_mounts_the_folder() -> None:
    mounting = "docker compose run --rm -v FOLDER:/articles:ro app dateline ingest /articles"
    settings = load_settings(archive="http://qdrant:6333", ingest_command=mounting)
    assert ingest_command(settings) == mounting


def test_the_sample_is_indexed_by_our_ingest_where_a_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ingest").mkdir()
    (tmp_path / "ingest" / "__init__.py").write_text("raise RuntimeError('this is not yours')")
    monkeypatch.chdir(tmp_path)
    assert "missing.jsonl" in index(tmp_path / "missing.jsonl", str(tmp_path / "archive"))
