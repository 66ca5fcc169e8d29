"""Tell what a content management system holds but has not published, in its own words."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from ingest.found import Reason, Skip

# What WordPress, Ghost, Blogger, Drupal and Superdesk call the states in which readers see nothing.
_STATES: Mapping[str, str] = {
    "draft": "in draft",
    "auto-draft": "in draft",
    "autodraft": "in draft",
    "in_progress": "in draft",
    "pending": "waiting for review",
    "pending review": "waiting for review",
    "in review": "waiting for review",
    "future": "scheduled for later",
    "scheduled": "scheduled for later",
    "private": "private",
    "trash": "in the trash",
    "trashed": "in the trash",
    "soft_trashed": "in the trash",
    "deleted": "in the trash",
    "spiked": "in the trash",
    "unpublished": "not published",
    "inherit": "part of another item",
}
PROTECTED = "protected by a password"
PAGES = "of the type 'page'; --pages reads these too"
COMMENTS = "of the type 'comment'"


def unpublished_state(status: object) -> str:
    """Return in words why a status keeps an item from readers, empty if it does not."""
    return _STATES.get(str(status or "").strip().casefold(), "")


def passed_over(counts: Mapping[tuple[Reason, str], int], path: str) -> Iterator[Skip]:
    """Yield one skip for each kind of item that an export holds besides published posts."""
    for (reason, kind), count in sorted(counts.items()):
        if count:
            detail = f"{count} {'item is' if count == 1 else 'items are'} {kind}"
            yield Skip(reason=reason, detail=detail, path=path)


def utc_of(value: object) -> str:
    """Return a time that is UTC but does not say so, as WordPress's `date_gmt`, as ISO 8601.

    Empty where it is none: what was never published is given as 0000-00-00 or as the year before 1.
    """
    try:
        instant = datetime.fromisoformat(str(value or "").strip())
    except ValueError:
        return ""
    if instant.year < 1000:
        return ""
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).isoformat()
