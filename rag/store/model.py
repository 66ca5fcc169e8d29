"""The data model: what a point holds, the same in the embedded engine and on a server.

An *article* point carries the text once, its metadata and no vector. *Passage* points carry offsets
into that text, what filters need, and three vectors:

    bm25       sparse, IDF at query time      title and text of the passage
    dense      (dim,)   unit vector           mean of the sentence vectors
    sentences  (n, dim) unit rows, MaxSim     one a sentence, for rescoring only
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import ArchiveDamaged, ArchiveMismatch
from rag.records import Article, Passage, SearchFilter, derive_id
from rag.sentences import Span
from rag.terms import Terms

FORMAT = 1
BM25, DENSE, SENTENCES = "bm25", "dense", "sentences"
ARTICLE, PASSAGE, MANIFEST = "article", "passage", "manifest"

# How deep each signal looks before fusion. Measured on NewsQA: 100 each gives rank 1 .54 and top 10
# .86; 200 rescored instead of 100 changed neither.
CANDIDATES = 100

# Outlets that are listed by name; an archive of more is filtered by typing them.
MOST_SOURCES = 10_000

_EVERYTHING = SearchFilter()

Payload = dict[str, Any]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an archive was made; archives made differently are never mixed."""

    model: str
    dimension: int
    passage_words: int
    format: int = FORMAT

    def require(self, wanted: "Recipe", location: str) -> None:
        """Do nothing if this is the wanted recipe.

        Raises:
            ArchiveMismatch: any part differs; the message names it and what to do.
        """
        for name, has in dataclasses.asdict(self).items():
            want = getattr(wanted, name)
            if has != want:
                raise ArchiveMismatch(
                    f"the archive {location} was made with {name.replace('_', ' ')} {has}, and the "
                    f"settings say {want}; set DATELINE_{_SETTING.get(name, name).upper()} back or "
                    "ingest into a new archive"
                )


_SETTING = {"model": "embedding_model", "dimension": "embedding_model", "format": "archive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive must hold: its recipe and its counts, checked whenever it is opened."""

    recipe: Recipe
    articles: int
    passages: int
    files: Mapping[str, tuple[int, str]] = dataclasses.field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as JSON with sorted keys."""
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str, location: str) -> "Manifest":
        """Return the manifest written by `to_json`.

        Raises:
            ArchiveDamaged: it is not one.
            ArchiveMismatch: it was written by another format of archive.
        """
        try:
            data = json.loads(text)
            found = data["recipe"]["format"]
            if found != FORMAT:
                raise ArchiveMismatch(
                    f"the archive {location} has format {found}, this version reads {FORMAT}; "
                    "ingest its articles into a new archive"
                )
            files = {
                name: (int(size), str(digest)) for name, (size, digest) in data["files"].items()
            }
            return cls(
                recipe=Recipe(**data["recipe"]),
                articles=int(data["articles"]),
                passages=int(data["passages"]),
                files=files,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveDamaged(
                f"the manifest of {location} cannot be read ({error!r}); run 'dateline doctor' or "
                "ingest again"
            ) from error


def mean_vector(vectors: Vectors) -> Vectors:
    """Return the mean of rows `(n, dim)` as a unit vector `(dim,)`."""
    mean: Vectors = vectors.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPassage:
    """A passage with its BM25 terms and its sentence vectors, `(n_sentences, dim)`."""

    passage: Passage
    terms: Terms
    vectors: Vectors

    def __post_init__(self) -> None:
        if len(self.vectors) != len(self.passage.sentences):
            raise ValueError("one vector a sentence")
        if not np.isfinite(self.vectors).all():
            # Qdrant accepts NaN without a word and never finds the point again.
            raise ValueError(f"a vector of article {self.passage.article_id} is not finite")

    @property
    def dense(self) -> Vectors:
        """The mean of the sentence vectors, as a unit vector `(dim,)`."""
        return mean_vector(self.vectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArticle:
    """An article and all its passages, written together."""

    article: Article
    passages: tuple[IndexedPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPassage:
    """A passage that a query found, its fused score, its sentence vectors `(n, dim)`."""

    passage: Passage
    score: float
    vectors: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an article is known by without reading its text."""

    id: str
    content_hash: str
    path: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreQuery:
    """A question as the store sees it: BM25 terms, vector `(dim,)`, filter.

    Without a vector the words alone decide, by BM25.
    """

    terms: Terms
    vector: Vectors | None
    limit: int
    where: SearchFilter = _EVERYTHING


class Store(Protocol):
    """One whole archive, read only."""

    @property
    def location(self) -> str:
        """Where the archive is, for messages."""

    @property
    def manifest(self) -> Manifest:
        """What the archive holds."""

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return the best passages, best first: one query that fuses BM25 and sentence MaxSim."""

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term; terms that no passage holds are missing."""

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by, in no particular order."""

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles, at most MOST_SOURCES of them."""

    def damage(self) -> list[str]:
        """Return what is wrong with what is stored, read in full; empty if nothing is."""

    def is_current(self) -> bool:
        """Say whether this is still the generation being served."""

    def close(self) -> None:
        """Release what the store holds; it cannot be used afterwards."""


class Builder(Protocol):
    """Writes the next generation of an archive; readers see none of it before `publish`."""

    def contents(self) -> dict[str, ArticleHead]:
        """Return what is completely written so far, by article id, from an earlier run too."""

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles, replacing those of the same id; returns when a kill cannot lose them."""

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""

    def publish(self) -> Manifest:
        """Verify what was written, then serve it in place of the generation before."""

    def close(self) -> None:
        """Stop; what is not published stays for the next run to go on with."""


def article_point_id(article_id: str) -> str:
    """Return the point id of an article."""
    return derive_id("article", article_id)


def article_payload(article: Article) -> Payload:
    """Return the payload of an article point."""
    payload = dataclasses.asdict(article) | {"kind": ARTICLE, "content_hash": article.content_hash}
    payload["authors"] = list(article.authors)
    payload["published"] = _stamp(article.published)
    payload["updated"] = _stamp(article.updated)
    payload["published_at"] = article.published_at.isoformat() if article.published_at else None
    return {key: value for key, value in payload.items() if value not in (None, "", [])}


def passage_payload(passage: Passage, article: Article) -> Payload:
    """Return the payload of a passage point: offsets and what filters need, never text."""
    payload: Payload = {
        "kind": PASSAGE,
        "article_id": article.id,
        "start": passage.start,
        "end": passage.end,
        "sentences": [offset for span in passage.sentences for offset in span],
        "published": _stamp(article.published),
        "source": article.source,
        "section": article.section,
        "language": article.language,
    }
    return {key: value for key, value in payload.items() if value not in (None, "")}


def read_article(payload: Payload) -> Article:
    """Return the article of an article point's payload."""
    published_at = payload.get("published_at")
    return Article(
        id=payload["id"],
        text=payload["text"],
        title=payload.get("title", ""),
        source=payload.get("source", ""),
        url=payload.get("url", ""),
        path=payload.get("path", ""),
        authors=tuple(payload.get("authors", ())),
        published=_day(payload.get("published")),
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        updated=_day(payload.get("updated")),
        section=payload.get("section", ""),
        language=payload.get("language", ""),
    )


def read_head(payload: Payload) -> ArticleHead:
    """Return the head of an article point's payload."""
    return ArticleHead(
        id=payload["id"],
        content_hash=payload["content_hash"],
        path=payload.get("path", ""),
        published=_day(payload.get("published")),
    )


HEAD_FIELDS = ["id", "content_hash", "path", "published"]


def read_passage(payload: Payload) -> Passage:
    """Return the passage of a passage point's payload."""
    offsets = payload["sentences"]
    return Passage(
        article_id=payload["article_id"],
        start=payload["start"],
        end=payload["end"],
        sentences=tuple(Span(s, e) for s, e in zip(offsets[::2], offsets[1::2], strict=True)),
    )


def day_stamp(day: date) -> str:
    """Return a day as the RFC 3339 instant it is indexed under: its midnight, UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _stamp(day: date | None) -> str | None:
    return day_stamp(day) if day else None


def _day(stamp: str | None) -> date | None:
    return date.fromisoformat(stamp[:10]) if stamp else None
