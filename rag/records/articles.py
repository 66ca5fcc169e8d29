"""Defines the records that are stored: an article with its versions, and its passages.

All `start` and `end` are character offsets into `Article.text`, end exclusive. All `published` and
`updated` are calendar days as the outlet printed them. `published_at` and `updated_at` are the
exact instants, if the input gave a time with a zone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from rag.interchange import Record
from rag.records.ids import derive_id, rank_version
from rag.records.sources import SourceFields
from rag.text.genres import Genre, genre_of
from rag.text.retractions import is_correction
from rag.text.sentences import Span


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Version(Record):
    """An earlier text of an article, which a newer version replaced for answering."""

    text: str
    content_hash: str
    title: str = ""
    version: str = ""
    published: date | None = None
    updated: date | None = None
    updated_at: datetime | None = None
    note: str = ""
    path: str = ""

    @property
    def rank(self) -> str:
        """A text that orders it among the versions of its article, like `Article.rank`."""
        return rank_version(self.version, self.updated_at or self.updated, self.published)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Article(Record):
    """One article as stored: its text once, its metadata, and the input `path` it came from.

    `agency` is the news agency that it credits, `dateline` the place that it was filed from, and
    `note` what its editors say about it, such as a correction. It is not found before `embargoed`
    and from `expires` on. `cluster` is the id of the original among its near-identical copies,
    empty if there are none. `versions` are its earlier texts, oldest first.
    """

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
    updated_at: datetime | None = None
    version: str = ""
    section: str = ""
    language: str = ""
    agency: str = ""
    dateline: str = ""
    rights: str = ""
    pubstatus: str = ""
    embargoed: datetime | None = None
    expires: datetime | None = None
    note: str = ""
    cluster: str = ""
    versions: tuple[Version, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.text.strip():
            raise ValueError("an article needs an id and a text")
        for name in ("published_at", "updated_at", "embargoed", "expires"):
            instant = getattr(self, name)
            if instant is not None and instant.tzinfo is None:
                raise ValueError(f"{name} needs a time zone")

    @property
    def content_hash(self) -> str:
        """The SHA-256 of its content; an article with an equal hash need not be ingested again.

        The place where it was read, its copies and its history do not belong to its content.
        """
        content = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _AROUND}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def text_hash(self) -> str:
        """The SHA-256 of its text in UTF-8, as `sha256sum` gives it for a file of the text."""
        return hash_text(self.text)

    @property
    def rank(self) -> str:
        """A text that orders the versions of an article, by version number and then by dates."""
        return rank_version(
            self.version, self.updated_at or self.updated, self.published_at or self.published
        )

    def is_embargoed(self, now: datetime) -> bool:
        """Say whether no search finds it yet."""
        return self.embargoed is not None and self.embargoed > now

    def is_expired(self, now: datetime) -> bool:
        """Say whether no search finds it any more."""
        return self.expires is not None and self.expires <= now

    @property
    def as_source(self) -> SourceFields:
        """The fields about it in a hit, a citation or a copy."""
        return SourceFields(
            article_id=self.id,
            title=self.title,
            source=self.source,
            url=self.url,
            published=self.published,
        )

    @property
    def genre(self) -> Genre:
        """Whether it is opinion, analysis or satire, by its section, headline or byline."""
        return genre_of(self.title, self.section, self.authors)

    @property
    def corrects(self) -> bool:
        """Whether its headline announces a correction."""
        return is_correction(self.title)

    def as_version(self) -> Version:
        """Return this article as a version that a newer one replaces."""
        return Version(
            text=self.text,
            content_hash=self.content_hash,
            title=self.title,
            version=self.version,
            published=self.published,
            updated=self.updated,
            updated_at=self.updated_at,
            note=self.note,
            path=self.path,
        )


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# The fields of an article that do not belong to its content.
_AROUND = ("path", "cluster", "versions")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTime:
    """A time expression of an article's text, `text[start:end]`, and what it means there.

    `type` and `value` are those of TIMEX3. `rule` says how the value follows from the words and the
    day of publication. `first` and `last` are the days that it covers, None if no year is known.
    """

    start: int
    end: int
    type: str
    value: str
    rule: str
    first: date | None = None
    last: date | None = None


# A span of days, both included.
Days = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Consecutive whole sentences of one article, which a search finds together.

    `times` are the time expressions in it. `days` are the days on which its events happened, which
    filters use.
    """

    article_id: str
    start: int
    end: int
    sentences: tuple[Span, ...]
    times: tuple[EventTime, ...] = ()
    days: tuple[Days, ...] = ()

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a passage needs at least one sentence")
        if self.sentences[0].start != self.start or self.sentences[-1].end != self.end:
            raise ValueError("a passage starts and ends with its sentences")

    @property
    def id(self) -> str:
        """Return the id of its point, which follows from the article and the place in it."""
        return derive_id("passage", self.article_id, str(self.start), str(self.end))


def word_count(texts: Sequence[str]) -> int:
    """Return the number of words in all texts, which are separated by white space."""
    return sum(len(text.split()) for text in texts)
