from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from ingest.command import ingest_into
from rag.archive import Archive
from rag.models.embedding import embed_article, load_embedder
from rag.records import Article
from rag.settings import Settings, load_settings
from rag.store import open_store
from rag.store.edge import EdgeBuilder
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder, index_article, write
from ui.doctor import Diagnosis, examine


def publish(root: Path, *, model: str) -> Settings:
    """Serve an archive of one article, said to be made with `model`; return its settings."""
    embedder = load_embedder(load_settings())
    article = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
    recipe = Recipe(model=model, dimension=384, passage_words=150)
    with closing(EdgeBuilder(root, recipe)) as builder:
        write(builder, article, embedder=embedder)
        builder.publish()
    return load_settings(archive=str(root))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return publish(tmp_path / "archive", model="all-MiniLM-L6-v2")


def test_a_diagnosis_lists_what_is_well_and_what_is_not() -> None:
    diagnosis = Diagnosis(location="here", checked=("3 articles",), problems=("a file is cut",))
    assert str(diagnosis) == "here:\n  ok: 3 articles\n  problem: a file is cut"


def test_a_sound_archive_has_no_problem(settings: Settings) -> None:
    diagnosis = examine(settings, deep=True)
    assert diagnosis.problems == ()
    assert diagnosis.location == settings.archive
    assert len(diagnosis.checked) == 5


def test_without_a_deep_look_the_doctor_does_not_claim_one(settings: Settings) -> None:
    assert not any("every" in line for line in examine(settings, deep=False).checked)


def test_a_model_that_cannot_be_used_is_a_problem_with_its_setting(settings: Settings) -> None:
    unusable = {"embedding_model": "another-model", "embedding_runtime": "onnx"}
    diagnosis = examine(settings.model_copy(update=unusable), deep=False)
    assert diagnosis.checked == ()
    assert "DATELINE_EMBEDDING_RUNTIME is 'onnx'" in diagnosis.problems[0]


def test_an_archive_made_with_another_model_is_a_problem(tmp_path: Path) -> None:
    diagnosis = examine(publish(tmp_path / "archive", model="another-model"), deep=False)
    assert "made with model another-model" in diagnosis.problems[0]
    assert "all-MiniLM-L6-v2" in diagnosis.problems[0]


def test_a_file_that_is_not_what_was_written_is_named(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    settings = publish(root, model="all-MiniLM-L6-v2")
    (texts,) = root.glob("generations/*/shard/segments/*/payload_storage/page_0.dat")
    content = texts.read_bytes()
    assert b"two feet" in content
    texts.write_bytes(content.replace(b"two feet", b"ten feet"))
    (problem,) = examine(settings, deep=True).problems
    assert (
        "page_0.dat has changed since it was written; ingest the sources into a new archive"
        in problem
    )


def test_damage_that_the_engine_trips_over_is_a_problem_in_plain_words(settings: Settings) -> None:
    (texts,) = Path(settings.archive).glob("generations/*/shard/segments/*/payload_storage/page*")
    content = texts.read_bytes()
    texts.write_bytes(b"\xff" * 4096 + content[4096:])
    (problem,) = examine(settings, deep=False).problems
    assert "the engine cannot use" in problem
    assert "dateline doctor" in problem


def test_vectors_of_another_text_are_a_problem_without_a_deep_look(tmp_path: Path) -> None:
    article = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
    recipe = Recipe(model="all-MiniLM-L6-v2", dimension=384, passage_words=150)
    with closing(EdgeBuilder(tmp_path / "archive", recipe)) as builder:
        write(builder, article, embedder=HashingEmbedder(384))
        builder.publish()
    diagnosis = examine(load_settings(archive=str(tmp_path / "archive")), deep=False)
    assert "vectors of article 'rain' do not match its text" in diagnosis.problems[0]
    assert "ingest the sources into a new archive" in diagnosis.problems[0]


def test_articles_that_wait_for_their_vectors_are_told_with_the_remedy(tmp_path: Path) -> None:
    article = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
    recipe = Recipe(model="all-MiniLM-L6-v2", dimension=384, passage_words=150)
    with closing(EdgeBuilder(tmp_path / "archive", recipe)) as builder:
        builder.put([index_article(article)])
        builder.publish()
    diagnosis = examine(load_settings(archive=str(tmp_path / "archive")), deep=False)
    assert "1 of 1 articles have no vectors yet" in diagnosis.problems[0]
    assert "run the last ingest again" in diagnosis.problems[0]


def test_vectors_of_a_long_article_are_compared_in_the_batches_of_the_ingest(
    tmp_path: Path,
) -> None:
    # So that the embedder is called twice for one article, and its int8 scales differ.
    said = [f"Report {n} said that {n * 7} people met in hall {n % 9}." for n in range(700)]
    said[::50] = ["Why?"] * len(said[::50])
    (tmp_path / "long.txt").write_text(" ".join(said))
    settings = load_settings(archive=str(tmp_path / "archive"))
    ingest_into(settings, [tmp_path / "long.txt"])
    with Archive.open(settings=settings) as archive:
        (article,) = archive.articles()
        with closing(open_store(settings)) as store:
            stored = store.stored_vectors(article.id)
    rows = np.concatenate([vectors for vectors in stored.values() if vectors is not None])
    sentences = [article.text[s.start : s.end] for passage in stored for s in passage.sentences]
    assert len(sentences) > 512
    computed = embed_article(load_embedder(settings), sentences)
    # At half precision.
    assert np.abs(computed - rows).max() < 1e-3
    assert examine(settings, deep=True).problems == ()


def test_what_is_expired_is_told_and_is_no_problem(tmp_path: Path) -> None:
    article = Article(
        id="rain", text="It rained on the coast.", expires=datetime(2020, 1, 1, tzinfo=UTC)
    )
    recipe = Recipe(model="all-MiniLM-L6-v2", dimension=384, passage_words=150)
    with closing(EdgeBuilder(tmp_path / "archive", recipe)) as builder:
        write(builder, article, embedder=load_embedder(load_settings()))
        builder.publish()
    diagnosis = examine(load_settings(archive=str(tmp_path / "archive")), deep=False)
    told = "1 of 1 articles are expired, so they are hidden: no search finds them"
    assert (told in diagnosis.checked, diagnosis.problems) == (True, ())
