"""Makes the ids of everything stored, and reads and orders days."""

import json
import uuid
from datetime import UTC, date, datetime

# The namespace of all ids of Dateline. If it changed, every id in every archive would change.
_NAMESPACE = uuid.UUID("6b0f7a52-6f0c-5b43-9a55-2c5d1f0c4e11")


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
