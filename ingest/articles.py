"""A found record -> an article: fields checked and cleaned, dates read, an id that stays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from ingest.found import Found, Note, Reason, Skip
from rag.records import Article, derive_id

# Control characters (but tab and line feed) and lone surrogates cannot be stored or shown.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# The statuses of NewsML-G2, ninjs and NITF under which an item must not be used.
_NOT_USABLE = frozenset({"canceled", "cancelled", "withheld", "killed", "embargoed"})
_SLASHED_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article made from a record, and notes on what could not be taken over."""

    article: Article
    notes: tuple[Note, ...]


def make_article(found: Found) -> Made | Skip:
    """Return the article of a record, or why there is none: only `text` is required."""
    fields = found.fields
    text = fields.get("text")
    if not isinstance(text, str) or not _clean(text).strip():
        detail = "the record has no 'text'" if text is None else f"'text' is {_shown(text)}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=found.path, line=found.line)
    withheld = _withheld(fields)
    if withheld:
        return Skip(reason=Reason.WITHHELD, detail=withheld, path=found.path, line=found.line)
    notes = list(found.notes)
    published, published_at = _date(fields, "published", notes)
    updated, _ = _date(fields, "updated", notes)
    title, url = _string(fields, "title", notes), _string(fields, "url", notes)
    text = _clean(text).strip("\n")
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
        section=_string(fields, "section", notes),
        language=_string(fields, "language", notes),
    )
    listed = tuple(Note(detail=note, path=found.path, line=found.line) for note in notes)
    return Made(article=article, notes=listed)


def _withheld(fields: Mapping[str, object]) -> str:
    """Return why an article may not be shown, empty if it may; what cannot be read counts as no."""
    status = str(fields.get("pubstatus") or "").lower().rpartition(":")[2]
    if status in _NOT_USABLE:
        return f"its outlet marked it {status}"
    embargoed = fields.get("embargoed")
    if embargoed is not None:
        until = _parse_instant(str(embargoed))
        if until is None or _instant_utc(until) > datetime.now(UTC):
            return f"it is embargoed until {embargoed or 'further notice'}; ingest it again then"
    expires = fields.get("expires")
    if expires:
        since = _parse_instant(str(expires))
        if since is None or _instant_utc(since) <= datetime.now(UTC):
            return f"it expired on {expires}"
    return ""


def _instant_utc(instant: datetime) -> datetime:
    """Return an instant with a zone; without one it is taken as UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


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
        notes.append(f"'{name}' is {_shown(value)}, a string is wanted; left out")
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
    instant = _parse_instant(value) if isinstance(value, str) else None
    if instant is None:
        notes.append(f"'{name}' is {_shown(value)}, not a date such as 2020-11-10; left out")
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
