"""Count what becomes of records while a run goes on, and remember it with the marks of files."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ingest.decisions import Outcome, Recount
from ingest.found import Note, Reason, Skip

# A file's mark remembers so many different skips and notes, and of the others their number.
_REMEMBERED = 1000


@dataclass(slots=True)
class Tally:
    """Counts while a run goes on; also what one file gave, to be kept with the file's mark.

    Skips and notes that an input gives alike are one, with a count.
    """

    records: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    _skips: dict[tuple[str, ...], Skip] = field(default_factory=dict)
    _notes: dict[tuple[str, ...], Note] = field(default_factory=dict)

    @property
    def skips(self) -> list[Skip]:
        """What was skipped."""
        return list(self._skips.values())

    @property
    def notes(self) -> list[Note]:
        """What is to be said of records that were not skipped."""
        return list(self._notes.values())

    def count(self, outcome: Outcome) -> None:
        """Count a record."""
        self.records += 1
        self.outcomes[outcome] += 1

    def skip(self, skip: Skip) -> None:
        """Count a record, or a whole file, that was skipped."""
        self.records += skip.count
        _gather(self._skips, (skip.reason, skip.detail, skip.path), skip)

    def note(self, note: Note) -> None:
        """Keep a note."""
        _gather(self._notes, (note.detail, note.path), note)

    def recount(self, recounts: Mapping[Recount, int]) -> None:
        """Count records that were counted before as what they are now."""
        for recount, count in recounts.items():
            self.outcomes[recount.was] -= count
            self.outcomes[recount.now] += count
        for outcome in Outcome:
            if self.outcomes[outcome] < 0:
                self._make_up(-self.outcomes.pop(outcome))

    def _make_up(self, missing: int) -> None:
        """Take so many records from other outcomes.

        A file that was not read again counts as repeated what another file gave as well, and which
        is in it alone now. The counts of one file do not know how its later records changed them.
        """
        for outcome in (Outcome.REPEATED, Outcome.UPDATED, Outcome.EARLIER, *Outcome):
            taken = min(missing, max(self.outcomes[outcome], 0))
            self.outcomes[outcome] -= taken
            missing -= taken

    def add(self, other: "Tally") -> None:
        """Count all that another has counted."""
        self.records += other.records - sum(skip.count for skip in other.skips)
        self.outcomes.update(other.outcomes)
        for skip in other.skips:
            self.skip(skip)
        for note in other.notes:
            self.note(note)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values, to be read by `from_dict`."""
        return {
            "records": self.records,
            "outcomes": {outcome.value: count for outcome, count in self.outcomes.items()},
            "skips": [
                [skip.reason, skip.detail, skip.path, skip.line, skip.count]
                for skip in _remembered_skips(self.skips)
            ],
            "notes": [
                [note.detail, note.path, note.line, note.count]
                for note in _remembered_notes(self.notes)
            ],
        }

    @classmethod
    def unread(cls, gave: Mapping[str, Any]) -> "Tally":
        """Return the counts of a file that was read before and has not changed since."""
        outcomes = Counter({Outcome(name): count for name, count in gave["outcomes"].items()})
        for outcome in (Outcome.NEW, Outcome.UPDATED):
            outcomes[Outcome.UNCHANGED] += outcomes.pop(outcome, 0)
        tally = cls(records=outcomes.total(), outcomes=+outcomes)
        # A mark of an earlier version has no counts.
        for reason, detail, path, line, *count in gave["skips"]:
            tally.skip(
                Skip(reason=Reason(reason), detail=detail, path=path, line=line, count=_one(count))
            )
        for detail, path, line, *count in gave["notes"]:
            tally.note(Note(detail=detail, path=path, line=line, count=_one(count)))
        return tally


def _one(count: list[int]) -> int:
    return count[0] if count else 1


_Told = TypeVar("_Told", Skip, Note)


def _gather(told: dict[tuple[str, ...], _Told], key: tuple[str, ...], one: _Told) -> None:
    """Add to what was told, with what was told alike of the same input."""
    known = told.get(key)
    if known is not None:
        lines = [line for line in (known.line, one.line) if line is not None]
        one = replace(known, count=known.count + one.count, line=min(lines, default=None))
    told[key] = one


def _remembered_skips(skips: list[Skip]) -> list[Skip]:
    """Return the first skips; of the others, for each reason, how many there are."""
    others: dict[Reason, Skip] = {}
    for skip in skips[_REMEMBERED:]:
        count = skip.count + (others[skip.reason].count if skip.reason in others else 0)
        others[skip.reason] = replace(skip, detail=_OTHERS, count=count, line=None)
    return [*skips[:_REMEMBERED], *others.values()]


def _remembered_notes(notes: list[Note]) -> list[Note]:
    others = notes[_REMEMBERED:]
    count = sum(note.count for note in others)
    rest = [replace(others[0], detail=_OTHERS, count=count, line=None)] if others else []
    return [*notes[:_REMEMBERED], *rest]


_OTHERS = "others, which were listed when it was read"
