"""`dateline chat`: serve the chat page with Streamlit until it is stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from rag.settings import Settings

PAGE = Path(__file__).parent / "page" / "app.py"
_STOP_SECONDS = 10


def serve_chat(
    settings: Settings, *, port: int, host: str = "127.0.0.1", open_browser: bool
) -> int:
    """Serve the page over the configured archive; return the exit status, 0 after Ctrl-C."""
    environment = os.environ | {"DATELINE_ARCHIVE": settings.archive}
    command = _command(host=host, port=port, open_browser=open_browser)
    with subprocess.Popen(command, env=environment) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return _status(server.wait())
        except KeyboardInterrupt:
            # The terminal sent it to the server as well, which is ending by itself.
            return _stopped(server)


def _command(*, host: str, port: int, open_browser: bool) -> list[str]:
    """Return the Streamlit command; flags, for an installed package has no config file."""
    flags = {
        "server.address": host,
        "server.port": port,
        "server.headless": not open_browser,
        "server.showEmailPrompt": False,
        **page_options(),
    }
    # With -P, a folder `ui` or `rag` in the working directory does not take the place of ours.
    streamlit = [sys.executable, "-P", "-m", "ui.page.streamlit_server", "run", str(PAGE)]
    return streamlit + [f"--{name}={_flag(value)}" for name, value in flags.items()]


def _flag(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def page_options() -> dict[str, str | bool]:
    """Return the options of Streamlit that belong to the page, wherever it is served."""
    return {
        "server.fileWatcherType": "none",
        "client.toolbarMode": "minimal",
        "client.showErrorLinks": False,
        # A callback is not inside the boundary of the page, and shows no traceback either.
        "client.showErrorDetails": "none",
        "theme.light.primaryColor": "#1f5a96",
        "theme.light.linkColor": "#1f5a96",
        "theme.dark.primaryColor": "#2f74ba",
        "theme.dark.linkColor": "#8ab8ea",
    }


def _stopped(server: subprocess.Popen[bytes]) -> int:
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
    return 0


def _status(code: int) -> int:
    """Return 0 for a server that was asked to end, else what it returned."""
    return 0 if code in (-signal.SIGINT, -signal.SIGTERM) else code
