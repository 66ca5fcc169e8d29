"""Questions hard by their form, on the sample archive: several parts, long, false premise."""

from collections.abc import Sequence

from bench import data
from bench.tables import Table
from rag.archive import Archive
from rag.records import Answer
from rag.settings import load_settings

_NOW = "2023-01-01"


def measure() -> list[Table]:
    """Return how they are answered without the reader and with it."""
    questions = data.read_lines(data.ROOT / "bench" / "hard-questions.jsonl")
    location = data.sample_archive()
    table = Table(
        title=f"Hard questions, sample archive: {len(questions)}",
        columns=["kind", "what counts", "no reader", "with the reader"],
    )
    answers: list[list[Answer]] = []
    for reader in ("none", load_settings().reader):
        with Archive.open(settings=load_settings(archive=location, reader=reader)) as archive:
            answers.append([archive.ask(q["question"], now=_NOW) for q in questions])
    for kind, what, score in (
        ("several parts", "parts that a citation answers", _parts_answered),
        ("long", "right in the first citation", _first_right),
        ("false premise", "refused, or nothing short claimed", _claims_nothing),
    ):
        shares = [
            [
                s
                for q, a in zip(questions, given, strict=True)
                if q["kind"] == kind
                for s in score(q, a)
            ]
            for given in answers
        ]
        table.add(kind, what, *(f"{sum(share)} of {len(share)}" for share in shares))
    return [table]


def _parts_answered(question: data.Record, answer: Answer) -> list[bool]:
    quotes = [citation.quote for citation in (*answer.citations, *answer.also_found)]
    return [any(_says(quote, part) for quote in quotes) for part in question["parts"]]


def _first_right(question: data.Record, answer: Answer) -> list[bool]:
    first = [citation.quote for citation in answer.citations[:1]]
    return [any(_says(quote, part) for quote in first) for part in question["parts"]]


def _claims_nothing(_: data.Record, answer: Answer) -> list[bool]:
    return [answer.status == "not_in_archive" or not answer.short]


def _says(quote: str, part: Sequence[str]) -> bool:
    return any(wanted.lower() in quote.lower() for wanted in part)
