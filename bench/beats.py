"""Invented archives, of one beat each: what is answered, refused, found and followed.

Each archive is asked by itself, on the day after its last article, through what the package offers
to anyone. The weights of the mixture are fitted on the questions of `BEATS` among others; what they
give on an archive that was left out is in `bench/calibration.py`. What is wrong on `BEATS` and
`DESKS` has been looked at while the product was built, as on half of `WIRES`, and on `CLOSED_DESKS`
not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench import data
from bench.beat_turns import HeldTurn, follow_ups, hold
from bench.invented import BEATS, CLOSED_DESKS, DESKS, WIRES, Folder
from bench.judged import Judged, ask, judge
from bench.judged_tables import by_kind, curve, summary
from bench.tables import Table, share
from rag.archive import Archive
from rag.records import Answer
from rag.settings import load_settings


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
    """Return what is measured on the archives of `BEATS`."""
    return _tables(BEATS)


def measure_desks() -> list[Table]:
    """Return the same of the archives written for this repository, looked at or not."""
    return [*_tables(DESKS), *_tables(CLOSED_DESKS)]


def measure_wires() -> list[Table]:
    """Return the answers to the questions of `WIRES`, which has no conversations."""
    return _answers(WIRES, {name: _measured(WIRES, name).questions for name in WIRES.names})


def _answers(folder: Folder, judged: Mapping[str, Sequence[Judged]]) -> list[Table]:
    """Return the answers by archive, by kind of question and by threshold."""
    every = [one for some in judged.values() for one in some]
    asked = f"{len(every)} questions"
    at = f"threshold {load_settings().answer_threshold}"
    return [
        summary(f"{folder.name}, {folder.what}: {asked}, {at}", judged, first_column="archive"),
        by_kind(f"{folder.name} by kind of question: {asked}, {at}", every),
        curve(f"{folder.name}, threshold curve: {asked}", every),
    ]


def _tables(folder: Folder) -> list[Table]:
    """Return the answers, the differing values and the follow-ups."""
    beats = {name: _measured(folder, name) for name in folder.names}
    return [
        *_answers(folder, {name: beat.questions for name, beat in beats.items()}),
        _differing(folder, [value for beat in beats.values() for value in beat.values]),
        follow_ups(folder, {name: beat.turns for name, beat in beats.items()}),
    ]


def _measured(folder: Folder, name: str) -> Beat:
    now = folder.now(name)
    conversations = [record for _, record in folder.records(name, "conversations")]
    differing = [record for _, record in folder.records(name, "differ")]
    with Archive.open(folder.location(name)) as archive:
        return Beat(
            questions=judge(archive, folder.records(name, "questions"), now=now),
            turns=hold(archive, conversations, now=now),
            values=[v for record in differing for v in _values(archive, record, now=now)],
        )


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


def _differing(folder: Folder, values: Sequence[Value]) -> Table:
    """Return the share of values that are shown, by what each value is."""
    table = Table(
        title=(
            f"{folder.name}, things of which sources differ: {len(values)} values in the quotes"
        ),
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
