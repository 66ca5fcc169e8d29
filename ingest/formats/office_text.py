"""Make records of the paragraphs of a document: Word, RTF, or the plain text of a news database.

A document of a news database gives its articles; any other is one article, or one for each heading
if there are several with a text of some length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats import databases
from ingest.formats.plaintext import split_title
from ingest.found import FoundRecord, Reason, Skip

# A heading over less than this is one inside an article.
_ARTICLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document, on one line; a heading is one by its style."""

    text: str
    is_heading: bool = False


def records_of(paragraphs: Sequence[Paragraph], path: str) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of a document, or the reason why it has none."""
    lines = [one.text for one in paragraphs]
    if databases.is_export(lines):
        for number, fields in enumerate(databases.articles_in(lines), start=1):
            if fields.get("text"):
                yield FoundRecord(fields=fields, path=path, line=number)
            else:
                detail = "the article has no text; export the full text, not only the headlines"
                yield Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=number)
        return
    found = list(_by_headings(paragraphs))
    for number, (title, text) in enumerate(found, start=1):
        given = {"title": title, "text": text}
        fields = {name: value for name, value in given.items() if value}
        yield FoundRecord(fields=fields, path=path, line=number if len(found) > 1 else None)
    if not found:
        detail = "the document has no text; is it a picture or a form?"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=path)


def _by_headings(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str]]:
    """Return title and text of each article under a heading, or of the whole document."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for one in paragraphs:
        if one.is_heading:
            parts.append((one.text, []))
        elif one.text:
            parts[-1][1].append(one.text)
    long = [part for part in parts if sum(map(len, part[1])) >= _ARTICLE_CHARACTERS]
    with_text = [part for part in parts if part[1]]
    if len(long) > 1 and len(long) == len(with_text):
        return [(title, "\n\n".join(texts)) for title, texts in long]
    first = next((number for number, one in enumerate(paragraphs) if one.text), None)
    if first is None:
        return []
    if paragraphs[first].is_heading:
        texts = [one.text for one in paragraphs[first + 1 :] if one.text]
        return [(paragraphs[first].text, "\n\n".join(texts))] if texts else []
    return [split_title("\n\n".join(one.text for one in paragraphs if one.text))]
