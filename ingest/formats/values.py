"""Single values as formats write them -> as a found record keeps them."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.I)
# Days that programs write where they know none.
_NO_DAYS = ("0001-01-01", "1900-01-01", "1970-01-01")


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
    """Return an ISO 8601 or RFC 2822 date as ISO 8601 in its own zone; empty if it is neither."""
    if not isinstance(value, str) or not (value := value.strip()):
        return ""
    try:
        datetime.fromisoformat(value)
        iso = re.sub(r"^(\d{4}-\d\d-\d\d) ", r"\1T", value)
    except ValueError:
        try:
            iso = parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return ""
    return "" if iso.startswith(_NO_DAYS) else iso


def language_code(value: object) -> str:
    """Return a language tag such as "en-GB", empty if the value is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _LANGUAGE.fullmatch(text) else ""


def strings_in(value: object) -> Iterator[str]:
    """Yield a string, or each string of a list, that is not blank."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield " ".join(item.split())


def qualified_id(value: object, outlet: str) -> str:
    """Return an id that is unique beyond its feed: a URI as it is, another behind its outlet."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    text = str(value).strip() if isinstance(value, str) or number else ""
    if not text or not outlet or re.match(r"[a-z][a-z0-9+.-]*:\S", text, re.I):
        return text
    return f"{outlet}:{text}"
