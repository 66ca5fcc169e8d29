"""Archives that were invented to measure on, with questions, conversations and differing values.

A folder has the articles of each archive in `NAME.jsonl`, and files of records about all of them,
each of which names its archive: `questions.jsonl`, `conversations.jsonl` and `differ.jsonl`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import data


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of invented archives; tables call it by its name and say what it is."""

    name: str
    what: str
    path: Path
    names: Sequence[str]

    def location(self, name: str) -> str:
        """Return the directory of one of the archives, brought up to date."""
        return data.archive_of(f"{self.path.name}-{name}", self._articles(name))

    def now(self, name: str) -> str:
        """Return the ISO day on which an archive is asked, the one after its last article."""
        return data.day_after(data.read_lines(self._articles(name)))

    def records(self, name: str, kind: str) -> list[tuple[int, data.Record]]:
        """Return the records of one archive, each with its line in the file, from 1."""
        every = enumerate(data.read_lines(self.path / f"{kind}.jsonl"), start=1)
        return [(line, record) for line, record in every if record["archive"] == name]

    def _articles(self, name: str) -> Path:
        return self.path / f"{name}.jsonl"


BEATS = Folder(
    name="Beats",
    what="six invented archives",
    path=data.DATA / "beats",
    names=("courts", "startups", "season", "flood", "foreign", "health"),
)
_DESKS = data.ROOT / "bench" / "desks"
# What is built may be looked at on these.
DESKS = Folder(
    name="Desks",
    what="four invented archives that were looked at",
    path=_DESKS,
    names=("port", "vote", "harvest", "labs"),
)
# What is wrong on these is counted, and not looked at.
CLOSED_DESKS = Folder(
    name="Closed desks",
    what="four invented archives that are not looked at",
    path=_DESKS,
    names=("schools", "grid", "stage", "rails"),
)
# Written later, by other writers. The first four were looked at, the last four are only counted.
WIRES = Folder(
    name="Wires",
    what="eight invented archives, four of which were looked at",
    path=data.ROOT / "bench" / "wires",
    names=("athletics", "banks", "borders", "clinics", "cyber", "flights", "museum", "wildfire"),
)
