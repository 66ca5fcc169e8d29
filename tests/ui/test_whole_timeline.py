"""Tests that a timeline says whether it has more entries than are listed."""

from dataclasses import replace
from typing import Any

import pytest

from rag.records import Citation
from rag.timeline.build import TimelineEntry
from tests.ui.fake_archive import FakeArchive, cite
from ui.whole_timeline import find_timeline

CITATION: Citation = cite()


def entries(number: int) -> list[TimelineEntry]:
    assert CITATION.published is not None
    day = CITATION.published
    entry = TimelineEntry(first=day, last=day, value=day.isoformat(), citation=CITATION)
    return [replace(entry, value=f"{day}T{place}") for place in range(number)]


@pytest.mark.parametrize(
    ("there", "limit", "listed", "remark", "mark"),
    [
        (0, 3, 0, "", ""),
        (2, 3, 2, "", ""),
        (3, 3, 3, "", ""),
        (4, 3, 3, "These are the 3 that fit best; there are more.", "-best-3"),
        (4, 1, 1, "This is the entry that fits best; there are more.", "-best-1"),
    ],
)
def test_a_full_timeline_says_if_there_is_more(
    there: int, limit: int, listed: int, remark: str, mark: str
) -> None:
    archive = FakeArchive()
    archive.entries = entries(there)
    found = find_timeline(archive, "the truce at Holm", limit=limit)
    assert (len(found.entries), found.remark, found.mark) == (listed, remark, mark)


@pytest.mark.parametrize(("there", "asked"), [(2, 1), (3, 2), (5, 2)])
def test_a_longer_timeline_is_asked_for_with_the_same_filters_and_only_if_it_may_be(
    there: int, asked: int
) -> None:
    archive = FakeArchive()
    archive.entries = entries(there)
    fields: dict[str, Any] = {"since": "2020-11-01", "until": "2020-11-30", "as_of": "2021-01-01"}
    find_timeline(archive, "the truce", limit=3, sources=iter(["holm.example"]), **fields)
    [wish] = set(map(str, archive.timelines))
    assert wish == str(("the truce", *list(fields.values())[:2], ["holm.example"], "2021-01-01"))
    assert len(archive.timelines) == asked
