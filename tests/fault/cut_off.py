"""Runs a command without a network and prints the host names that it looked up, as JSON.

    unshare -rnm python -m tests.fault.cut_off COMMAND...

`unshare` gives it a network with nothing in it and mounts of its own. So the only name server that
anything can find is the one here, which knows no name and remembers what it was asked. Something
that connects to a number instead of a name is not seen, but it does not get out either.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

_CONTROL = "control.invalid"
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_HEADER, _NO_SUCH_NAME = 12, b"\x81\x83"


def main() -> None:
    asked: list[str] = []
    with tempfile.TemporaryDirectory() as folder, _name_server() as server:
        Thread(target=_answer, args=(server, asked), daemon=True).start()
        _mount(Path(folder) / "resolv.conf", "nameserver 127.0.0.1\n", over="/etc/resolv.conf")
        _mount(Path(folder) / "nsswitch.conf", "hosts: files dns\n", over="/etc/nsswitch.conf")
        subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr)
        # A look-up of ours shows that look-ups are seen.
        lookup = "import socket, sys; socket.getaddrinfo(sys.argv[1], 80)"
        subprocess.run([sys.executable, "-c", lookup, _CONTROL], capture_output=True)
    assert _CONTROL in asked
    print(json.dumps(sorted({name for name in asked if not name.startswith(_CONTROL)})))


def _name_server() -> socket.socket:
    """Return a socket on the port of name servers, after bringing up the loopback interface."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    fcntl.ioctl(server, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP))
    server.bind(("127.0.0.1", 53))
    return server


def _answer(server: socket.socket, asked: list[str]) -> None:
    """Say of every name that there is none, and remember it."""
    while True:
        request, asker = server.recvfrom(512)
        asked.append(_name(request))
        counts = request[4:6] + bytes(6)
        server.sendto(request[:2] + _NO_SUCH_NAME + counts + request[_HEADER:], asker)


def _name(request: bytes) -> str:
    labels, place = [], _HEADER
    while length := request[place]:
        labels.append(request[place + 1 : place + 1 + length].decode())
        place += 1 + length
    return ".".join(labels)


def _mount(file: Path, text: str, *, over: str) -> None:
    file.write_text(text)
    if Path(over).exists():
        subprocess.run(["mount", "--bind", str(file), over], check=True)


if __name__ == "__main__":
    main()
