"""Read exports of ProQuest, in which each field has its label."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.formats.databases.lines import after_label, author, given, label_of, parted
from ingest.written_dates import day_in

_START = re.compile(r"Document \d+ of \d+$")
_TEXT = "full text"
_LABELS = {
    "title": "title",
    "author": "authors",
    "publication title": "source",
    "publication date": "published",
    "section": "section",
    "dateline": "dateline",
    "document url": "url",
    "copyright": "rights",
    "proquest document id": "id",
}
# Labels below a text that are no field of ours; other words with a colon may be of the text.
_OTHERS = frozenset(
    (
        *("abstract", "subject", "location", "people", "credit", "links", "language", "database"),
        *(
            "company",
            "identifier",
            "classification",
            "publication year",
            "publisher",
            "source type",
        ),
        *("document type", "last updated", "place of publication", "publication info", "pages"),
        *("language of publication", "country of publication", "publication subject", "issn"),
    )
)


def is_export(lines: Sequence[str]) -> bool:
    """Say whether a line numbers a document, as ProQuest does."""
    return any(_START.match(line.strip()) for line in lines)


def documents(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each document."""
    return parted(lines, start=_START)


def fields_of(lines: list[str]) -> Mapping[str, object]:
    """Return the fields of a document."""
    fields: dict[str, object] = {}
    texts: list[str] = []
    in_text = False
    for line in lines:
        label = label_of(line)
        if label == _TEXT:
            in_text = True
            texts.append(after_label(line))
        elif label in _LABELS:
            in_text = False
            fields.setdefault(_LABELS[label], after_label(line))
        elif label in _OTHERS:
            in_text = False
        elif in_text:
            texts.append(line)
    fields["published"] = day_in(str(fields.get("published", "")))
    fields["authors"] = author(str(fields.get("authors", "")))
    return given({**fields, "text": "\n\n".join(filter(None, texts))})
