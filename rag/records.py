"""The nouns of Dateline: frozen records that every module speaks in, with their invariants.

All `start`/`end` are character offsets into `Article.text`, end exclusive. All `published` and
`updated` are calendar days as the outlet printed them; `published_at` is the exact instant where
the input gave a time with a zone.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from rag.sentences import Span

# Names the id space of Dateline; changing it would change every id in every archive.
_NAMESPACE = uuid.UUID("6b0f7a52-6f0c-5b43-9a55-2c5d1f0c4e11")

Status = Literal["answered", "not_in_archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as stored: its text once, its metadata, and the input `path` it came from."""

    id: str
    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    path: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    updated: date | None = None
    section: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.text.strip():
            raise ValueError("an article needs an id and a text")
        if self.published_at is not None and self.published_at.tzinfo is None:
            raise ValueError("published_at needs a time zone")

    @property
    def content_hash(self) -> str:
        """Sha256 over everything but the path: equal hashes need no new ingest."""
        content = {k: v for k, v in asdict(self).items() if k != "path"}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Consecutive whole sentences of one article, the unit of retrieval."""

    article_id: str
    start: int
    end: int
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a passage needs at least one sentence")
        if self.sentences[0].start != self.start or self.sentences[-1].end != self.end:
            raise ValueError("a passage starts and ends with its sentences")

    @property
    def id(self) -> str:
        """Return the point id, derived from the article and the place in it."""
        return derive_id("passage", self.article_id, str(self.start), str(self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found, with what is needed to show and cite it."""

    article_id: str
    title: str
    source: str
    url: str
    published: date | None
    start: int
    end: int
    text: str
    score: float
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote and where it stands: `article.text[start:end] == quote`, always checked."""

    number: int
    article_id: str
    title: str
    source: str
    url: str
    published: date | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """The days a question or a filter asks about, both included; None leaves a side open."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")

    def __str__(self) -> str:
        if self.since and self.until:
            return f"{self.since} to {self.until}"
        return f"since {self.since}" if self.since else f"until {self.until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the archive says to a question, and what it stands on.

    `citations` hold the answer, best first, from distinct articles; `also_found` are quotes that
    answer the question about another event; `nearest` are the hits that were read. `confidence` is
    the estimated probability, 0 to 1, that the first citation answers the question. `searched`
    says in words which part of the archive was looked at.
    """

    question: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    also_found: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    time_window: TimeWindow | None = None
    confidence: float = 0.0
    searched: str = ""

    def __post_init__(self) -> None:
        if (self.status == "answered") != bool(self.citations):
            raise ValueError("an answer has citations, and only an answer has them")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What a search is restricted to; a filter that matches nothing gives no hits.

    `sources` None means every outlet, an empty tuple none.
    """

    window: TimeWindow | None = None
    sources: tuple[str, ...] | None = None


def derive_id(kind: str, *parts: str) -> str:
    """Return the uuid5 of a kind and its parts: the same content always gives the same id."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps([kind, *parts], ensure_ascii=True)))


def parse_day(value: str | date | None, *, name: str = "date") -> date | None:
    """Return a calendar day from an ISO string or a date.

    Raises:
        ValueError: the value is not an ISO 8601 day such as 2020-11-10.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{name} is {value!r}; write a day as YYYY-MM-DD") from error


def word_count(texts: Sequence[str]) -> int:
    """Return the number of white-space separated words in all texts."""
    return sum(len(text.split()) for text in texts)
