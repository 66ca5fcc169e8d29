"""Tests that articles in a language that the reader does not know are shown and not read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.answering import Answering
from rag.archive import Archive
from rag.models.reading import Reading
from rag.records import Article
from tests.fakes import HashingEmbedder, open_small

GERMAN = Article(
    id="bruecke",
    title="Quillmere: Brücke wieder offen",
    source="kurier.example",
    published=date(2021, 5, 4),
    text=(
        "Die Brücke von Quillmere ist seit Dienstag wieder für alle Fahrzeuge geöffnet. "
        "Der Bürgermeister sagte, dass die Arbeiten früher fertig wurden als erwartet."
    ),
)
ENGLISH = Article(
    id="bridge",
    title="Quillmere bridge opens",
    source="wire.example",
    published=date(2021, 5, 4),
    text="The bridge of Quillmere opened on Tuesday. The mayor cut a ribbon and went home.",
)


FLAGGED = replace(
    ENGLISH,
    id="flagged",
    language="sv",
    source="flagged.example",
    text="The bridge of Quillmere opened on Tuesday, and the mayor danced.",
)
BRIEF = replace(GERMAN, id="brief", title="", source="brief.example", text=GERMAN.text[:78])

ARTICLES = (GERMAN, ENGLISH, FLAGGED, BRIEF)


class OtherReader:
    """A reader that the user configures, which may know any language."""

    name = "many-languages"

    def read(self, question: str, texts: object) -> list[Reading]:
        return []


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    embedder = HashingEmbedder(dimension=64)
    root: Path = tmp_path_factory.mktemp("languages") / "archive"
    with open_small(root, *ARTICLES, embedder=embedder, threshold=0.0) as archive:
        yield archive._answering


def test_a_foreign_article_is_found_but_gives_no_answer(answering: Answering) -> None:
    archive = Archive(answering)
    answer = archive.ask(
        "Brücke Quillmere Bürgermeister", sources=["kurier.example", "wire.example"]
    )
    assert {hit.article_id for hit in answer.nearest} == {"bruecke", "bridge"}
    assert {citation.article_id for citation in answer.sources} == {"bridge"}
    assert answer.searched.endswith(
        "; 1 article that was found is not in English, so it was not read"
    )


def test_if_only_foreign_articles_match_the_archive_does_not_say(answering: Answering) -> None:
    answer = Archive(answering).ask("Brücke Quillmere", sources=["kurier.example"])
    assert answer.status == "not_in_archive"
    assert [hit.article_id for hit in answer.nearest] == ["bruecke"]
    assert "not in English" in answer.text


def test_a_configured_reader_reads_every_language(answering: Answering) -> None:
    reading = replace(answering, reader=OtherReader())
    answer = Archive(reading).ask("Brücke Quillmere", sources=["kurier.example"])
    assert answer.citations[0].article_id == "bruecke"
    assert "English" not in answer.searched


@pytest.mark.parametrize("article", [FLAGGED, BRIEF])
def test_what_its_metadata_or_its_few_words_call_foreign_is_not_read(
    answering: Answering, article: Article
) -> None:
    answer = Archive(answering).ask("Quillmere Brücke bridge", sources=[article.source])
    assert answer.status == "not_in_archive"
    assert [hit.article_id for hit in answer.nearest] == [article.id]
    assert "1 article that was found is not in English" in answer.text
