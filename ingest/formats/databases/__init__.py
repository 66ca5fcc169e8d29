"""Part an export of a news database into its articles: Nexis, Factiva, ProQuest.

They export many articles into one document, Word, RTF or plain text, each with a head of lines, a
body and a foot. A module for each says how its documents begin or end, and reads one. To add a
database, add a module and put it into the list below.
"""

from collections.abc import Iterator, Mapping, Sequence

from ingest.formats.databases import factiva, nexis, proquest

_DATABASES = (factiva, proquest, nexis)


def is_export(lines: Sequence[str]) -> bool:
    """Say whether the lines of a document, or the first of them, are of a news database."""
    return any(database.is_export(lines) for database in _DATABASES)


def articles_in(lines: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """Yield the fields of each article; one without a text has no `text`.

    `lines` are the paragraphs of the document, each on one line.
    """
    for database in _DATABASES:
        if database.is_export(lines):
            yield from map(database.fields_of, database.documents(lines))
            return
