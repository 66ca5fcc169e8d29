"""Report what a run did, in counts that add up: outcomes and skips together are `records`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ingest.decisions import Outcome
from ingest.found import Note, PassedOver, Skip
from ingest.removal import Removal
from ingest.told import told
from rag.store.model import Hidden

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
    return "\n".join([*lines, *told(report.skipped, report.notes)])


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
        return [first, *listed, todo, *_replaced(report)]
    return [*_replaced(report), *listed]


def _replaced(report: Report) -> list[str]:
    if not report.removed or (report.dry_run and report.removal.refused):
        return []
    did = "would be" if report.dry_run else "were"
    return [f"{report.removed:,} articles {did} removed, because no input contains them any more"]
