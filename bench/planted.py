"""Planted disagreements, updates, corrections and copies: each kind shown rightly or not.

Each case is a question with the values that were reported, of the sample archive and of the six
invented ones. A case is right as a *disagreement* if all values that conflict are listed as
standing, as an *update* or a *correction* if the older values are listed as holding no more and the
present one as standing, and as *copies* if a value that several articles copied is listed with the
number of its independent outlets.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bench import data
from bench.agreement import is_value
from bench.invented import BEATS
from bench.tables import Table, share
from bench.values_time import time_table
from rag.archive import Archive
from rag.records import Answer

Kind = Literal["disagreement", "update", "correction", "copies"]

_KINDS: tuple[Kind, ...] = ("disagreement", "update", "correction", "copies")
_OLDER: dict[Kind, str] = {"update": "superseded", "correction": "corrected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One kind that is planted in a case: whether the question is answered, and if rightly."""

    archive: str
    kind: Kind
    number: int
    is_answered: bool
    is_right: bool


def measure() -> list[Table]:
    """Return what is shown rightly of each kind, the false conflicts, and the time of all this."""
    judged: list[Judged] = []
    standing: dict[str, list[int]] = defaultdict(list)
    planted = data.read_lines(data.ROOT / "bench" / "sample-values.jsonl")
    with Archive.open(data.sample_archive()) as archive:
        for number, record in enumerate(planted, start=1):
            answer = archive.ask(record["question"], until=record.get("until"))
            judged += _judged("sample", number, answer, record)
        for question in _of_one_value(planted):
            standing["sample"].append(_standing(archive.ask(question)))
    for name in BEATS.names:
        now = BEATS.now(name)
        with Archive.open(BEATS.location(name)) as archive:
            for number, record in BEATS.records(name, "differ"):
                answer = archive.ask(record["question"], now=now)
                judged += _judged("beats", number, answer, record)
    return [_planted_table(judged), _conflict_table(standing["sample"]), time_table()]


def _judged(archive: str, number: int, answer: Answer, record: data.Record) -> Iterator[Judged]:
    for kind in _KINDS:
        is_right = _is_right(kind, answer, record["values"])
        if is_right is not None:
            yield Judged(
                archive=archive,
                kind=kind,
                number=number,
                is_answered=answer.status == "answered",
                is_right=is_right,
            )


def _is_right(kind: Kind, answer: Answer, values: Sequence[data.Record]) -> bool | None:
    """Say whether a kind is shown rightly; None if the case has none of it."""
    if kind == "copies":
        copied = [gold for gold in values if len(gold.get("article_ids", ())) > _outlets(gold)]
        told = [[v for v in answer.support if is_value(v, gold)] for gold in copied]
        return (
            all(
                any(value.sources == _outlets(gold) for value in listed)
                for gold, listed in zip(copied, told, strict=True)
            )
            if copied
            else None
        )
    if kind == "disagreement":
        wanted = [(gold, True) for gold in values if gold["status"] == "conflicting"]
        return _are_listed(answer, wanted) if len(wanted) > 1 else None
    older = [(gold, False) for gold in values if gold["status"] == _OLDER[kind]]
    present = [(gold, True) for gold in values if gold["status"] == "current"]
    return _are_listed(answer, [*older, *present]) if older else None


def _are_listed(answer: Answer, wanted: Sequence[tuple[data.Record, bool]]) -> bool:
    return all(
        any(is_value(value, gold) and value.stands == stands for value in answer.support)
        for gold, stands in wanted
    )


def _outlets(gold: data.Record) -> int:
    return int(gold.get("outlet_count", 1))


def _of_one_value(planted: Sequence[data.Record]) -> Iterator[str]:
    """Yield the questions of the sample archive of which no values are planted.

    Those whose right answers are of several events, or of several outlets, are left out.
    """
    words = [str(value["value"]) for record in planted for value in record["values"]]
    for question in data.sample_questions():
        is_planted = any(data.holds_any(expected, words) for expected in question["expect"])
        if question["answerable"] and not is_planted and not _is_ambiguous(question):
            yield question["question"]


def _is_ambiguous(question: data.Record) -> bool:
    return str(question.get("note", "")).startswith(("Ambiguous", "Outlets differ"))


def _standing(answer: Answer) -> int:
    return sum(value.stands for value in answer.support)


def _planted_table(judged: Sequence[Judged]) -> Table:
    table = Table(
        title="Planted: shown rightly, by kind",
        columns=["archive", "kind", "shown rightly", "of", "of those answered", "not right"],
    )
    for archive in ("sample", "beats"):
        for kind in _KINDS:
            group = [one for one in judged if (one.archive, one.kind) == (archive, kind)]
            answered = [one.is_right for one in group if one.is_answered]
            wrong = ", ".join(str(one.number) for one in group if not one.is_right)
            rights = share(one.is_right for one in group)
            table.add(archive, kind, rights, str(len(group)), share(answered), wrong)
    table.notes.append(
        "The last column has lines of `bench/sample-values.jsonl` and of `beats/differ.jsonl`. A "
        "case may have several kinds, and is right only if all its values of the kind are."
    )
    return table


def _conflict_table(standing: Sequence[int]) -> Table:
    table = Table(
        title="Planted: false conflicts on the other questions of the sample archive",
        columns=["what", "share", "of"],
    )
    of = str(len(standing))
    table.add("two or more values that stand", share(n > 1 for n in standing), of)
    table.add("a value", share(n > 0 for n in standing), of)
    return table
