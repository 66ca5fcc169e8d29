"""Six invented archives, of one beat each: what is answered, refused, found and followed.

Each archive is asked by itself, on the day after its last article, through what the package offers
to anyone. The weights of the mixture are fitted on their questions among others; what they give on
an archive that was left out is in `bench/calibration.py`. Nothing else was made on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench import data
from bench.beat_turns import HeldTurn, follow_ups, hold
from bench.judged import Judged, ask, judge
from bench.judged_tables import by_kind, curve, summary
from bench.tables import Table, share
from rag.archive import Archive
from rag.records import Answer
from rag.settings import load_settings

NAMES = ("courts", "startups", "season", "flood", "foreign", "health")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of the values that sources give for one thing, and whether an answer shows it.

    `status` says what the value is: current, superseded, corrected or conflicting.
    """

    status: str
    is_found: bool
    is_found_unrefused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What was measured on one archive."""

    questions: list[Judged]
    turns: list[HeldTurn]
    values: list[Value]


def measure() -> list[Table]:
    """Return the answers by archive, kind and threshold, the differing values, the follow-ups."""
    beats = {name: _measured(name) for name in NAMES}
    every = [judged for beat in beats.values() for judged in beat.questions]
    threshold = load_settings().answer_threshold
    return [
        summary(
            f"Beats, six invented archives: {len(every)} questions, threshold {threshold}",
            {name: beat.questions for name, beat in beats.items()},
            first_column="archive",
        ),
        by_kind(f"Beats by kind of question: {len(every)} questions, threshold {threshold}", every),
        curve(f"Beats, threshold curve: {len(every)} questions", every),
        _differing([value for beat in beats.values() for value in beat.values]),
        follow_ups({name: beat.turns for name, beat in beats.items()}),
    ]


def _measured(name: str) -> Beat:
    location = data.beats_archive(name)
    now = data.day_after(data.read_lines(data.BEATS / f"{name}.jsonl"))
    conversations = [record for _, record in lines_of(name, "conversations")]
    differing = [record for _, record in lines_of(name, "differ")]
    with Archive.open(location) as archive:
        return Beat(
            questions=judge(archive, lines_of(name, "questions"), now=now),
            turns=hold(archive, conversations, now=now),
            values=[v for record in differing for v in _values(archive, record, now=now)],
        )


def lines_of(name: str, kind: str) -> list[tuple[int, data.Record]]:
    """Return the records of one archive, each with its line in the file, from 1."""
    every = data.read_lines(data.BEATS / f"{kind}.jsonl")
    return [(n, record) for n, record in enumerate(every, start=1) if record["archive"] == name]


def _values(archive: Archive, differing: data.Record, *, now: str) -> list[Value]:
    answer, unrefused = ask(archive, differing["question"], now=now)
    return [
        Value(
            status=value["status"],
            is_found=_shows(answer, value["value"]),
            is_found_unrefused=_shows(unrefused, value["value"]),
        )
        for value in differing["values"]
    ]


def _shows(answer: Answer, value: str) -> bool:
    """Say whether one of an answer's quotes, or of those it also found, holds a value."""
    quotes = [citation.quote for citation in (*answer.citations, *answer.also_found)]
    return any(data.holds_any(quote, [value]) for quote in quotes)


def _differing(values: Sequence[Value]) -> Table:
    """Return the share of values that are shown, by what each value is."""
    table = Table(
        title=f"Beats, things of which sources differ: {len(values)} values in the quotes",
        columns=["status", "shown", "shown, nothing refused", "of"],
    )
    statuses = sorted({value.status for value in values})
    groups = {status: [v for v in values if v.status == status] for status in statuses}
    for name, group in {**groups, "all": values}.items():
        table.add(
            name,
            share(value.is_found for value in group),
            share(value.is_found_unrefused for value in group),
            str(len(group)),
        )
    return table
