import os
from pathlib import Path
from typing import Any

from ingest.found import Reason
from tests.ingest.inboxes import CountingEmbedder, counts, run, stored, write

U1, U2 = {"id": "a", "text": "It rained."}, {"id": "a", "text": "It poured."}


class CrashingColumns(dict[str, str]):
    """No columns, but the process that is sent them as the `nth` ends at once."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self._left = nth

    def __reduce__(self) -> tuple[Any, ...]:
        self._left -= 1
        return (dict, ()) if self._left else (os._exit, (3,))


def test_a_file_whose_reading_crashed_is_named_and_read_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    report = run(inbox, embedder, workers=1, columns=CrashingColumns(1))
    assert [skip.reason for skip in report.skipped] == [Reason.STUCK]
    assert "crashed; what it gave before that is kept" in report.skipped[0].detail
    assert counts(run(inbox, embedder)) == {"new": 1}


def test_a_file_whose_second_reading_crashed_is_named_and_read_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, U2)
    report = run(inbox, embedder, workers=1, columns=CrashingColumns(2))
    assert [skip.reason for skip in report.skipped] == [Reason.STUCK]
    assert (counts(report), stored(inbox)) == ({"new": 1, "earlier": 1}, {"a": "It rained."})
    report = run(inbox, embedder)
    assert (report.unread, stored(inbox)) == (0, {"a": "It poured."})


def test_a_file_that_gives_what_another_gave_is_marked_when_all_is_settled(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    write(inbox, U1, {"id": "b", "text": "It snowed."}, name="b.jsonl")
    run(inbox, embedder)
    assert run(inbox, embedder).unread == 2
