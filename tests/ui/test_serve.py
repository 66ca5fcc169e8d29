import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.web import skills

from ui.streamlit_server import offer_no_skills

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def serving(
    archive: Path, *, host: str = "127.0.0.1", **settings: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give the `dateline chat` process that listens, in a process group of its own."""
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--host", host, "--archive", str(archive)],
        cwd=ROOT,
        env=os.environ | settings,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            assert any("URL:" in line for line in lines), "the page does not come up"
            yield process, port
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_ctrl_c_ends_the_chat_as_a_success(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as reply:
            assert reply.status == 200
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_the_page_offers_no_skills_for_coding_agents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skills, "nudge_suppression_reason", lambda *_: "")
    offer_no_skills()
    assert skills.nudge_suppression_reason() == "dismissed"


def test_stopping_the_command_stops_the_server_too(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
