"""Report what a run did, in counts that add up: outcomes and skips together are `records`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.decisions import Outcome, Recount
from ingest.found import Note, Reason, Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did to an archive, and what the archive holds now.

    `files` were found, `unread` of them not read again as they had not changed; `records` are what
    all of them give. `copies` of the articles stand in `clusters` beside their originals.
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
    seconds: Mapping[str, float] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def indexed(self) -> int:
        """Articles written in this run."""
        return self.outcomes.get(Outcome.NEW, 0) + self.outcomes.get(Outcome.UPDATED, 0)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        by_reason = Counter(str(skip.reason) for skip in self.skipped)
        counted = (
            "files unread records removed embedded embedded_sentences articles passages copies "
            "clusters"
        )
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
                }
                for skip in self.skipped
            ],
            "notes": [str(note) for note in self.notes],
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "dry_run": self.dry_run,
        }


@dataclass(slots=True)
class Tally:
    """Counts while a run goes on; also what one file gave, to be kept with the file's mark."""

    records: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skips: list[Skip] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Count a record."""
        self.records += 1
        self.outcomes[outcome] += 1

    def skip(self, skip: Skip) -> None:
        """Count a record, or a whole file, that was skipped."""
        self.records += 1
        self.skips.append(skip)

    def recount(self, recounts: Mapping[Recount, int]) -> None:
        """Count records that were counted before as what they are now."""
        for recount, count in recounts.items():
            self.outcomes[recount.was] -= count
            self.outcomes[recount.now] += count

    def add(self, other: "Tally") -> None:
        """Count all that another has counted."""
        self.records += other.records
        self.outcomes.update(other.outcomes)
        self.skips += other.skips
        self.notes += other.notes

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values, to be read by `from_dict`."""
        return {
            "records": self.records,
            "outcomes": {outcome.value: count for outcome, count in self.outcomes.items()},
            "skips": [[skip.reason, skip.detail, skip.path, skip.line] for skip in self.skips],
            "notes": [[note.detail, note.path, note.line] for note in self.notes],
        }

    @classmethod
    def unread(cls, gave: Mapping[str, Any]) -> "Tally":
        """Return the counts of a file that was read before and has not changed since."""
        outcomes = Counter({Outcome(name): count for name, count in gave["outcomes"].items()})
        for outcome in (Outcome.NEW, Outcome.UPDATED):
            outcomes[Outcome.UNCHANGED] += outcomes.pop(outcome, 0)
        return cls(
            records=gave["records"],
            outcomes=+outcomes,
            skips=[
                Skip(reason=Reason(reason), detail=detail, path=path, line=line)
                for reason, detail, path, line in gave["skips"]
            ],
            notes=[
                Note(detail=detail, path=path, line=line) for detail, path, line in gave["notes"]
            ],
        )


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
        f"{report.records:,} records: {counts}, {len(report.skipped):,} skipped",
    ]
    if report.removed:
        lines.append(
            f"{report.removed:,} articles were removed, because no input contains them any more"
        )
    if report.dry_run:
        lines.append("nothing was written, because this was a dry run")
    else:
        lines.append(
            f"the archive holds {report.articles:,} articles in {report.passages:,} passages; "
            f"{report.copies:,} articles are copies of another ({report.clusters:,} stories)"
        )
    lines += [f"skipped {skip}" for skip in report.skipped]
    lines += [f"note {note}" for note in report.notes]
    return "\n".join(lines)
