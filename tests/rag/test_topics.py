"""Topics of timelines that name an outlet, words in quotes or a time, over a whole archive."""

from datetime import date

import pytest

from rag.archive import Archive
from rag.errors import QuestionError


def days(archive: Archive, topic: str, **filters: object) -> set[date]:
    return {entry.first for entry in archive.timeline(topic, **filters)}  # type: ignore[arg-type]


def test_an_outlet_is_no_part_of_a_topic(archive: Archive) -> None:
    entries, notes = archive.timeline_with_notes("northern truce according to post.example")
    assert {entry.citation.source for entry in entries} == {"post.example"}
    assert notes == ["“post.example” restricted the search to articles from post.example"]
    _, notes = archive.timeline_with_notes(
        "northern truce according to post.example", read_outlets=False
    )
    assert notes == []


def test_an_outlet_that_has_nothing_leaves_it_to_others(archive: Archive) -> None:
    entries, notes = archive.timeline_with_notes(
        "southern truce according to wire.example", "2021-01-01"
    )
    assert [entry.citation.article_id for entry in entries] == ["southern"]
    assert notes == ["nothing was found from wire.example, so all outlets were searched"]


def test_words_in_quotes_must_stand_in_the_articles_of_a_timeline(archive: Archive) -> None:
    entries, notes = archive.timeline_with_notes('"readers were told" truce')
    assert {entry.citation.article_id for entry in entries} == {"truce-copy"}
    assert notes == ["1 article has “readers were told” word for word"]
    assert archive.timeline('"no such words" truce') == []


def test_a_time_in_a_topic_restricts_its_timeline_and_that_is_said(archive: Archive) -> None:
    entries, notes = archive.timeline_with_notes("truce in 1950")
    assert entries == []
    assert notes == ["“in 1950” restricted the search to what happened 1950-01-01 to 1950-12-31"]
    assert days(archive, "truce in 1950", read_time=False) == days(archive, "truce")
    assert archive.timeline_with_notes("truce in 1950", "2020-01-01")[1] == []


def test_a_filter_that_a_timeline_does_not_have_is_refused(archive: Archive) -> None:
    with pytest.raises(TypeError, match="a timeline has no filter sections"):
        archive.timeline("truce", sections=["city"])  # type: ignore[call-arg]
    with pytest.raises(QuestionError, match="give a list"):
        archive.timeline("truce", sources="wire.example")
