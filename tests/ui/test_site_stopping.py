"""Tests that a server that is told to stop still answers what it was asked, and then closes."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.ui.page_server import answering, free_port, listens, wait_until

QUESTION = {"question": "When did the ceasefire take effect?"}


@contextmanager
def site(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [sys.executable, "-m", "tests.ui.stopped_site", str(port), str(folder)]
    with answering(command, port) as process:
        yield process, port


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_question_under_way_is_answered_before_the_archive_closes(
    tmp_path: Path, how: signal.Signals
) -> None:
    with site(tmp_path) as (process, port), ThreadPoolExecutor(1) as pool:
        address = f"http://127.0.0.1:{port}/v1/ask"
        asked = pool.submit(httpx.post, address, json=QUESTION, timeout=60)
        wait_until((tmp_path / "asked").exists)
        assert list((tmp_path / "archive" / "views").iterdir())
        process.send_signal(how)
        wait_until(lambda: not listens(port))  # nobody new is let in
        assert process.poll() is None
        (tmp_path / "may-answer").touch()
        reply = asked.result(60)
        assert (reply.status_code, reply.json()["status"]) == (200, "answered")
        assert process.wait(60) == 0
    assert (tmp_path / "closed").read_text() == "True"
    assert not list((tmp_path / "archive" / "views").iterdir())  # the generation was released


def test_the_address_is_printed_once_it_is_reached(tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said"
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-page", "--port", str(port)]
    command += ["--archive", str(tmp_path / "holm")]
    with said.open("w") as err, subprocess.Popen(command, stderr=err) as process:
        try:
            wait_until(lambda: "is served at" in said.read_text())
            assert httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    first, second = said.read_text().splitlines()[:2]
    assert first == f"dateline: {tmp_path / 'holm'} is served at http://127.0.0.1:{port}"
    assert second.startswith(f"dateline: there is no archive in {tmp_path / 'holm'} yet")


def test_a_server_at_rest_ends_at_once_as_a_success(tmp_path: Path) -> None:
    with site(tmp_path) as (process, port):
        assert httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
