import json
from datetime import timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ArchiveDamaged, ArchiveMismatch
from rag.records import Article, Passage, Version
from rag.store.model import IndexedArticle, Manifest, PassageVectors, Recipe
from rag.store.payloads import (
    article_payload,
    passage_payload,
    read_article,
    read_head,
    read_passage,
)
from rag.text.sentences import Span

RECIPE = Recipe(model="hashing", dimension=16, passage_words=40)
# JSON carries every character but half of a surrogate pair, which ingest does not let through.
text = st.text(st.characters(exclude_categories=["Cs"]))
zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.none() | st.datetimes(timezones=zones)
versions = st.builds(
    Version,
    text=text.filter(bool),
    content_hash=text.filter(bool),
    title=text,
    version=text,
    published=st.none() | st.dates(),
    updated=st.none() | st.dates(),
    updated_at=instants,
    note=text,
    path=text,
)
articles = st.builds(
    Article,
    id=text.filter(bool),
    text=text.filter(str.strip),
    title=text,
    source=text,
    url=text,
    path=text,
    authors=st.lists(text).map(tuple),
    published=st.none() | st.dates(),
    published_at=instants,
    updated=st.none() | st.dates(),
    updated_at=instants,
    version=text,
    section=text,
    language=text,
    agency=text,
    dateline=text,
    rights=text,
    pubstatus=text,
    embargoed=instants,
    expires=instants,
    note=text,
    cluster=text,
    versions=st.lists(versions, max_size=2).map(tuple),
)


@given(articles)
def test_an_article_comes_back_from_its_payload(article: Article) -> None:
    stored = json.loads(json.dumps(article_payload(IndexedArticle(article=article, passages=()))))
    assert read_article(stored) == article
    assert read_article(stored).content_hash == stored["content_hash"]


@given(articles)
def test_a_head_is_read_from_the_payload_of_its_article(article: Article) -> None:
    entry = IndexedArticle(article=article, passages=(), paths=("a", "b"), signature=b"\0\xff")
    head = read_head(json.loads(json.dumps(article_payload(entry))))
    assert (head.id, head.content_hash, head.rank) == (
        article.id,
        article.content_hash,
        article.rank,
    )
    assert (head.paths, head.published, head.signature) == (
        ("a", "b"),
        article.published,
        b"\0\xff",
    )
    assert head.versions == tuple((v.rank, v.content_hash) for v in article.versions)


@given(article=articles, lengths=st.lists(st.integers(0, 500), min_size=1))
def test_a_passage_comes_back_from_its_payload(article: Article, lengths: list[int]) -> None:
    ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    spans = tuple(Span(end - size, end) for size, end in zip(lengths, ends, strict=True))
    passage = Passage(article_id=article.id, start=0, end=ends[-1], sentences=spans)
    stored = json.loads(json.dumps(passage_payload(passage, article)))
    assert read_passage(stored) == passage


def test_a_manifest_comes_back_from_its_json() -> None:
    manifest = Manifest(recipe=RECIPE, articles=2, passages=5, files={"a/b": (3, "cd")})
    assert Manifest.from_json(manifest.to_json(), "here") == manifest


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"recipe": {"format": 2}}', "\x00"])
def test_what_is_no_manifest_is_damage_at_a_named_place(broken: str) -> None:
    with pytest.raises(ArchiveDamaged, match="the manifest of here"):
        Manifest.from_json(broken, "here")


def test_a_manifest_of_another_format_is_refused_by_both_numbers() -> None:
    other = Recipe(model="hashing", dimension=16, passage_words=40, format=99)
    written = Manifest(recipe=other, articles=0, passages=0).to_json()
    with pytest.raises(
        ArchiveMismatch, match=r"format 99, and this version reads 2; install the newer"
    ):
        Manifest.from_json(written, "here")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_vector_that_is_not_finite_is_refused(value: float) -> None:
    passage = Passage(article_id="a", start=0, end=4, sentences=(Span(0, 4),))
    vectors = np.full((1, 16), value, dtype=np.float32)
    with pytest.raises(ValueError, match="a vector of article a is not finite"):
        PassageVectors(passage=passage, vectors=vectors)
