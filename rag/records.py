"""Defines the frozen records that all modules share, with their invariants.

All `start` and `end` are character offsets into `Article.text`, end exclusive. All `published` and
`updated` are calendar days as the outlet printed them. `published_at` and `updated_at` are the
exact instants, if the input gave a time with a zone. Those that are a `Record` can be written as
JSON and read back, and their `repr` is short.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Literal

from rag.interchange import Record
from rag.reported import Value
from rag.sources import Copy, Source, SourceFields
from rag.text.genres import Genre, genre_of
from rag.text.sentences import Span

# The namespace of all ids of Dateline. If it changed, every id in every archive would change.
_NAMESPACE = uuid.UUID("6b0f7a52-6f0c-5b43-9a55-2c5d1f0c4e11")

Status = Literal["answered", "not_in_archive"]
# In words, to people and to language models.
NOT_SAID = "The archive does not say."


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
    def rank(self) -> str:
        """A text that orders the versions of an article, by version number and then by dates."""
        return rank_version(
            self.version, self.updated_at or self.updated, self.published_at or self.published
        )

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
        return announces_correction(self.title)

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


# How the headline of a corrected article begins, by the agencies' style books.
_CORRECTING = ("correction", "corrected", "corrects", "refile", "clarification")


def announces_correction(title: str) -> bool:
    """Say whether a headline announces a correction."""
    return title.lower().startswith(_CORRECTING)


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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hit(Source):
    """A passage that a search found, with everything needed to show and cite it.

    `copies` are other articles with the same story, which are not hits of their own. `times` are
    the resolved time expressions in the passage. `section` is the part of the newspaper that the
    article stood in, such as "politics", empty if it is not known. `genre` says if it is opinion,
    analysis or satire, and is empty for news.
    """

    start: int
    end: int
    text: str
    score: float
    sentences: tuple[Span, ...] = ()
    copies: tuple[Copy, ...] = ()
    note: str = ""
    times: tuple[EventTime, ...] = ()
    section: str = ""
    genre: Genre = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Citation(Source):
    """A quote and its place: `article.text[start:end] == quote`, which is always checked.

    `copies` are articles with the same story, which count with it as one source. `note` is the
    editors' note on the article. `times` are the resolved time expressions in the quote, at their
    offsets in the article. `highlight` is the place of the short answer, as offsets inside the
    quote.
    """

    number: int
    quote: str
    start: int
    end: int
    copies: tuple[Copy, ...] = ()
    note: str = ""
    times: tuple[EventTime, ...] = ()
    highlight: tuple[int, int] | None = None
    genre: Genre = ""

    def __str__(self) -> str:
        """Return its number and its article, and the address in a line of its own."""
        address = f"\n    {self.url}" if self.url else ""
        return f"[{self.number}] {self.byline}{address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """A sentence that a language model wrote, and whether its quotes support it.

    `citations` are the numbers of the quotes that it names. `support` is the probability, 0 to 1,
    that they support it. `problems` says in words what they do not support. A sentence that is not
    `supported` is never shown as fact.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    supported: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """The days that a question or a filter asks about, both included; None leaves a side open."""

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
class AnswerPart:
    """One thing that a question asked beside others: whether it is answered, and by which quotes.

    `citations` are the numbers of its quotes.
    """

    question: str
    status: Status
    citations: tuple[int, ...] = ()


Certainty = Literal["likely", "uncertain", "weak", "none"]

# The least confidence of each word. Of answers to questions on news and on invented archives, each
# left out of the fit, seven of ten that are likely are right, half of the uncertain, a third of the
# weak (`bench calibration`). None is called sure: of the surest, a quarter is wrong.
CERTAINTY: Mapping[Certainty, float] = {"likely": 0.6, "uncertain": 0.35, "weak": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answer(Record):
    """What the archive says to a question, and the evidence for it.

    `question` is the question as the user put it. `carried` are the words of earlier questions that
    were added to it. `understood` is the question that was searched and read, empty if that is the
    same.

    `citations` hold the answer, best first. `also_found` are quotes that answer the question about
    another event, or with a value that does not hold any more. `values` are the amounts, days or
    names that were found, newest first, if the answer is one of these. `nearest` are the hits that
    were read, and those that are cited beside them. `confidence` is the estimated probability, 0 to
    1, that the first citation answers the question. `searched` says in words which part of the
    archive was searched. `time_window` is the days that the question, or its filter, asks about.

    For a when-question, `when` is the time it asks for, `when_day` is that time in words, and
    `when_follows` is what it follows from, empty if the quote writes it out. `short` is the few
    words that answer, if the reader marked them and only one value stands. `sentences` are those
    that a language model wrote, if one is configured, each checked against its quotes. `text` then
    has the supported ones. `parts` are the things that a question asks, if it asks several.
    """

    question: str
    status: Status
    text: str
    understood: str = ""
    carried: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    also_found: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    time_window: TimeWindow | None = None
    confidence: float = 0.0
    searched: str = ""
    when: EventTime | None = None
    when_day: str = ""
    when_follows: str = ""
    short: str = ""
    values: tuple[Value, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    parts: tuple[AnswerPart, ...] = ()

    def __post_init__(self) -> None:
        if (self.status == "answered") != bool(self.citations):
            raise ValueError("an answer has citations, and only an answer has them")

    @property
    def asked(self) -> str:
        """The question as it was searched and read."""
        return self.understood or self.question

    @property
    def certainty(self) -> Certainty:
        """How sure the answer is, in a word that was measured; "none" if there is no answer."""
        if self.status != "answered":
            return "none"
        return next(word for word, least in CERTAINTY.items() if self.confidence >= least)

    @property
    def support(self) -> tuple[Value, ...]:
        """The values that were reported, newest first: who says what, and what was replaced."""
        return self.values

    @property
    def sources(self) -> list[Citation]:
        """The citations of the answer and those of other events, in the order of their numbers."""
        return sorted((*self.citations, *self.also_found), key=lambda citation: citation.number)

    def __str__(self) -> str:
        """Return the text, and below it the numbered sources, each with its address."""
        return "\n".join([self.text, *([""] if self.sources else []), *map(str, self.sources)])


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What a search is restricted to; a filter that matches nothing gives no hits.

    `window` limits the days of publication, and `events` the days on which something happened.
    `as_of` is the day by which an article must have been published, without a change since.
    `sources` None means every outlet, and an empty tuple means none; `sections` are the parts of
    the newspaper, likewise. Articles that are under embargo at the instant `now`, or have expired
    by then, are never found. With None as `now` they are found, for those who keep the archive.
    """

    window: TimeWindow | None = None
    events: TimeWindow | None = None
    as_of: date | None = None
    sources: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    now: datetime | None = None


def derive_id(kind: str, *parts: str) -> str:
    """Return the uuid5 of a kind and its parts, so that equal content always has the same id."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps([kind, *parts], ensure_ascii=True)))


def rank_version(
    version: str, updated: date | datetime | None, published: date | datetime | None
) -> str:
    """Return a text that sorts like versions: by number, then by the later of their dates."""
    number = version.strip() if version.strip().isascii() and version.strip().isdigit() else ""
    dates = sorted(_sortable(day) for day in (updated, published) if day)
    return f"{number.lstrip('0').zfill(12)} {dates[-1] if dates else ''}"


def _sortable(day: date | datetime) -> str:
    if isinstance(day, datetime):
        # The first and the last day of the calendar cannot be converted to another zone.
        in_range = date.min < day.date() < date.max
        return (day.astimezone(UTC) if in_range else day).isoformat()[:19]
    return day.isoformat()


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
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name} is {value!r}; write a day as YYYY-MM-DD") from error


def word_count(texts: Sequence[str]) -> int:
    """Return the number of words in all texts, which are separated by white space."""
    return sum(len(text.split()) for text in texts)
