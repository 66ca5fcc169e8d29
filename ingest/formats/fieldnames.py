"""The names that tables and front matter give to an article's fields -> ours."""

import re
from collections.abc import Iterable, Mapping

# For each field the names it goes by, the likeliest first; case, spaces and "_" do not count.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "pub_date", "timestamp"),
    "updated": ("updated", "updated_at", "modified", "last_modified"),
    "url": ("url", "link", "web_url"),
    "authors": ("authors", "author", "byline"),
    "source": ("source", "publisher", "outlet", "publication", "domain"),
    "section": ("section", "category", "desk"),
    "language": ("language", "lang"),
    "id": ("id", "uid", "guid", "article_id"),
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+and\s+", re.I)
_BY = re.compile(r"^by\s+", re.I)


def map_names(names: Iterable[str]) -> dict[str, str]:
    """Return, for each field that one of the names stands for, the likeliest of the names."""
    given: dict[str, str] = {}
    for name in names:
        given.setdefault(_plain(name), name)
    found = (
        (field, next((given[_plain(alias)] for alias in aliases if _plain(alias) in given), None))
        for field, aliases in ALIASES.items()
    )
    return {field: name for field, name in found if name is not None}


def split_names(byline: str) -> list[str]:
    """Return the names in a byline; a comma does not part them, as in "Doe, Jane"."""
    names = _BETWEEN_NAMES.split(_BY.sub("", byline.strip(), count=1))
    return [name for name in names if name]


def _plain(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())
