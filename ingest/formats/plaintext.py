"""Read a plain text file if it is prose; its first line is the title if it reads like one.

If it begins with lines such as "Title: Bridge opens", those are its fields.
"""

from collections.abc import Iterator

from ingest.formats.decoding import decode
from ingest.formats.kinds import binary_kind, not_an_article, text_kind
from ingest.formats.name_lines import split_fields
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, Input

_TITLE_CHARACTERS = 200
# A day and a time are none.
_TITLE_WORDS = 2
_SENTENCE_ENDS = (".", "!", ":", ";", ",", '."', ".”")


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say yes: what no other format reads is plain text, or skipped with the name of its kind."""
    return True


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the file as one record, or the reason why it is none."""
    kind = binary_kind(source.head())
    text, note = ("", "") if kind else decode(source.read_whole(ARTICLE_BYTES))
    kind = kind or (text_kind(text, source.suffix) if text else "")
    if text is None or (kind and note):
        detail = "its encoding is not recognised; convert it to UTF-8"
        yield Skip(reason=Reason.ENCODING, detail=detail, path=source.name)
        return
    if kind:
        yield Skip(reason=Reason.NOT_TEXT, detail=not_an_article(kind), path=source.name)
        return
    fields, text, notes = split_fields(text)
    title, body = ("", text) if "title" in fields else split_title(text)
    notes = (note, *notes) if note else notes
    fields = {"title": title, **fields, "text": body}
    yield FoundRecord(fields=fields, path=source.name, notes=notes)


def split_title(text: str) -> tuple[str, str]:
    """Return title and body; the title is empty where the first line does not read like one."""
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    is_title = (
        rest.strip() != ""
        and sum(word[0].isalpha() for word in first.split()) >= _TITLE_WORDS
        and len(first) <= _TITLE_CHARACTERS
        and not first.endswith(_SENTENCE_ENDS)
        and not _goes_on(rest)
    )
    return (first, rest.strip("\n")) if is_title else ("", text)


def _goes_on(rest: str) -> bool:
    """Say whether the next line continues a sentence that the first line began."""
    return rest[:1].islower() and not rest.startswith("by ")
