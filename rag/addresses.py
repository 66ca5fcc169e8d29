"""Tells the addresses of servers from directories, and what their addresses and keys may hold."""

import re

# Scheme, host, port and path. A user, a password or a query would show in messages.
_ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[\w./~-]*)?")
_KEY = re.compile(r"[!-~]+")


def is_server(location: str) -> bool:
    """Say whether a location is the address of a server, and not a directory."""
    return location.startswith(("http://", "https://"))


def is_plain_address(url: str) -> bool:
    """Say whether an address has only parts that may be shown: scheme, host, port and path."""
    return _ADDRESS.fullmatch(url) is not None


def is_key(key: str) -> bool:
    """Say whether a key can be sent in a header."""
    return _KEY.fullmatch(key) is not None
