"""Make an article of a record: check and clean its fields, read its dates, and give it an id.

If the outlet took the item back, the result is a withdrawal, which removes the article. To read one
more field, add it to `make_article`.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ingest.found import FoundRecord, Note, Reason, Skip
from ingest.record_values import RecordValues, shown
from ingest.web_addresses import day_in_address, names_a_page, without_tracking
from rag.records import Article, derive_id, rank_version
from rag.text.datelines import place_in, read_credit

# The statuses of NewsML-G2, ninjs and NITF under which an item must not be used.
_NOT_USABLE = frozenset({"canceled", "cancelled", "withheld", "killed"})
_EVERY_VERSION = "9" * 12 + " "
# A longer text is no article: the longest novels have three million.
_MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article made from a record, its line, and notes on what could not be taken over."""

    article: Article
    notes: tuple[Note, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That an outlet took an article back: canceled, withheld or killed."""

    id: str
    status: str
    rank: str
    path: str

    @property
    def content_hash(self) -> str:
        """Sha256 of what it says, as an article has one."""
        return hashlib.sha256(f"{self.id}\0{self.status}\0{self.rank}".encode()).hexdigest()


def make_article(
    found: FoundRecord, *, day_first: bool | None = None, ignore_expiry: bool = False
) -> Made | Withdrawal | Skip:
    """Return the article of a record, or why there is none: only `text` is required.

    `day_first` says whether dates in numbers begin with the day, None that this is not known. With
    `ignore_expiry` it does not expire: some feeds let everything expire after a month.
    """
    fields = found.fields
    values = RecordValues(fields, found.notes, day_first=day_first)
    published, published_at = values.day("published")
    updated, updated_at = values.day("updated")
    version = str(fields.get("version") or "").strip()[:40]
    title, url = values.string("title"), without_tracking(values.string("url"))
    if published and published_at:
        published = _printed_day(published, published_at, url)
    text = values.text()
    status = str(fields.get("pubstatus") or "").lower().rpartition(":")[2].strip()
    own_id = _own_id(values.id(), url=url)
    article_id = own_id or derive_id("text", title, text)
    if status in _NOT_USABLE:
        # One that does not say which version it takes back takes back all.
        dates = (updated_at or updated, published_at or published)
        rank = rank_version(version, *dates) if version or any(dates) else _EVERY_VERSION
        return Withdrawal(id=article_id, status=status, rank=rank, path=found.path)
    if wrong := _no_article(found, text, own_id):
        return wrong
    credit = read_credit(text)
    article = Article(
        id=article_id,
        text=text,
        title=title,
        source=values.string("source"),
        url=url,
        path=found.path,
        authors=values.authors(),
        published=published,
        published_at=published_at,
        updated=updated,
        updated_at=updated_at,
        version=version,
        section=values.string("section"),
        language=values.string("language"),
        agency=values.string("agency") or (credit.agency if credit else ""),
        dateline=place_in(values.string("dateline") or (credit.place if credit else "")),
        rights=values.string("rights"),
        pubstatus=status,
        embargoed=values.embargo(status),
        expires=None if ignore_expiry else values.expiry(),
        note=values.string("note"),
    )
    listed = tuple(Note(detail=note, path=found.path, line=found.line) for note in values.notes)
    return Made(article=article, notes=listed, line=found.line)


def _printed_day(day: date, instant: datetime, url: str) -> date:
    """Return the day that an outlet prints: that in its address, if UTC is one day off.

    At 2.30 in Greenwich it is still the day before in America, which "today" in the text means.
    """
    named = day_in_address(url)
    is_utc = instant.utcoffset() == timedelta(0)
    return named if is_utc and named and abs(named - day) == timedelta(days=1) else day


def _no_article(found: FoundRecord, text: str, own_id: str) -> Skip | None:
    """Return why a text is no article, None if it is one; `own_id` is what it has without it."""
    if not text.strip():
        given = found.fields.get("text")
        detail = "the record has no 'text'" if given is None else f"'text' is {shown(given)}"
        return Skip(
            reason=Reason.NO_TEXT,
            detail=detail,
            path=found.path,
            line=found.line,
            article_id=own_id,
        )
    if len(text) > _MOST_CHARACTERS:
        detail = (
            f"its text has {len(text):,} characters, and an article may have {_MOST_CHARACTERS:,}; "
            "split it"
        )
        return Skip(reason=Reason.TOO_LARGE, detail=detail, path=found.path, line=found.line)
    return None


def _own_id(given: str, *, url: str) -> str:
    """Return the id that a record has whatever its text is: its own, else one from its URL."""
    if given.startswith(("http://", "https://")):
        # Feeds have addresses as ids, with all that counts visits.
        given = without_tracking(given) if names_a_page(given) else ""
    return given or (derive_id("url", url) if names_a_page(url) else "")
