"""Define what reading a file gives: records that may become articles, and skips with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was not ingested; the report counts by these."""

    EMPTY = "empty"
    NOT_TEXT = "not text"
    BROKEN = "broken"
    NO_TEXT = "no text"
    UNPUBLISHED = "not published"
    ENCODING = "wrong encoding"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    STUCK = "stuck or crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record as its file gives it: fields named as in the article JSON Lines, unchecked.

    `path` is the name of its input, a file or a member of a container. `line` is its line or its
    place in it, None where the input is the record; then the next reading replaces what it gave
    before. `notes` say what its reader had to guess.
    """

    fields: Mapping[str, object]
    path: str
    line: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Something that could not be ingested, where it is, and what to do about it."""

    reason: Reason
    detail: str
    path: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{place(self.path, self.line)}: {self.reason}: {self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was ingested, but not as the file has it; listed, never silent."""

    detail: str
    path: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{place(self.path, self.line)}: {self.detail}"


def place(path: str, line: int | None) -> str:
    """Return `path` or `path:line`."""
    return path if line is None else f"{path}:{line}"
