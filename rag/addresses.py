"""Tells the addresses of servers from directories, and what their addresses and keys may hold."""

import os
import re

# Scheme, host, port and path. A user, a password or a query would show in messages.
_ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[\w./~-]*)?")
_KEY = re.compile(r"[!-~]+")
# A scheme of one letter would be a drive of Windows.
_SCHEME = re.compile(r"(https?(?=:)|[a-z][a-z0-9+.-]+(?=:/)):", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^/\s]+):[0-9]{1,5}(/.*)?")
_VARIABLE = re.compile(r"\$(\w+|\{\w+\})")
_USER = re.compile(r"[^/\s]*@")
_EXAMPLE = "http://localhost:6333"


def read_location(text: str) -> str:
    """Return where an archive is, as the stores take it: a directory, or the address of a server.

    A `~` at the start is the home folder, whoever has left it there: a shell does not replace it in
    `--archive=~/news`, and a file of settings is read by no shell.

    Raises:
        ValueError: it could be a mistyped address or path, from which a directory would be made;
            the message says what to write instead, and shows no password.
    """
    location = text.strip()
    if not location:
        raise ValueError("it is empty; name a folder or the URL of a server")
    scheme = _SCHEME.match(location)
    if scheme and scheme[1].lower() in {"http", "https"}:
        rest = location[scheme.end() :]
        if not rest.startswith("//") or rest.startswith("///"):
            raise ValueError(f"the address of a server is written like {_EXAMPLE}")
        return f"{scheme[1].lower()}:{rest}"
    if scheme:
        raise ValueError(
            f"the address of a server begins with http:// or https://, as in {_EXAMPLE}, and a "
            "folder is named by its path alone, as in /srv/archive"
        )
    if _HOST_AND_PORT.fullmatch(location):
        if "@" in location:
            raise ValueError(
                f"the address of a server is written like {_EXAMPLE}, without a user or a password"
            )
        raise ValueError(
            f"for a server write http://{location}, and for a folder of this name ./{location}"
        )
    if _VARIABLE.match(location):
        raise ValueError("no shell has replaced the variable in it; write the path in full")
    if len(location) > 1 and location[0] == location[-1] and location[0] in "\"'":
        raise ValueError("write it without the quotation marks, which no shell has removed")
    folder = home_expanded(location)
    if folder.startswith("~"):
        raise ValueError(
            f"no home folder is known for it; write the path in full, or ./{location} for a folder "
            "of this name"
        )
    return folder


def home_expanded(path: str) -> str:
    """Return a path in which a `~` at the start is the home folder, if that is known."""
    return os.path.expanduser(path)  # noqa: PTH111  `Path` would write "./news" as "news"


def without_user(text: str) -> str:
    """Return a text in which what may be a user and a password of an address is not shown."""
    return _USER.sub("…@", text)


def is_server(location: str) -> bool:
    """Say whether a location is the address of a server, and not a directory."""
    return location.lower().startswith(("http://", "https://"))


def is_plain_address(url: str) -> bool:
    """Say whether an address has only parts that may be shown: scheme, host, port and path."""
    return _ADDRESS.fullmatch(url) is not None


def is_key(key: str) -> bool:
    """Say whether a key can be sent in a header."""
    return _KEY.fullmatch(key) is not None
