"""Tests who may add articles on the page, and the ingests that it runs."""

import io
import json
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from rag.archive import Archive
from rag.settings import load_settings
from ui.page.dropped_files import folder_for, keep_files
from ui.page.ingest_panel import may_ingest, may_ingest_here
from ui.page.ingest_run import IngestRun, Runs

RECORD = {"id": "a", "title": "Fire", "text": "The mill burnt down. Nobody was hurt in the fire."}


@pytest.mark.parametrize(
    ("setting", "address", "may"),
    [
        ("local", "127.0.0.1", True),
        ("local", "localhost", True),
        ("local", "::1", True),
        ("local", "0.0.0.0", False),
        ("local", "192.168.1.5", False),
        ("local", "", False),
        ("local", None, False),
        ("always", "0.0.0.0", True),
        ("never", "127.0.0.1", False),
    ],
)
def test_articles_are_added_by_this_machine_alone_unless_a_setting_says_else(
    setting: str, address: str | None, may: bool
) -> None:
    assert may_ingest(load_settings(page_ingest=setting), address) is may


@pytest.mark.parametrize(
    ("login", "headers", "may"),
    [
        ("none", ["Host", "Accept", "User-Agent"], True),
        ("proxy", ["Host"], False),
        ("oidc", ["Host"], False),
        ("none", ["Host", "X-Forwarded-For"], False),
        ("none", ["x-forwarded-proto"], False),
        ("none", ["X-FORWARDED-EMAIL"], False),
        ("none", ["Forwarded"], False),
        ("none", ["Via"], False),
        ("none", ["X-Real-IP"], False),
    ],
)
def test_nobody_behind_a_proxy_adds_articles(login: str, headers: list[str], may: bool) -> None:
    settings = load_settings(page_login=login)
    assert may_ingest(settings, "127.0.0.1", headers) is may
    assert may_ingest(load_settings(page_login=login, page_ingest="always"), "127.0.0.1", headers)


@pytest.mark.parametrize(
    ("headers", "may"), [({}, True), ({"X-Forwarded-For": "192.0.2.7"}, False)]
)
def test_the_headers_of_the_request_tell_the_page_of_a_proxy(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], may: bool
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": "127.0.0.1"}.get)
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers))
    assert may_ingest_here(load_settings()) is may


def drop(folder: Path, name: str, *records: dict[str, str]) -> Path:
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (kept,) = keep_files([(name, io.BytesIO(lines.encode()))], folder)
    return kept.path


def test_dropped_files_are_ingested_and_another_of_the_name_removes_nothing(tmp_path: Path) -> None:
    location = str(tmp_path / "archive")
    for record in (RECORD, RECORD | {"id": "b", "text": "The bridge is open. Cars may cross it."}):
        path = drop(folder_for(location), "news.jsonl", record)
        run = IngestRun.begin([path], location, names={str(path): "news.jsonl"})
        run.wait(120)
        assert run.outcome == "The ingest is done."
    with Archive.open(location) as archive:
        assert archive.count() == 2


def test_the_report_is_that_of_the_command_without_the_place_of_the_files(tmp_path: Path) -> None:
    location = str(tmp_path / "archive")
    path = drop(folder_for(location), "news.jsonl", RECORD, {"id": "b", "title": "No text"})
    run = IngestRun.begin([path], location, names={str(path): "news.jsonl"})
    run.wait(120)
    assert run.outcome.startswith("The ingest is done, and some of the input was skipped")
    assert "2 records: 1 new, 0 unchanged, 1 skipped" in run.report
    assert "news.jsonl:2" in run.report
    assert str(tmp_path) not in run.report
    assert run.problem == ""


def test_an_ingest_that_is_stopped_says_so_and_one_runs_at_a_time(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    lines = (RECORD | {"id": str(n), "text": f"{RECORD['text']} {n}."} for n in range(20_000))
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    runs = Runs()
    run = runs.begin([source], str(tmp_path / "archive"))
    assert run is not None
    assert runs.begin([source], str(tmp_path / "other")) is None
    waiting = threading.Event()
    while run.is_running and not run.progress:
        waiting.wait(0.05)
    run.stop()
    run.wait(120)
    assert run.outcome.startswith("The ingest was stopped.")
    assert run.problem == ""
    runs.forget()
    assert runs.last is None
