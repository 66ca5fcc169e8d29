"""Define what can become of a record; `history` decides it and `intake` carries it out.

new         no article of its id, or its outlet had withdrawn an older version
updated     newer than what is stored, which becomes a version of it
unchanged   what is stored
repeated    what another record of this run gave
earlier     older than the article: a version of it
withdrawn   its outlet took it back, or took back this or a newer version before
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"


class Recount(NamedTuple):
    """That an earlier record of the run, counted as one outcome, is another now."""

    was: Outcome
    now: Outcome


class RecordPlace(NamedTuple):
    """Where a record stands: the name of its input, and its number among those of its file.

    `order` orders inputs, by their names alone if it is empty.
    """

    path: str
    number: int
    order: str = ""

    @property
    def comes(self) -> tuple[str, int]:
        """What it is ordered by among places."""
        return self.order or name_order(self.path), self.number


def name_order(path: str) -> str:
    """Return a text that orders the names of inputs as people do: "part-9" before "part-10".

    A name comes before what goes on: "story.json" before "story-corrected.json".
    """
    numbered = _NUMBER.sub(lambda found: found[0].lstrip("0").zfill(_DIGITS), path)
    folder, _, name = numbered.rpartition("/")
    stem, _, rest = name.partition(".")
    return "\0".join((folder.replace("/", "\1"), stem, rest, path))


_NUMBER = re.compile("[0-9]+")
_DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What decides about a record: whose it is, which version, with what content, from where.

    It is `unlike` if it has nothing in common with what its input gave under its id before.
    """

    id: str
    rank: str
    content_hash: str
    path: str
    number: int = 0
    order: str = ""
    withdrawn: bool = False
    unlike: bool = False

    @property
    def place(self) -> RecordPlace:
        """Where it stands."""
        return RecordPlace(self.path, self.number, self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome; whether the record is to be written, or kept as a version, or one is beside it.

    `forget_versions` says that versions which are stored were withdrawn. Where it is `unsettled`,
    something is left to be done when all is read.
    """

    outcome: Outcome
    write: bool = False
    keep_version: bool = False
    recounts: tuple[Recount, ...] = ()
    forget_versions: bool = False
    unsettled: bool = False
