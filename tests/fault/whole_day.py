"""Uses all of Dateline on an archive, then holds it open; `test_telemetry.py` runs this cut off.

python -m tests.fault.whole_day ARCHIVE SECONDS
"""

import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from ingest.sample import sample_path
from rag import Archive
from tests.ui.page_server import serving

QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"


def main(archive: Path, seconds: float) -> None:
    ingest = [sys.executable, "-m", "ingest", str(sample_path()), "--archive", str(archive)]
    subprocess.run(ingest, check=True)
    # All interfaces are served, because Streamlit then wants the address of the machine.
    with Archive.open(archive) as opened, serving(archive, host="0.0.0.0") as (_, port):
        assert opened.ask(QUESTION).status == "answered"
        assert opened.as_query_engine().query(QUESTION).source_nodes
        visit(port)
        Event().wait(seconds)


def visit(port: int) -> None:
    """Let the page run once, after a visit from an origin that it does not know."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin="http://elsewhere.example")
    with connect(address, subprotocols=["streamlit"], max_size=None) as page:
        rerun = BackMsg()
        rerun.rerun_script.query_string = ""
        page.send(rerun.SerializeToString())
        for data in page:
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            if message.WhichOneof("type") == "script_finished":
                return


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
