"""Turns days and instants into the texts that points hold, and back; None stays None."""

from datetime import UTC, date, datetime

_SEASON_DAYS = 92


def day_stamp(day: date | None) -> str | None:
    """Return a day as the RFC 3339 instant in the index, which is its midnight in UTC."""
    return f"{day.isoformat()}T00:00:00Z" if day else None


def read_day(stamp: str | None) -> date | None:
    """Return the day of a stamp, or of an ISO text."""
    return date.fromisoformat(stamp[:10]) if stamp else None


def instant_stamp(instant: datetime | None) -> str | None:
    """Return an instant as the engine indexes and compares it: RFC 3339 in UTC."""
    if instant is None:
        return None
    try:
        instant = instant.astimezone(UTC)
    except OverflowError:  # the first or the last day there is, seen from another zone
        instant = instant.replace(tzinfo=UTC)
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def instant_text(instant: datetime | None) -> str | None:
    """Return an instant as it is stored, in the zone that it was given in."""
    return instant.isoformat() if instant else None


def read_instant(text: str | None) -> datetime | None:
    """Return the instant of a text that `instant_text` made."""
    return datetime.fromisoformat(text) if text else None


def is_long(first: date | None, last: date | None) -> bool:
    """Say whether a span is longer than a season; a mentioned year does not date a day in it."""
    return first is None or last is None or (last - first).days > _SEASON_DAYS
