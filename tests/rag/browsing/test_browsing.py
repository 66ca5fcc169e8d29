"""Tests the lists of articles and the coverage, with small archives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.browsing import MonthOfOutlet
from rag.errors import QuestionError
from rag.interchange import write_json
from tests.fakes import HashingEmbedder, open_small
from tests.rag.conftest import ARTICLES

TRUCE, COPY, SOUTHERN, UNDATED = ARTICLES


def ids(archive: Archive, **wanted: object) -> list[str]:
    return [one.article_id for one in archive.browse(**wanted).articles]  # type: ignore[arg-type]


def test_articles_are_listed_newest_first_in_pages(archive: Archive) -> None:
    page = archive.browse(limit=3)
    assert (page.total, page.first, len(page.articles)) == (4, 0, 3)
    assert page.articles[0].article_id == "southern"
    assert {one.article_id for one in page.articles[1:]} == {"truce", "truce-copy"}
    assert ids(archive, first=3, limit=3) == ["undated"]
    assert archive.browse(first=4, limit=3).articles == ()


def test_filters_restrict_the_list_as_they_restrict_a_question(archive: Archive) -> None:
    assert ids(archive, sources=["post.example"], since="2021-01-01") == ["southern"]
    assert archive.browse(sources=[]).total == 0
    assert ids(archive, as_of="2020-12-31", sources=["POST.example"]) == ["truce-copy"]


def test_a_section_is_found_whatever_its_case(tmp_path: Path) -> None:
    articles = (replace(TRUCE, section="politics"), replace(SOUTHERN, section="Économie"))
    with open_small(tmp_path / "a", *articles, embedder=HashingEmbedder(64)) as opened:
        assert ids(opened, sections=["Politics"]) == ["truce"]
        assert [hit.article_id for hit in opened.search("truce", sections=["ECONOMIE"])] == [
            "southern"
        ]
        assert opened.count(sections=["POLITICS", "economie"]) == 2
        assert opened.ask("When did the truce end?", sections=["Sports"]).nearest == ()


def test_words_list_what_a_search_finds_each_at_its_passage(archive: Archive) -> None:
    page = archive.browse("southern truce at dawn", limit=1)
    assert page.total == len(archive.search("southern truce at dawn", limit=100))
    (best,) = page.articles
    assert best.article_id == "southern"
    assert best.start is not None
    assert SOUTHERN.text[best.start : best.end].startswith("The southern truce")
    assert ids(archive, about="southern truce at dawn", first=1, limit=1) != ["southern"]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive in which a few long articles have more passages than all others together."""
    days = (f"On day {day} the quayside of Holm was swept. Nobody came." for day in range(70))
    text = " ".join(days)
    articles = [replace(UNDATED, id=f"long-{n}", text=f"Part {n}. {text}") for n in range(4)]
    articles += [
        replace(UNDATED, id=f"short-{n}", source="post.example", text=f"The quayside had {n} cats.")
        for n in range(150)
    ]
    root = tmp_path_factory.mktemp("crowded") / "archive"
    with open_small(root, *articles, embedder=HashingEmbedder(64)) as opened:
        yield opened


def test_long_articles_do_not_take_the_places_of_others_in_a_list(crowded: Archive) -> None:
    page = crowded.browse("swept quayside of Holm", limit=200)
    assert (page.total, len({one.article_id for one in page.articles})) == (100, 100)
    assert page.articles[0].article_id.startswith("long-")


@pytest.mark.parametrize("about", ['"quayside"', 'swept "quayside" of Holm'])
def test_all_articles_with_words_in_quotes_are_listed(crowded: Archive, about: str) -> None:
    page = crowded.browse(about, first=140, limit=20)
    assert (page.total, len(page.articles)) == (154, 14)
    assert page.notes == ("154 articles have “quayside” word for word",)


def test_a_search_gives_as_many_passages_as_are_wanted(crowded: Archive) -> None:
    hits, notes = crowded.search_with_notes("swept quayside of Holm", limit=400)
    assert (len(hits), notes) == (400, [])
    _, notes = crowded.search_with_notes("swept quayside of Holm", limit=5000)
    assert notes[0].startswith("a search compares 2,000 passages")


def test_filters_that_can_be_read_only_once_restrict_a_list_for_words(crowded: Archive) -> None:
    page = crowded.browse("quayside cats", sources=(name for name in ["post.example"]))
    assert {one.source for one in page.articles} == {"post.example"}


def test_a_time_in_the_words_restricts_a_list_and_that_is_said(archive: Archive) -> None:
    page = archive.browse("truce published in 1950")
    assert (page.total, page.notes) == (
        0,
        ("“in 1950” restricted the search to articles published 1950-01-01 to 1950-12-31",),
    )
    page = archive.browse("truce published in 1950", read_time=False)
    assert (page.total, page.notes) == (4, ())
    page = archive.browse("truce published in 1950", since="2021-01-01")
    assert (page.total, page.notes) == (1, ())


def test_words_that_say_nothing_are_refused_as_what_they_are(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="no word to look for"):
        archive.browse("...")
    with pytest.raises(QuestionError, match="the topic is empty; name a story"):
        archive.timeline(" ")


def test_a_page_that_makes_no_sense_is_refused(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="ask for at least one"):
        archive.browse(limit=0)
    with pytest.raises(QuestionError, match="begin with 0 or more"):
        archive.browse("truce", first=-1)


def test_a_listed_article_tells_its_copies_and_what_became_of_it(tmp_path: Path) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC)
    changed = replace(TRUCE, cluster="truce", versions=(TRUCE.as_version(),), note="An hour off.")
    copy = replace(COPY, cluster="truce", title="Corrected: truce holds")
    expired = replace(SOUTHERN, cluster="truce", expires=now)
    with open_small(
        tmp_path / "archive", changed, copy, expired, UNDATED, embedder=HashingEmbedder(64)
    ) as archive:
        listed = {one.article_id: one for one in archive.browse().articles}
    assert listed.keys() == {"truce", "truce-copy", "undated"}
    assert {i: (one.copies, one.versions, one.mark) for i, one in listed.items()} == {
        "truce": (1, 1, "editor's note"),
        "truce-copy": (1, 0, "correction"),
        "undated": (0, 0, ""),
    }


def test_the_copies_of_an_article_are_the_others_of_its_story(tmp_path: Path) -> None:
    ahead = datetime(2100, 1, 1, tzinfo=UTC)
    story = [replace(one, cluster="truce") for one in (TRUCE, COPY, SOUTHERN)]
    hidden = replace(story[2], embargoed=ahead)
    with open_small(
        tmp_path / "archive", *story[:2], hidden, UNDATED, embedder=HashingEmbedder(64)
    ) as archive:
        assert [copy.article_id for copy in archive.copies("truce")] == ["truce-copy"]
        assert archive.copies("undated") == []
        with pytest.raises(KeyError):
            archive.copies("nowhere")


def test_coverage_counts_months_outlets_and_what_has_no_date(archive: Archive) -> None:
    found = archive.coverage()
    assert (found.articles, found.undated) == (4, 1)
    assert (found.first, found.last) == (date(2020, 11, 10), date(2021, 5, 21))
    assert dict(found.outlets) == {"post.example": 2, "": 1, "wire.example": 1}
    assert next(iter(found.outlets)) == "post.example"
    assert found.months == (
        MonthOfOutlet(month=date(2020, 11, 1), source="post.example", articles=1),
        MonthOfOutlet(month=date(2020, 11, 1), source="wire.example", articles=1),
        MonthOfOutlet(month=date(2021, 5, 1), source="post.example", articles=1),
    )


def test_coverage_under_filters_counts_what_the_filters_let_through(archive: Archive) -> None:
    found = archive.coverage(since="2021-01-01")
    assert (found.articles, found.undated, found.first) == (1, 0, date(2021, 5, 21))
    nothing = archive.coverage(sources=[])
    assert (nothing.articles, nothing.first, nothing.months) == (0, None, ())


def test_lists_and_coverage_are_written_as_json(archive: Archive) -> None:
    assert '"published": "2021-05-21"' in write_json(archive.browse(limit=1))
    assert '"month": "2020-11-01"' in write_json(archive.coverage())
