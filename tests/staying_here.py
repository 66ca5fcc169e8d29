"""Lets no test reach another machine: Dateline works on a laptop that is offline.

Python tells an audit hook of each connection before it is made, whichever library makes it. A hook
cannot be removed, so it is there once for each process of a test run; processes that a test starts
have none.
"""

import ipaddress
import socket
import sys
from typing import Any

# Names that tests look up because they cannot exist (RFC 6761).
_NEVER_THERE = (".invalid", ".test", ".example")


class LeavesThisMachine(RuntimeError):
    """A test connects to another machine."""


def stay_here() -> None:
    """Forbid connections to other machines, and to look up their names, from now on."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        connection, address = arguments
        if connection.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise LeavesThisMachine(f"a test connects to {address[0]}")
    elif event == "socket.getaddrinfo" and not (_address(arguments[0]) or _is_here(arguments[0])):
        raise LeavesThisMachine(f"a test looks up {arguments[0]}")


def _is_here(host: str | bytes | None) -> bool:
    """Say whether a host is this machine, or a name that no machine has."""
    if address := _address(host):
        return address.is_loopback or address.is_unspecified
    name = _name(host)
    return name in ("", "localhost", socket.gethostname()) or name.endswith(_NEVER_THERE)


def _address(host: str | bytes | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that a host is, for which nobody is asked; None if it is a name."""
    try:
        return ipaddress.ip_address(_name(host))
    except ValueError:
        return None


def _name(host: str | bytes | None) -> str:
    return host.decode() if isinstance(host, bytes) else host or ""
