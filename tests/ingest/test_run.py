import json
from pathlib import Path

import pytest

from ingest.found import Reason
from ingest.run import Report, describe, ingest
from rag.errors import ArchiveNotFound
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder


class CountingEmbedder(HashingEmbedder):
    """Counts what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def embed(self, texts):  # type: ignore[no-untyped-def]
        self.count += len(texts)
        return super().embed(texts)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def run(inbox: Path, embedder: HashingEmbedder, archive: str = "archive") -> Report:
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    builder = EdgeBuilder(inbox.parent / archive, recipe)
    try:
        return ingest([inbox], builder=builder, embedder=embedder, passage_words=150)
    finally:
        builder.close()


def write(inbox: Path, *records: object, name: str = "a.jsonl") -> None:
    (inbox / name).write_text("".join(json.dumps(record) + "\n" for record in records))


def stored(inbox: Path, archive: str = "archive") -> dict[str, str]:
    store = EdgeStore(inbox.parent / archive)
    try:
        articles = store.articles([head.id for head in store.heads()])
        return {article.id: article.text for article in articles.values()}
    finally:
        store.close()


def test_what_goes_in_is_indexed_or_skipped_with_its_reason(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2}, {"id": 3, "text": "It snowed."})
    (inbox / "empty.txt").write_text("")
    report = run(inbox, embedder)
    assert (report.records, report.new, report.articles) == (4, 2, 2)
    assert sorted(skip.reason for skip in report.skipped) == [Reason.EMPTY, Reason.NO_TEXT]
    assert report.records == report.new + report.duplicate + len(report.skipped)


def test_a_second_run_embeds_nothing_and_keeps_the_generation(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."})
    run(inbox, embedder)
    embedder.count = 0
    report = run(inbox, embedder)
    assert (report.unchanged, report.embedded_sentences, embedder.count) == (1, 0, 0)
    assert (inbox.parent / "archive" / "current").read_text().strip() == "00000001"


def test_only_what_changed_is_embedded_again(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2, "text": "It snowed."})
    run(inbox, embedder)
    embedder.count = 0
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2, "text": "It hailed. Much."})
    report = run(inbox, embedder)
    assert (report.updated, report.unchanged, embedder.count) == (1, 1, 2)
    assert stored(inbox) == {"1": "It rained.", "2": "It hailed. Much."}


def test_of_two_records_with_one_id_the_newer_is_kept_in_any_order(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    old = {"id": 1, "text": "Ten died.", "published": "2020-11-10"}
    new = {"id": 1, "text": "Twelve died.", "published": "2020-11-11"}
    for archive, records in (("one", (old, new)), ("other", (new, old))):
        write(inbox, *records)
        report = run(inbox, embedder, archive)
        assert [skip.reason for skip in report.skipped] == [Reason.SUPERSEDED]
        assert stored(inbox, archive) == {"1": "Twelve died."}


def test_a_repeated_record_counts_once(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 1, "text": "It rained."})
    report = run(inbox, embedder)
    assert (report.new, report.duplicate, report.skipped) == (1, 1, ())


def test_an_edited_text_file_replaces_its_article(inbox: Path, embedder: CountingEmbedder) -> None:
    (inbox / "note.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "note.txt").write_text("It rained on Wednesday.")
    report = run(inbox, embedder)
    assert report.removed == 1
    assert list(stored(inbox).values()) == ["It rained on Wednesday."]


def test_articles_of_files_that_are_not_named_again_stay(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "a.txt").unlink()
    (inbox / "b.txt").write_text("It snowed on Friday.")
    run(inbox, embedder)
    assert len(stored(inbox)) == 2


def test_an_input_without_articles_makes_no_archive(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "empty.txt").write_text("")
    assert run(inbox, embedder).articles == 0
    with pytest.raises(ArchiveNotFound):
        stored(inbox)


def test_the_report_names_every_skip_with_file_and_line(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.jsonl").write_text('{"text": "It rained."}\n{"text":\n')
    text = describe(run(inbox, embedder))
    assert f"skipped {inbox / 'a.jsonl'}:2: broken: not JSON at column" in text


def test_the_report_for_machines_reconciles(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained.", "published": "31 February"}, {"id": 2})
    report = json.loads(json.dumps(run(inbox, embedder).to_dict()))
    assert report["records"] == report["indexed"] + sum(report["skipped"].values())
    assert "31 February" in report["notes"][0]
