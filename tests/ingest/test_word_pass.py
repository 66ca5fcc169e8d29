import os
from pathlib import Path
from typing import Any

import pytest

from ingest.found import Reason
from tests.ingest.inboxes import CountingEmbedder, counts, run, stored, write
from tests.ingest.poison import PoisonousColumns

U1, U2 = {"id": "a", "text": "It rained."}, {"id": "a", "text": "It poured."}


class CrashingColumns(dict[str, str]):
    """No columns, but each process that is sent them as one of the `nth` ends at once."""

    def __init__(self, *nth: int) -> None:
        super().__init__()
        self._nth = nth
        self._sent = 0

    def __reduce__(self) -> tuple[Any, ...]:
        self._sent += 1
        return (os._exit, (3,)) if self._sent in self._nth else (dict, ())


def test_a_crash_that_does_not_happen_again_costs_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    report = run(inbox, embedder, workers=1, columns=CrashingColumns(1))
    assert (report.skipped, counts(report)) == ((), {"new": 1})


def test_a_file_that_cannot_be_read_twice_is_named_and_read_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    report = run(inbox, embedder, workers=1, columns=CrashingColumns(1, 2))
    assert [skip.reason for skip in report.skipped] == [Reason.STUCK]
    assert "crashed; what it gave before that is kept" in report.skipped[0].detail
    assert counts(run(inbox, embedder)) == {"new": 1}


def test_a_file_whose_second_reading_crashed_is_named_and_read_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, U2)
    report = run(inbox, embedder, workers=1, columns=CrashingColumns(2, 3))
    assert [skip.reason for skip in report.skipped] == [Reason.STUCK]
    assert (counts(report), stored(inbox)) == ({"new": 1, "earlier": 1}, {"a": "It rained."})
    report = run(inbox, embedder)
    assert (report.unread, stored(inbox)) == (0, {"a": "It poured."})


@pytest.mark.parametrize("poison", ["crash", "fail"])
def test_a_record_that_stops_its_reader_costs_itself_and_is_named(
    inbox: Path, embedder: CountingEmbedder, poison: str
) -> None:
    texts = [f"It rained {n} times." for n in range(6)]
    texts[2] = f"This will {poison}."
    write(inbox, *({"id": n, "text": text} for n, text in enumerate(texts)))
    columns = PoisonousColumns()
    report = run(inbox, embedder, workers=1, columns=columns)
    (skip,) = report.skipped
    assert (skip.reason, skip.line) == (Reason.STUCK, 3)
    assert "this record was left out, and those around it were read" in skip.detail
    assert (counts(report), sorted(stored(inbox))) == ({"new": 5}, list("01345"))
    again = run(inbox, embedder, workers=1, columns=columns)
    assert (again.unread, again.skipped) == (1, (skip,))


def test_each_share_of_a_large_file_finds_its_own_poison(
    inbox: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.word_pass._WORTH_SHARING_BYTES", 1)
    texts = [f"It will {'crash' if n in (3, 4, 8) else 'rain'} {n} times." for n in range(12)]
    write(inbox, *({"id": n, "text": text} for n, text in enumerate(texts)))
    report = run(inbox, embedder, workers=2, columns=PoisonousColumns())
    assert (counts(report), report.skips) == ({"new": 9}, 3)


def test_a_file_that_gives_what_another_gave_is_marked_when_all_is_settled(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    write(inbox, U1, {"id": "b", "text": "It snowed."}, name="b.jsonl")
    run(inbox, embedder)
    assert run(inbox, embedder).unread == 2
