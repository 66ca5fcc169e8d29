"""Report what a run did, in counts that add up: outcomes and skips together are `records`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from ingest.decisions import Outcome, Recount
from ingest.found import Note, PassedOver, Reason, Skip, place
from ingest.removal import Removal
from rag.store.model import Hidden

# A file's mark remembers so many different skips and notes, and of the others their number.
_REMEMBERED = 1000
# What is true of more inputs than this is one line for people.
_LISTED_ALONE = 3
# So many of the articles that were removed are listed for people.
_REMOVED_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did to an archive, and what the archive holds now.

    `files` were found, `unread` of them not read again as they had not changed; `records` are what
    all of them give. `removed` articles are in no input any more; `removal` are those of them that
    `--delete-missing` found. `passed` was not looked into. `copies` of the articles stand in
    `clusters` beside their originals, and some are `hidden`.
    """

    files: int
    unread: int
    records: int
    outcomes: Mapping[Outcome, int]
    removed: int
    embedded: int
    embedded_sentences: int
    skipped: tuple[Skip, ...]
    notes: tuple[Note, ...]
    articles: int
    passages: int
    copies: int
    clusters: int
    hidden: Hidden = field(default_factory=Hidden)
    removal: Removal = field(default_factory=Removal)
    passed: tuple[PassedOver, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def indexed(self) -> int:
        """Articles written in this run."""
        return self.outcomes.get(Outcome.NEW, 0) + self.outcomes.get(Outcome.UPDATED, 0)

    @property
    def skips(self) -> int:
        """How many records and inputs were skipped."""
        return sum(skip.count for skip in self.skipped)

    @property
    def taken(self) -> int:
        """How many records were not skipped."""
        return self.records - self.skips

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        counted = (
            "files unread records removed embedded embedded_sentences articles passages copies "
            "clusters"
        )
        by_reason: Counter[str] = Counter()
        for skip in self.skipped:
            by_reason[str(skip.reason)] += skip.count
        return {
            **{name: getattr(self, name) for name in counted.split()},
            **{outcome.value: self.outcomes.get(outcome, 0) for outcome in Outcome},
            "indexed": self.indexed,
            "skipped": dict(sorted(by_reason.items())),
            "skips": [
                {
                    "path": skip.path,
                    "line": skip.line,
                    "reason": str(skip.reason),
                    "detail": skip.detail,
                    "count": skip.count,
                }
                for skip in self.skipped
            ],
            "notes": [str(note) for note in self.notes],
            "passed_over": [{"path": one.path, "kind": str(one.kind)} for one in self.passed],
            "hidden": asdict(self.hidden),
            "removal": asdict(self.removal),
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "dry_run": self.dry_run,
        }


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
            was = recount.was if self.outcomes[recount.was] > 0 else Outcome.REPEATED
            self.outcomes[was] -= count
            self.outcomes[recount.now] += count

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


def describe(report: Report) -> str:
    """Return the report as the lines a person reads, each skip and note with its place."""
    counts = ", ".join(
        f"{report.outcomes.get(outcome, 0):,} {outcome}"
        for outcome in Outcome
        if report.outcomes.get(outcome) or outcome in (Outcome.NEW, Outcome.UNCHANGED)
    )
    unread = f", {report.unread:,} of them unchanged and not read again" if report.unread else ""
    lines = [
        f"{report.files:,} file{'' if report.files == 1 else 's'}{unread}",
        f"{report.records:,} records: {counts}, {report.skips:,} skipped",
    ]
    if report.passed:
        lines.append(f"not looked into: {_passed(report.passed)}")
    lines += _removed(report)
    if report.dry_run:
        lines.append("nothing was written, because this was a dry run")
    else:
        lines.append(
            f"the archive holds {report.articles:,} articles in {report.passages:,} passages; "
            f"{report.copies:,} articles are copies of another ({report.clusters:,} stories)"
        )
    if hidden := report.hidden.in_words(report.articles):
        lines.append(hidden)
    lines += [f"skipped {line}" for line in _told(report.skipped)]
    lines += [f"note {line}" for line in _told(report.notes)]
    return "\n".join(lines)


def _passed(passed: Iterable[PassedOver]) -> str:
    """Return how many of each kind were passed over, and which archives."""
    kinds: dict[str, list[str]] = {}
    for one in passed:
        kinds.setdefault(str(one.kind), []).append(one.path)
    return ", ".join(
        f"{len(paths):,} × {kind} ({paths[0]}{', ...' if len(paths) > 1 else ''})"
        for kind, paths in sorted(kinds.items())
    )


def _removed(report: Report) -> list[str]:
    """Return what was removed, or would be, and what has to be confirmed before it is."""
    removal = report.removal
    listed = [f"  {article}" for article in removal.articles[:_REMOVED_LISTED]]
    if more := len(removal.articles) - len(listed):
        listed.append(f"  and {more:,} more; --json lists all")
    if removal.refused:
        count = len(removal.articles)
        would = "" if report.dry_run else "; nothing was removed"
        first = f"{count:,} articles are in no input any more: {'; '.join(removal.warnings)}{would}"
        todo = f"if they are to go, run it again with --delete-missing --confirm-removal {count}"
        return [first, *listed, todo]
    if not report.removed:
        return []
    did = "would be" if report.dry_run else "were"
    why = "because no input contains them any more"
    return [f"{report.removed:,} articles {did} removed, {why}", *listed]


def _told(told: Iterable[Skip] | Iterable[Note]) -> list[str]:
    """Return a line for each skip or note, and one for what is true of many inputs."""
    groups: dict[tuple[str, str], list[Skip | Note]] = {}
    for one in told:
        kind = str(one.reason) if isinstance(one, Skip) else ""
        groups.setdefault((kind, one.detail), []).append(one)
    lines: list[str] = []
    for (kind, detail), alike in groups.items():
        if len(alike) <= _LISTED_ALONE:
            lines += map(str, alike)
            continue
        what = f"{kind}: {detail}" if kind else detail
        count = sum(one.count for one in alike)
        first = place(alike[0].path, alike[0].line)
        lines.append(f"{first}: {what} ({count:,} times in {len(alike):,} inputs, here first)")
    return lines
