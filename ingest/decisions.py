"""Define what can become of a record; `history` decides it and `intake` carries it out.

new         no article of its id, or its outlet had withdrawn an older version
updated     newer than what is stored, which becomes a version of it
unchanged   what is stored
repeated    what another record of this run gave
earlier     older than the article: a version of it
withdrawn   its outlet took it back, or took back this or a newer version before
"""

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
    """Where a record stands: the name of its input, and its number among those of its file."""

    path: str
    number: int


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
    withdrawn: bool = False
    unlike: bool = False

    @property
    def place(self) -> RecordPlace:
        """Where it stands."""
        return RecordPlace(self.path, self.number)


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
