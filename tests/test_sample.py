"""Tests the sample archive from end to end, with the real embedder."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench import answers as measured
from bench import conversations
from bench.data import Record, read_lines
from bench.floors import misses
from ingest.command import ingest_into
from ingest.index import index_article
from ingest.sample import sample_path
from rag import Answer, Archive
from rag.question.kinds import years_in
from rag.settings import load_settings
from rag.store import open_builder, open_store

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "data" / "seed"
QUESTIONS = read_lines(ROOT / "bench" / "sample-questions.jsonl")


@pytest.fixture(scope="module")
def archive(sample_archive: Path) -> Iterator[Archive]:
    with Archive.open(sample_archive) as opened:
        yield opened


@pytest.fixture(scope="module")
def answers(archive: Archive) -> list[tuple[Record, Answer]]:
    return [(question, measured.ask(archive, question)) for question in QUESTIONS]


def test_the_question_of_the_demo_is_answered_with_its_date(archive: Archive) -> None:
    answer = archive.ask("When did the ceasefire in Nagorno-Karabakh take effect?")
    assert answer.status == "answered"
    assert "10 November 2020" in answer.citations[0].quote
    assert "[1]" in answer.text


def test_a_question_that_fits_several_events_names_which_and_shows_the_others(
    archive: Archive,
) -> None:
    answer = archive.ask("When did the ceasefire take effect?")
    assert answer.text.startswith(answer.citations[0].title)
    assert {c.published and c.published.year for c in answer.also_found} >= {2021}
    assert "Also found:" in answer.text


def test_every_quote_stands_at_its_offsets(
    archive: Archive, answers: list[tuple[Record, Answer]]
) -> None:
    citations = [c for _, a in answers for c in [*a.citations, *a.also_found]]
    assert len(citations) > 60
    for c in citations:
        assert archive.article(c.article_id).text[c.start : c.end] == c.quote


def test_citations_of_one_answer_are_numbered_and_from_distinct_articles(
    answers: list[tuple[Record, Answer]],
) -> None:
    for _, answer in answers:
        every = [*answer.citations, *answer.also_found]
        assert [c.number for c in every] == list(range(1, len(every) + 1))
        # An article that tells an older value too is cited for it apart.
        assert len({c.article_id for c in answer.citations}) == len(answer.citations)
        assert len({(c.article_id, c.start) for c in every}) == len(every)


def test_filters_keep_out_what_they_exclude(answers: list[tuple[Record, Answer]]) -> None:
    filtered = [(q["filters"], a) for q, a in answers if q["filters"]]
    assert filtered
    for filters, answer in filtered:
        for hit in answer.nearest:
            day = hit.published.isoformat() if hit.published else ""
            assert filters.get("since", "") <= day <= filters.get("until", "9999")
            assert hit.source in filters.get("sources", [hit.source])


def test_before_the_vectors_are_there_the_archive_is_as_careful(
    tmp_path: Path, sample_archive: Path, answers: list[tuple[Record, Answer]]
) -> None:
    settings = load_settings(archive=str(tmp_path / "words"))
    with closing(open_store(load_settings(archive=str(sample_archive)))) as store:
        articles = store.articles([head.id for head in store.heads()]).values()
        recipe = store.manifest.recipe
    with closing(open_builder(settings, recipe)) as builder:
        builder.put([index_article(a, words=recipe.passage_words) for a in articles])
        assert builder.publish().embedded == 0
    with Archive.open(tmp_path / "words") as archive:
        # Each answer embeds the passages that it reads, so not all of the questions are put.
        by_words = [measured.ask(archive, question) for question in QUESTIONS[::4]]
    told = [answer.status == "answered" for answer in by_words]
    with_vectors = [answer.status == "answered" for _, answer in answers[::4]]
    differing = sum(one != other for one, other in zip(told, with_vectors, strict=True))
    assert differing <= 0.1 * len(told)
    assert max(answer.confidence for answer in by_words) < 1


def test_answers_are_as_good_as_measured(answers: list[tuple[Record, Answer]]) -> None:
    assert misses(measured.tables(QUESTIONS, [answer for _, answer in answers])) == []


@pytest.mark.scale
def test_follow_ups_are_understood_as_well_as_measured(archive: Archive) -> None:
    assert misses(conversations.tables(archive)) == []


def test_the_sample_questions_point_at_the_sample() -> None:
    articles = {record["id"]: record["text"] for record in read_lines(sample_path())}
    assert len(articles) >= 60
    assert sum(not question["answerable"] for question in QUESTIONS) >= 20
    for question in QUESTIONS:
        assert bool(question["evidence"]) == question["answerable"]
        for piece in question["evidence"]:
            assert piece["quote"] in articles[piece["article_id"]], question["id"]


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
def test_the_seed_article_answers_without_a_year_it_does_not_have(tmp_path: Path) -> None:
    settings = load_settings(archive=str(tmp_path / "archive"))
    ingest_into(settings, sorted(SEED.glob("*.txt")))
    with Archive.open(settings=settings) as archive:
        answer = archive.ask("When did the ceasefire take effect?")
        assert "took effect on November 10" in answer.citations[0].quote
        assert years_in(answer.text) == set()
        assert archive.ask("Who won the 2018 World Cup?").status == "not_in_archive"
