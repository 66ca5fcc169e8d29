"""Defines the data model: what a point holds, in the embedded engine and on a server.

An *article* point has the text once, its metadata and no vector. *Passage* points have offsets into
that text, the fields that filters need, and three vectors:

    bm25       sparse, IDF at query time      title and text of the passage
    dense      (dim,)   unit vector           mean of the sentence vectors
    sentences  (n, dim) unit rows, MaxSim     one a sentence, for rescoring only

An ingest writes `bm25` first and adds the two others later. The mark `embedded` on the article says
that they are there. A *withdrawn* point remembers an article that its outlet took back, so that an
older version of it is not added again. A *file* point remembers what an input file gave, so that
the file need not be read again.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from rag.errors import ArchiveDamaged, ArchiveMismatch
from rag.models.vectors import Vectors, mean_vector
from rag.records import Article, Passage, SearchFilter
from rag.text.terms import Terms

FORMAT = 2
BM25, DENSE, SENTENCES = "bm25", "dense", "sentences"
ARTICLE, PASSAGE, WITHDRAWN, FILE = "article", "passage", "withdrawn", "file"
MANIFEST = "manifest"

# How many passages each signal takes before fusion. Measured on NewsQA, 100 each give rank 1 .54
# and top 10 .86. Rescoring 200 instead of 100 changed neither.
CANDIDATES = 100

_EVERYTHING = SearchFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an archive was made; archives that were made differently are never mixed."""

    model: str
    dimension: int
    passage_words: int
    format: int = FORMAT

    def require(self, wanted: "Recipe", location: str) -> None:
        """Do nothing if this is the wanted recipe.

        Raises:
            ArchiveMismatch: a part differs; the message names it and says what to do.
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
    """What an archive must hold: its recipe and its counts, checked whenever it is opened.

    `embedded` is the number of articles that have vectors; the others are found only by their
    words. `copies` is the number of articles that are near-identical to an original, and
    `clusters` is the number of their groups.
    """

    recipe: Recipe
    articles: int
    passages: int
    embedded: int = 0
    copies: int = 0
    clusters: int = 0
    # Hundreds of files would hide the counts when it is printed.
    files: Mapping[str, tuple[int, str]] = dataclasses.field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """Return the manifest as JSON with sorted keys."""
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str, location: str) -> "Manifest":
        """Return the manifest written by `to_json`.

        Raises:
            ArchiveDamaged: the text is not a manifest.
            ArchiveMismatch: the archive has another format.
        """
        try:
            data = json.loads(text)
            found = data["recipe"]["format"]
            if found != FORMAT:
                raise ArchiveMismatch(_other_format(found, location))
            files = {
                name: (int(size), str(digest)) for name, (size, digest) in data["files"].items()
            }
            return cls(
                recipe=Recipe(**data["recipe"]),
                articles=int(data["articles"]),
                passages=int(data["passages"]),
                embedded=int(data["embedded"]),
                copies=int(data["copies"]),
                clusters=int(data["clusters"]),
                files=files,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveDamaged(
                f"the manifest of {location} cannot be read ({error!r}); run 'dateline doctor' or "
                "ingest again"
            ) from error


def _other_format(found: int, location: str) -> str:
    """Return what is to be done with an archive of another format."""
    if found > FORMAT:
        todo = "install the newer version of Dateline that wrote it"
    elif "://" in location:
        todo = "ingest its articles into a new collection"
    else:
        todo = f"run 'dateline upgrade {location}', which needs nothing but the archive"
    return f"the archive {location} has format {found}, and this version reads {FORMAT}; {todo}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPassage:
    """A passage with its BM25 terms."""

    passage: Passage
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArticle:
    """An article and all its passages, which are written together and then found by their words.

    `paths` are all inputs that hold it. By its `signature`, near-identical articles are found.
    `gone` is the rank up to which its versions were withdrawn.
    """

    article: Article
    passages: tuple[IndexedPassage, ...]
    paths: tuple[str, ...] = ()
    signature: bytes = b""
    gone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageVectors:
    """The sentence vectors of a stored passage, `(n_sentences, dim)` float32 with unit rows."""

    passage: Passage
    vectors: Vectors

    def __post_init__(self) -> None:
        if len(self.vectors) != len(self.passage.sentences):
            raise ValueError("one vector a sentence")
        if not np.isfinite(self.vectors).all():
            # Qdrant silently accepts NaN and then never finds the point.
            raise ValueError(f"a vector of article {self.passage.article_id} is not finite")

    @property
    def dense(self) -> Vectors:
        """The mean of the sentence vectors, as a unit vector `(dim,)`."""
        return mean_vector(self.vectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article and its passages as they are stored."""

    article: Article
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPassage:
    """A passage that a query found, its fused score, and its sentence vectors `(n, dim)`.

    `vectors` is None if they were not computed yet. `terms` are the hashes of its words. `cluster`
    is that of the article. `nearness` is its score of `rag.evidence.nearness`.
    """

    passage: Passage
    score: float
    vectors: Vectors | None
    terms: frozenset[int] = frozenset()
    cluster: str = ""
    nearness: float = 0.0


_NO_TIME = datetime.max.replace(tzinfo=UTC)


def seniority(
    published: date | None, published_at: datetime | None, article_id: str
) -> tuple[date, datetime, str]:
    """Return what copies of a story are ordered by: day, time of day, id; what is unknown last."""
    return published or date.max, published_at or _NO_TIME, article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What is known about an article without reading its text.

    `corrects` says that its headline announces a correction. `versions` are the ranks and content
    hashes of its history. `gone` is the rank up to which it was withdrawn. If `writing` is set, a
    kill interrupted the writing, and the article must be written again. A withdrawn article has
    only a head.
    """

    id: str
    content_hash: str
    rank: str = ""
    paths: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    source: str = ""
    agency: str = ""
    signature: bytes = b""
    corrects: bool = False
    cluster: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    gone: str = ""
    embedded: bool = False
    writing: bool = False
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """What a list says of an article: the facts that a reader knows it by.

    `corrects` says that its headline announces a correction. `versions` counts its earlier texts.
    """

    id: str
    title: str = ""
    source: str = ""
    url: str = ""
    section: str = ""
    language: str = ""
    published: date | None = None
    updated: date | None = None
    note: str = ""
    corrects: bool = False
    cluster: str = ""
    versions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """A note that an input file was read in full: its path, its state, and its result as JSON."""

    path: str
    state: str
    gave: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """How many articles no search finds now, because they are expired or under embargo.

    `both` are expired and under embargo. `ahead` are dated later than today, and are found.
    """

    expired: int = 0
    embargoed: int = 0
    both: int = 0
    ahead: int = 0

    @property
    def total(self) -> int:
        """How many are hidden, each counted once."""
        return self.expired + self.embargoed - self.both

    def in_words(self, articles: int) -> str:
        """Return what is hidden of so many articles, and what is dated ahead; empty if nothing."""
        parts = [
            f"{self.expired:,} of {articles:,} articles are expired" if self.expired else "",
            f"{self.embargoed:,} of {articles:,} articles are under embargo"
            if self.embargoed
            else "",
        ]
        said = " and ".join(part for part in parts if part)
        lines = [f"{said}, so they are hidden: no search finds them"] if said else []
        if self.ahead:
            lines.append(f"{self.ahead:,} of {articles:,} articles are dated in the future")
        return "; ".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreQuery:
    """A question in the form that a store takes: BM25 terms, vector `(dim,)` and filter.

    Without a vector, only the words decide, by BM25. `candidates` is how many passages each signal
    takes at least.
    """

    terms: Terms
    vector: Vectors | None
    limit: int
    where: SearchFilter = _EVERYTHING
    candidates: int = CANDIDATES
