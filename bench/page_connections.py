"""Asks the page as a browser does, over its WebSocket, and draws nothing.

Whoever asks has a machine of their own. A browser takes as much of a processor as an answer does,
so eight of them on the machine of the server would measure themselves.
"""

import time
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_PATIENCE_SECONDS = 300
_ANSWER = "dateline_answer"


class Connection:
    """One session with the page."""

    def __init__(self, address: str) -> None:
        self._socket: ClientConnection = connect(
            f"ws{address.removeprefix('http')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a str with another name
            max_size=None,
            proxy=None,
        )
        self._field = ""
        self._answers: set[str] = set()  # those before are sent again with each run
        self._send(BackMsg())
        self._receive_end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, question: str) -> float:
        """Return the seconds until the answer to a question has come."""
        start = time.perf_counter()
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add(id=self._field)
        state.chat_input_value.data = question
        self._send(message)
        self._receive_answer()
        taken = time.perf_counter() - start
        self._receive_end()
        return taken

    def _send(self, message: BackMsg) -> None:
        message.rerun_script.SetInParent()  # it asks for a run, if only with nothing in it
        self._socket.send(message.SerializeToString())

    def _receive_answer(self) -> None:
        while True:
            component = self._receive().delta.new_element.bidi_component
            if component.component_name.endswith(_ANSWER) and component.id not in self._answers:
                self._answers.add(component.id)
                return

    def _receive_end(self) -> None:
        while self._receive().WhichOneof("type") != "script_finished":
            pass

    def _receive(self) -> ForwardMsg:
        received = self._socket.recv(_PATIENCE_SECONDS)
        assert isinstance(received, bytes)
        message = ForwardMsg()
        message.ParseFromString(received)
        self._field = message.delta.new_element.chat_input.id or self._field
        return message
