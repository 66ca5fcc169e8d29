"""The names of a container's members: shown clean and each once, hidden ones left out."""

import stat
from pathlib import Path

from ingest.inputs import path_text

_NAME_CHARACTERS = 500
_KINDS = (
    (stat.S_ISLNK, "a symbolic link; links are not followed, so ingest what it points to"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
)


class Names:
    """Gives every member of a container its name; no two have the same one.

    A name only tells a person where something is: nothing is ever written under it.
    """

    def __init__(self, container: str) -> None:
        self._container = container
        # Hashes, as a million names are a hundred megabytes.
        self._seen: dict[int, int] = {}

    def of(self, member: str) -> str:
        """Return `container!member`, numbered if the container had it before."""
        name = f"{self._container}!{_clean(member)}"
        times = self._seen[hash(name)] = self._seen.get(hash(name), 0) + 1
        if times == 1:
            return name
        path = Path(name)
        return f"{name.removesuffix(path.suffix)} ({times}){path.suffix}"


def is_hidden(member: str) -> bool:
    """Say whether a member is a dotfile, in a dot folder, or a Mac's own leaf."""
    return any(
        part == "__MACOSX" or (part.startswith(".") and part not in (".", ".."))
        for part in _parts(member)
    )


def not_a_file(mode: int) -> str:
    """Return what a member of this file mode is, empty for a file and where it does not say."""
    return next((text for is_kind, text in _KINDS if is_kind(mode)), "")


def _parts(member: str) -> list[str]:
    return member.replace("\\", "/").split("/")


def _clean(member: str) -> str:
    kept = "/".join(part for part in _parts(member) if part not in ("", ".", ".."))
    shown = path_text(Path(kept[-_NAME_CHARACTERS:])) if kept else "unnamed"
    # A name that would turn the line it is printed in around is spelt out.
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)
