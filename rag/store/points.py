"""Defines the points of a generation and what they can be asked, the same for both backends.

Each backend implements `Points` for its engine.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import numpy as np

from rag.groups import grouped
from rag.models.vectors import Vectors
from rag.records import Article, Copy, Passage, SearchFilter, derive_id
from rag.store import payloads
from rag.store.conditions import (
    Conditions,
    Selection,
    articles_searched,
    changed_since,
    dated,
    dated_after,
    embargoed,
    expired,
    of_articles,
    of_clusters,
    of_kinds,
    passages_searched,
)
from rag.store.model import (
    ARTICLE,
    BM25,
    DENSE,
    FILE,
    PASSAGE,
    SENTENCES,
    WITHDRAWN,
    ArticleFacts,
    ArticleHead,
    FileMark,
    Hidden,
    IndexedArticle,
    PassageVectors,
    ScoredPassage,
    StoredArticle,
)
from rag.store.payloads import Payload
from rag.text.terms import Terms

# How many points are asked for at a time, and how many if they hold texts.
PAGE, TEXT_PAGE = 500, 50
_KINDS_PAGE = 5000
# How many passages are read to count articles, which takes 40 ms in a directory; a search of 20,000
# articles takes longer.
_MOST_READ = 3000
# Every field that conditions look at, with the kind of its values.
INDEXED_FIELDS = {
    "kind": "keyword",
    "article_id": "keyword",
    "source": "keyword",
    "section": "keyword",
    "cluster": "keyword",
    "published": "datetime",
    "known": "datetime",
    "days[].first": "datetime",
    "days[].last": "datetime",
    payloads.CELLS: "keyword",
    "hidden_until": "datetime",
    "hidden_from": "datetime",
    "embedded": "keyword",
    payloads.WRITING: "keyword",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point outside an engine; no question finds a point without terms.

    `dense` `(dim,)` and `sentences` `(n, dim)` are float32. They are None for a point that has no
    vectors, or none yet.
    """

    id: str
    payload: Payload
    terms: Terms | None = None
    dense: Vectors | None = None
    sentences: Vectors | None = None

    @property
    def rows(self) -> dict[str, list[Any]]:
        """The vectors by their names, as engines take them; without the terms."""
        named = {DENSE: self.dense, SENTENCES: self.sentences}
        return {name: rows.tolist() for name, rows in named.items() if rows is not None}

    def digest(self) -> bytes:
        """Return what two points have in common only if they hold the same, in either engine.

        Vectors are compared with the precision of float16, which archives have. Cells follow from
        the days, and archives of earlier releases have none.
        """
        payload = {name: value for name, value in self.payload.items() if name != payloads.CELLS}
        content = hashlib.sha256(json.dumps([self.id, payload], sort_keys=True).encode())
        terms = sorted(
            zip(self.terms.indices, self.terms.weights, strict=True) if self.terms else ()
        )
        content.update(np.array([index for index, _ in terms], dtype=np.int64).tobytes())
        content.update(np.array([weight for _, weight in terms], dtype=np.float32).tobytes())
        for vectors in (self.dense, self.sentences):
            shape = () if vectors is None else vectors.shape
            content.update(repr(shape).encode())
            if vectors is not None:
                content.update(vectors.astype(np.float16).tobytes())
        return content.digest()


def stored_point(id: object, payload: Payload, vectors: Mapping[str, Any]) -> Point:  # noqa: A002
    """Return a point as an engine has it, with all its vectors by their names."""
    sparse = vectors.get(BM25)
    dense, sentences = (
        None if (rows := vectors.get(name)) is None else np.asarray(rows, dtype=np.float32)
        for name in (DENSE, SENTENCES)
    )
    terms = None if sparse is None else Terms(list(sparse.indices), list(sparse.values))
    return Point(id=str(id), payload=payload, terms=terms, dense=dense, sentences=sentences)


def article_point_id(article_id: str) -> str:
    """Return the point id of an article, withdrawn or not."""
    return derive_id("article", article_id)


def file_point_id(path: str) -> str:
    """Return the point id of a file's mark."""
    return derive_id("file", path)


def article_point(entry: IndexedArticle) -> Point:
    """Return the point of an article, marked as being written."""
    payload = payloads.article_payload(entry) | {payloads.WRITING: payloads.YES}
    return Point(id=article_point_id(entry.article.id), payload=payload)


def passage_points(entry: IndexedArticle) -> list[Point]:
    """Return the points of an article's passages, which are found by their words."""
    return [
        Point(
            id=indexed.passage.id,
            payload=payloads.passage_payload(indexed.passage, entry.article),
            terms=indexed.terms,
        )
        for indexed in entry.passages
    ]


def withdrawn_point(head: ArticleHead) -> Point:
    """Return the point that stays of a withdrawn article."""
    return Point(id=article_point_id(head.id), payload=payloads.withdrawn_payload(head))


def file_point(mark: FileMark) -> Point:
    """Return the point of a file's mark."""
    return Point(id=file_point_id(mark.path), payload=payloads.file_payload(mark))


class Points(ABC):
    """The points of one generation; each engine implements the abstract methods."""

    __slots__ = ()

    # -- shared by both engines ---------------------------------------------------------------

    def heads(self) -> Iterator[ArticleHead]:
        """Stream the heads of all articles, also of withdrawn ones."""
        found = self.contents(of_kinds(ARTICLE, WITHDRAWN), payloads.HEAD_FIELDS)
        return (payloads.read_head(payload) for payload in found)

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of files."""
        found = self.contents(of_kinds(FILE), page=TEXT_PAGE)
        return (payloads.read_mark(payload) for payload in found)

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`, without withdrawn ones."""
        found = self.payloads(ids)
        articles = (payloads.read_article(p) for p in found if p["kind"] == ARTICLE)
        return {article.id: article for article in articles}

    def known(self, ids: Sequence[str]) -> list[str]:
        """Return the ids of those articles among `ids` that are stored, also withdrawn ones."""
        return [payload["id"] for payload in self.payloads(ids, ["id"])]

    def withdrawn(self, ids: Sequence[str]) -> dict[str, str]:
        """Return those of `ids` that were withdrawn, with the status that the outlet gave."""
        found = self.payloads(ids, ["id", "kind", "withdrawn"])
        return {p["id"]: p.get("withdrawn", "") for p in found if p["kind"] == WITHDRAWN}

    def copies(self, clusters: Sequence[str], where: SearchFilter) -> dict[str, list[Copy]]:
        """Return the articles of each cluster, in the order of publication."""
        if not clusters:
            return {}
        found = self.contents(of_clusters(clusters, where), payloads.COPY_FIELDS)
        return payloads.sort_copies(found)

    def stored_vectors(self, article_id: str) -> dict[Passage, Vectors | None]:
        """Return the passages of an article with their sentence vectors, in their order."""
        found = self.with_vectors(of_articles([article_id]))
        vectors = {payloads.read_passage(payload): rows for payload, rows in found}
        return dict(sorted(vectors.items(), key=lambda item: item[0].start))

    def counts(self) -> dict[str, int]:
        """Return the number of articles and of passages."""
        return {kind: self.count(of_kinds(kind)) for kind in (ARTICLE, PASSAGE)}

    def count_searched(self, where: SearchFilter, *, by_cells: bool) -> int | None:
        """Return how many articles a search looks at; None if to count them would take too long.

        Only passages have the days of events and the ids of their articles, so they are read.
        """
        if where.events is None and where.articles is None:
            return self.count(articles_searched(where))
        passages = passages_searched(where, by_cells=by_cells)
        if self.count(passages) > _MOST_READ:
            return None
        found = self.contents(passages, ["article_id"])
        return len({payload["article_id"] for payload in found})

    def newest(self, where: SearchFilter, *, first: int, limit: int) -> list[str]:
        """Return the ids of articles from a place on, the newest first and undated ones last."""
        wanted = articles_searched(where)
        last = first + limit
        days = self.latest(dated(wanted, value=True), limit=last)
        if len(days) == last:
            return days[first:]
        undated = self.contents(dated(wanted, value=False), ["id"])
        rest = islice((payload["id"] for payload in undated), last - len(days))
        return [*days, *rest][first:]

    def facts_of(self, ids: Sequence[str]) -> list[ArticleFacts]:
        """Return the facts of the stored articles among `ids`."""
        found = self.payloads(ids, ["kind", *payloads.FACT_FIELDS])
        return [payloads.read_facts(payload) for payload in found if payload["kind"] == ARTICLE]

    def kinds(self, where: SearchFilter) -> Iterator[ArticleFacts]:
        """Stream day, outlet, section and language of each article that a search looks at."""
        found = self.contents(articles_searched(where), payloads.KIND_FIELDS, page=_KINDS_PAGE)
        return (payloads.read_facts(payload) for payload in found)

    def changed_since(self, where: SearchFilter, day: date) -> int:
        """Return how many articles a search as of a day misses only because they changed since."""
        return self.count(changed_since(where, day))

    def hidden(self, now: datetime) -> Hidden:
        """Return how many articles are hidden at a time, and how many are dated after its day."""
        is_expired, is_embargoed = expired(now), embargoed(now)
        both = Conditions(must=(*is_expired.must, *is_embargoed.must))
        return Hidden(
            expired=self.count(is_expired),
            embargoed=self.count(is_embargoed),
            both=self.count(both),
            ahead=self.count(dated_after(now.date())),
        )

    def hidden_by_source(self, now: datetime) -> dict[str, int]:
        """Return how many articles of each outlet are hidden at a time."""
        found = {
            payload["id"]: payload.get("source", "")
            for conditions in (expired(now), embargoed(now))
            for payload in self.contents(conditions, ["id", "source"])
        }
        return dict(Counter(found.values()))

    def stored(self, where: Conditions) -> Iterator[StoredArticle]:
        """Stream the articles that meet conditions, with their passages."""
        found = self.contents(where, page=TEXT_PAGE)
        for articles in grouped((payloads.read_article(p) for p in found), TEXT_PAGE):
            yield from self._with_passages(articles)

    def _with_passages(self, articles: list[Article]) -> Iterator[StoredArticle]:
        passages: dict[str, list[Passage]] = {article.id: [] for article in articles}
        for payload in self.contents(of_articles(list(passages))):
            passage = payloads.read_passage(payload)
            passages[passage.article_id].append(passage)
        for article in articles:
            ordered = sorted(passages[article.id], key=lambda passage: passage.start)
            yield StoredArticle(article=article, passages=tuple(ordered))

    # -- implemented by each engine -----------------------------------------------------------

    @abstractmethod
    def contents(
        self, where: Conditions, fields: list[str] | None = None, *, page: int = PAGE
    ) -> Iterator[Payload]:
        """Stream the payloads of points, or some fields of them, in the order of their ids."""

    @abstractmethod
    def latest(self, where: Conditions, *, limit: int) -> list[str]:
        """Return the ids of articles that have a day of publication, the latest first."""

    @abstractmethod
    def with_vectors(self, where: Conditions) -> Iterator[tuple[Payload, Vectors | None]]:
        """Stream the payloads of passages and their sentence vectors, None if there are none."""

    @abstractmethod
    def whole(self, where: Conditions) -> Iterator[Point]:
        """Stream points with all that is stored of them, in the order of their ids."""

    @abstractmethod
    def payloads(
        self, article_ids: Sequence[str], fields: list[str] | None = None
    ) -> list[Payload]:
        """Return the payloads of the stored articles among some, also of withdrawn ones."""

    @abstractmethod
    def count(self, where: Conditions) -> int:
        """Return the exact number of points that meet conditions."""

    @abstractmethod
    def has_index(self, field: str) -> bool:
        """Say whether a field has an index."""

    @abstractmethod
    def facet(self, field: str, *, limit: int | None = None) -> dict[str, int]:
        """Return the values of a field of articles with counts, all or the most frequent ones."""

    @abstractmethod
    def upsert(self, points: Iterable[Point]) -> None:
        """Write points; when this returns, a kill cannot lose them."""

    @abstractmethod
    def update_vectors(self, entries: Iterable[PassageVectors]) -> None:
        """Write the vectors of stored passages."""

    @abstractmethod
    def set_payload(self, payload: Payload, points: Selection) -> None:
        """Set fields of points."""

    @abstractmethod
    def delete_payload(self, fields: list[str], points: Selection) -> None:
        """Delete fields of points."""

    @abstractmethod
    def delete(self, points: Selection) -> None:
        """Delete points."""

    @abstractmethod
    def delete_passages(self, article_ids: Sequence[str]) -> None:
        """Delete the passages of articles."""


def in_order(found: Iterable[ScoredPassage]) -> list[ScoredPassage]:
    """Return passages, the best first; those with equal scores in an order of their own.

    Qdrant gives equals in any order, and word-for-word copies are equals. So the same question
    would be answered now from the one, now from the other.
    """
    return sorted(found, key=lambda one: (-one.score, one.passage.article_id, one.passage.start))


def scored_passage(
    payload: Payload, score: float, *, vectors: Vectors | None, terms: Iterable[int]
) -> ScoredPassage:
    """Return a passage that a query found."""
    return ScoredPassage(
        passage=payloads.read_passage(payload),
        score=score,
        vectors=vectors,
        terms=frozenset(terms),
        cluster=payload.get("cluster", ""),
    )
