"""Writes references as CSL-JSON, which Zotero, pandoc and citation processors read.

Source: CSL 1.0.2, https://docs.citationstyles.org/en/stable/specification.html. Bylines are given
as `literal` names, because they hold offices and several people as well as names of persons.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from rag.export.citing.entries import Entry


def write_csl(entries: Iterable[Entry]) -> str:
    """Return the references as a JSON array of CSL items."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.key,
        "type": "article-newspaper",
        "title": entry.name,
        "author": [{"literal": name} for name in entry.authors],
        "container-title": entry.outlet,
        "issued": _date(entry.published),
        "URL": entry.url,
        "accessed": _date(entry.accessed),
        "language": entry.language,
        "note": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _date(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
