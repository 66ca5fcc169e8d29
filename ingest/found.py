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
    """Something that could not be ingested, where it is, and what to do about it.

    `count` records of one input were skipped for the same reason; `line` is that of the first.
    `article_id` is the id of a record that lacks only its text: what it gave before stays. It is
    empty if the record has no id without its text. `hides` says that it is a folder or a source:
    what is below it is not known.
    """

    reason: Reason
    detail: str
    path: str
    line: int | None = None
    count: int = 1
    article_id: str = ""
    hides: bool = False

    def __str__(self) -> str:
        detail = f"{self.reason}: {self.detail}"
        return f"{place(self.path, self.line)}: {detail}{times(self.count)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was ingested, but not as the file has it; listed, never silent.

    It is true of `count` records of one input; `line` is that of the first.
    """

    detail: str
    path: str
    line: int | None = None
    count: int = 1

    def __str__(self) -> str:
        return f"{place(self.path, self.line)}: {self.detail}{times(self.count)}"


class Passed(StrEnum):
    """What is not looked into, as no article of an outlet is in it; the report counts these."""

    ARCHIVE = "Dateline archive"
    VERSION_CONTROL = "version control folder"
    ENVIRONMENT = "Python environment"
    CACHE = "cache"
    BUILD = "build folder"
    HIDDEN = "hidden file or folder"
    LINK = "link to a folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A file or folder that was not looked into, and what it is."""

    kind: Passed
    path: str


def place(path: str, line: int | None) -> str:
    """Return `path` or `path:line`."""
    return path if line is None else f"{path}:{line}"


def times(count: int) -> str:
    """Return how often something occurred, if it did so more than once, to be put at an end."""
    return f" ({count:,} times, here first)" if count > 1 else ""
