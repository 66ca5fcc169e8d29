import os
import signal
import socket
import urllib.request
from pathlib import Path

import pytest
from streamlit.web import skills

from tests.ui.page_server import serving
from ui.page.streamlit_server import offer_no_skills


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
