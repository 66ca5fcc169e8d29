"""Questions that name the outlet to ask, over a whole archive."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.records import Answer, Article
from tests.fakes import HashingEmbedder, open_small

QUESTION = "According to the wire.example, when did the northern truce take effect?"


def test_only_the_outlet_that_a_question_names_is_asked(archive: Archive) -> None:
    answer = archive.ask(QUESTION)
    assert answer.outlets == ("wire.example",)
    assert {c.source for c in answer.sources} == {"wire.example"}
    assert "from wire.example" in answer.searched
    assert answer.understood == "When did the northern truce take effect?"


def test_an_outlet_that_does_not_say_it_leaves_it_to_others_and_that_is_said(
    archive: Archive,
) -> None:
    answer = archive.ask("According to wire.example, how good was the harvest?")
    assert answer.lead == "wire.example does not say; this is from other outlets."
    assert answer.text.startswith(f"{answer.lead}\n“")
    assert (answer.citations[0].article_id, answer.outlets) == ("undated", ())


def test_a_question_can_be_asked_of_all_outlets_all_the_same(archive: Archive) -> None:
    answer = archive.ask(QUESTION, read_outlets=False)
    assert answer.outlets == ()
    assert "from wire.example" not in answer.searched


def test_a_filter_comes_before_what_the_question_names(archive: Archive) -> None:
    answer = archive.ask(QUESTION, sources=["post.example"])
    assert answer.outlets == ()
    assert "from post.example" in answer.searched


def test_an_outlet_of_a_filter_is_found_whatever_its_case(archive: Archive) -> None:
    hits = archive.search("truce", sources=["WIRE.Example"])
    assert {hit.source for hit in hits} == {"wire.example"}
    assert archive.search("truce", sources=["wire.test"]) == []


def test_a_search_keeps_to_the_outlet_that_it_names(archive: Archive) -> None:
    hits = archive.search("according to post.example, the truce took effect")
    assert hits
    assert {hit.source for hit in hits} == {"post.example"}


def test_a_search_says_to_which_outlet_it_kept(archive: Archive) -> None:
    hits, notes = archive.search_with_notes("the truce took effect, according to post.example")
    assert hits
    assert notes == ["“post.example” restricted the search to articles from post.example"]
    hits, notes = archive.search_with_notes('"was good" according to wire.example')
    assert [hit.article_id for hit in hits] == ["undated"]
    assert notes == [
        "1 article has “was good” word for word",
        "nothing was found from wire.example, so all outlets were searched",
    ]


def test_an_outlet_that_is_not_there_is_said_to_be_so(archive: Archive) -> None:
    said = (
        "no article is from “wyre.example” (did you mean 'wire.example'?); all outlets were asked"
    )
    question = "According to wyre.example, when did the northern truce take effect?"
    answer = archive.ask(question)
    assert said in answer.searched
    assert answer.status == "answered"
    assert answer.lead == "No article is from “wyre.example”; this is from other outlets."
    assert archive.search_with_notes(question)[1] == [said]
    assert said not in archive.ask(question, read_outlets=False).searched
    assert said not in archive.ask(question, sources=["post.example"]).searched


EMPTIED = "When were the forty homes in Orr evacuated after the fire?"
MAIL = Article(
    id="mail",
    title="Homes emptied in Orr",
    source="mail.example",
    agency="wire.example",
    section="news",
    published=date(2024, 3, 6),
    text="Forty homes in Orr were evacuated on 4 March after the fire. The hall was opened.",
)
UPDATE = replace(
    MAIL,
    id="update",
    source="wire.example",
    agency="",
    section="wires",
    published=date(2024, 3, 9),
    text="Forty homes in Orr were evacuated on 5 March after the fire. The fire burned on.",
)
KILL = replace(
    UPDATE,
    title="KILL: Homes emptied in Orr",
    text="Editors, please kill the story headlined “Homes emptied in Orr”. No home was evacuated.",
)
FILTERS: tuple[dict[str, Any], ...] = (
    {"sources": ["mail.example"]},
    {"sections": ["news"]},
    {"until": "2024-03-07"},
)


def ask_of(root: Path, *articles: Article, **filters: Any) -> Answer:
    with open_small(root / "a", *articles, embedder=HashingEmbedder(dimension=64)) as opened:
        return opened.ask(EMPTIED, **filters)


@pytest.mark.parametrize("filters", FILTERS, ids=["outlet", "section", "day"])
def test_what_a_filter_leaves_out_gives_no_value(tmp_path: Path, filters: dict[str, Any]) -> None:
    answer = ask_of(tmp_path, MAIL, UPDATE, **filters)
    assert [value.text for value in answer.values] == ["4 March 2024"]
    assert {c.article_id for c in answer.sources} == {"mail"}


@pytest.mark.parametrize("filters", FILTERS, ids=["outlet", "section", "day"])
def test_what_a_filter_leaves_out_still_takes_back(tmp_path: Path, filters: dict[str, Any]) -> None:
    assert ask_of(tmp_path, MAIL, KILL, **filters).status == "not_in_archive"


def test_a_copy_of_what_its_agency_killed_answers_nothing(tmp_path: Path) -> None:
    agency = replace(MAIL, id="agency", source="wire.example", agency="", cluster="story")
    copy = replace(MAIL, title="Forty families are out", agency="", cluster="story")
    kill = replace(KILL, published=date(2024, 3, 7))
    assert ask_of(tmp_path, agency, copy, kill).status == "not_in_archive"
