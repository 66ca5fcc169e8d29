"""Make an article of a record: check and clean its fields, read its dates, and give it an id.

If the outlet took the item back, the result is a withdrawal, which removes the article. To read one
more field, add it to `make_article`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from ingest.formats.values import is_no_date
from ingest.found import FoundRecord, Note, Reason, Skip
from rag.records import Article, derive_id, rank_version
from rag.text.datelines import read_credit

# Control characters (but tab and line feed) and lone surrogates cannot be stored or shown.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# The statuses of NewsML-G2, ninjs and NITF under which an item must not be used.
_NOT_USABLE = frozenset({"canceled", "cancelled", "withheld", "killed"})
_SLASHED_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
# "until further notice", and what cannot be read: hidden either way.
_FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
_EVERY_VERSION = "9" * 12 + " "
_LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)
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


def make_article(found: FoundRecord, *, ignore_expiry: bool = False) -> Made | Withdrawal | Skip:
    """Return the article of a record, or why there is none: only `text` is required.

    With `ignore_expiry` it does not expire: some feeds let everything expire after a month.
    """
    fields = found.fields
    notes = list(found.notes)
    published, published_at = _date(fields, "published", notes)
    updated, updated_at = _date(fields, "updated", notes)
    version = str(fields.get("version") or "").strip()[:40]
    title, url = _string(fields, "title", notes), _string(fields, "url", notes)
    text = fields.get("text")
    text = _clean(text).strip("\n") if isinstance(text, str) else ""
    status = str(fields.get("pubstatus") or "").lower().rpartition(":")[2].strip()
    if status in _NOT_USABLE:
        rank = rank_version(version, updated_at or updated, published_at or published)
        if not (version or updated or published):
            # It does not say which version it takes back, so it takes back all.
            rank = _EVERY_VERSION
        article_id = _article_id(fields, url=url, title=title, text=text)
        return Withdrawal(id=article_id, status=status, rank=rank, path=found.path)
    if not text.strip():
        given = fields.get("text")
        detail = "the record has no 'text'" if given is None else f"'text' is {_shown(given)}"
        return Skip(
            reason=Reason.NO_TEXT,
            detail=detail,
            path=found.path,
            line=found.line,
            article_id=_article_id(fields, url=url, title=title, text=text),
        )
    if len(text) > _MOST_CHARACTERS:
        detail = (
            f"its text has {len(text):,} characters, and an article may have {_MOST_CHARACTERS:,}; "
            "split it"
        )
        return Skip(reason=Reason.TOO_LARGE, detail=detail, path=found.path, line=found.line)
    credit = read_credit(text)
    article = Article(
        id=_article_id(fields, url=url, title=title, text=text),
        text=text,
        title=title,
        source=_string(fields, "source", notes),
        url=url,
        path=found.path,
        authors=_authors(fields.get("authors")),
        published=published,
        published_at=published_at,
        updated=updated,
        updated_at=updated_at,
        version=version,
        section=_string(fields, "section", notes),
        language=_string(fields, "language", notes),
        agency=_string(fields, "agency", notes) or (credit.agency if credit else ""),
        dateline=_string(fields, "dateline", notes) or (credit.place if credit else ""),
        rights=_string(fields, "rights", notes),
        pubstatus=status,
        embargoed=_embargo(fields, status, notes),
        expires=None if ignore_expiry else _expiry(fields, notes),
        note=_string(fields, "note", notes),
    )
    listed = tuple(Note(detail=note, path=found.path, line=found.line) for note in notes)
    return Made(article=article, notes=listed, line=found.line)


def _embargo(fields: Mapping[str, object], status: str, notes: list[str]) -> datetime | None:
    """Return until when an article is hidden; without an end, or one to be read, for ever."""
    value = fields.get("embargoed")
    if value is None and status != "embargoed":
        return None
    if not str(value or "").strip():
        notes.append(
            "it is under embargo until further notice; ingest it again when the embargo is lifted"
        )
        return _FOREVER
    return _limit("embargoed", value, _FOREVER, notes)


def _expiry(fields: Mapping[str, object], notes: list[str]) -> datetime | None:
    """Return from when an article is hidden; from the beginning where that cannot be read."""
    value = fields.get("expires")
    return _limit("expires", value, _LONG_AGO, notes) if value else None


def _limit(name: str, value: object, unreadable: datetime, notes: list[str]) -> datetime:
    instant = _parse_instant(str(value))
    if instant is None:
        notes.append(f"'{name}' is {_shown(value)}, not a time, so the article stays hidden")
        return unreadable
    if instant.tzinfo is None:
        notes.append(f"'{name}' is {_shown(value)} without a time zone, so it was taken as UTC")
        return instant.replace(tzinfo=UTC)
    return instant


def _article_id(fields: Mapping[str, object], *, url: str, title: str, text: str) -> str:
    """Return the record's own id, else one derived from its URL, else from its content."""
    given = fields.get("id")
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        return _clean(str(given)).strip()
    return derive_id("url", url) if url else derive_id("text", title, text)


def _string(fields: Mapping[str, object], name: str, notes: list[str]) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        notes.append(f"'{name}' is {_shown(value)}, not a string, so it was left out")
        return ""
    return " ".join(_clean(value).split())


def _authors(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    cleaned = (" ".join(_clean(name).split()) for name in names if isinstance(name, str))
    return tuple(name for name in cleaned if name)


def _date(
    fields: Mapping[str, object], name: str, notes: list[str]
) -> tuple[date | None, datetime | None]:
    """Return the day as printed and, if the value has a zone, the instant; note what is neither."""
    value = fields.get(name)
    if value is None or value == "":
        return None, None
    if is_no_date(value):
        notes.append(f"'{name}' is {_shown(value)}, which means that there is no date")
        return None, None
    instant = _parse_instant(value) if isinstance(value, str) else None
    if instant is None:
        notes.append(
            f"'{name}' is {_shown(value)}, not a date such as 2020-11-10, so it was left out"
        )
        return None, None
    return instant.date(), instant if instant.tzinfo else None


def _parse_instant(value: str) -> datetime | None:
    """Read ISO 8601, RFC 2822 and year/month/day; never guess which number is the month."""
    value = value.strip()
    slashed = _SLASHED_DAY.match(value)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse("-".join(slashed.groups()) if slashed else value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
