from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.sample import sample_path
from rag.archive import Archive
from rag.settings import load_settings
from ui.page.first_run import ingest_command
from ui.page.ingest_run import IngestRun, server_runs


def _page() -> None:
    from ui.page.app import show_pages
    from ui.page.opening import open_archive

    show_pages(open_archive)


def test_an_ingest_that_fails_gives_its_reason(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    run = IngestRun.begin([tmp_path / "missing.jsonl"], str(in_the_way))
    run.wait(60)
    assert run.outcome == "The ingest failed."
    assert run.problem == (
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
    run = IngestRun.begin([tmp_path / "missing.jsonl"], str(tmp_path / "archive"))
    run.wait(60)
    assert "missing.jsonl" in run.problem
    assert "not yours" not in run.problem


def test_the_sample_is_indexed_by_one_button_and_its_steps_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sample_path().exists():
        pytest.skip("the sample archive is not there")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("DATELINE_PAGE_INGEST", "always")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert page.header[0].value == "There is no archive here yet"
    assert f"dateline ingest FOLDER --archive {tmp_path / 'archive'}" in page.code[0].value
    page.button[0].click().run()
    assert not page.exception
    run = server_runs().last
    assert run is not None
    run.wait(120)
    assert run.outcome == "The ingest is done."
    assert any(line.startswith("reading") for line in run.progress)
    assert "96 records: 96 new" in run.report
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.count() == 96
    page.run()
    assert page.chat_input[0].placeholder == "Ask the archive"
    server_runs().forget()
