"""Turn single values, as formats write them, into the values that records keep."""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from ingest.written_dates import is_no_date, read_instant

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.I)
# Days that programs write where they know none.
_NO_DAYS = ("0001-01-01", "1900-01-01", "1970-01-01")
# Seconds or milliseconds since 1970, from 2001 on: fewer digits may be a day.
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_SECONDS_DIGITS = 10
# The statuses of publication that IPTC has, and what else programs call them.
_STATUSES = {
    "usable": "usable",
    "withheld": "withheld",
    "withdrawn": "withheld",
    "retracted": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "killed",
    "embargoed": "embargoed",
}


def host_of(url: str) -> str:
    """Return the host of a web address without "www.", the name of an outlet; empty if none."""
    try:
        host = urlsplit(url).hostname if is_address(url) else None
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")


def is_address(value: object) -> bool:
    """Say whether a value is an absolute web address."""
    return isinstance(value, str) and re.match(r"https?://[^/\s]+\S*$", value.strip()) is not None


def iso_date(value: object) -> str:
    """Return a date that means one day as ISO 8601 in its own zone; empty if it is none."""
    if not isinstance(value, str) or not (value := value.strip()) or is_no_date(value):
        return ""
    try:
        datetime.fromisoformat(value)
        iso = re.sub(r"^(\d{4}-\d\d-\d\d) ", r"\1T", value)
    except ValueError:
        instant = read_instant(value)
        if instant is None:
            return ""
        timed = instant.tzinfo or instant.time() != time() or ":" in value
        iso = instant.isoformat() if timed else instant.date().isoformat()
    return "" if iso.startswith(_NO_DAYS) else iso


def spelt_out_date(value: object) -> object:
    """Return seconds or milliseconds since 1970 as ISO 8601 in UTC, other values as they are."""
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    if not _EPOCH.fullmatch(text):
        return value
    seconds = float(text)
    if len(text.partition(".")[0]) > _SECONDS_DIGITS:
        seconds /= 1000
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def publication_status(value: object) -> str:
    """Return IPTC's word for a status of publication, empty for a value that is none.

    "status" may be anything: "ok" of a web service, "archived" of a program.
    """
    word = value.strip().casefold().rpartition(":")[2] if isinstance(value, str) else ""
    return _STATUSES.get(word.rpartition("/")[2], "")


def is_taken_back(fields: Mapping[str, object]) -> bool:
    """Say whether an item is canceled, withheld or killed; it counts also without a text."""
    return publication_status(fields.get("pubstatus")) in ("canceled", "withheld", "killed")


def language_code(value: object) -> str:
    """Return a language tag such as "en-GB", empty if the value is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _LANGUAGE.fullmatch(text) else ""


def strings_in(value: object) -> Iterator[str]:
    """Yield a string, or each string of a list, that is not blank."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield " ".join(item.split())


def names_in(value: object) -> Iterator[str]:
    """Yield strings, or the names (of a note, the texts) of objects, one or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        yield from strings_in(
            item.get("name") or item.get("text") if isinstance(item, dict) else item
        )


def qualified_id(value: object, outlet: str) -> str:
    """Return an id that is unique beyond its feed: a URI as it is, another behind its outlet."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    text = str(value).strip() if isinstance(value, str) or number else ""
    if not text or not outlet or re.match(r"[a-z][a-z0-9+.-]*:\S", text, re.I):
        return text
    return f"{outlet}:{text}"


def base64_text(encoded: str) -> str:
    """Return the text that base64 stands for, empty if it is none in UTF-8."""
    try:
        return base64.b64decode("".join(encoded.split()), validate=True).decode("utf-8")
    except ValueError:
        return ""
