"""Read corpora of agency news in SGML: Reuters-21578, and Gigaword and its kin (TREC, AQUAINT).

Their markup is SGML, not XML: elements are left open, and characters stand for themselves. Each
document is cut out by its tags and read leniently.
Source: the README of Reuters-21578; LDC2011T07 (Gigaword), which gives the day in the id.
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from ingest.formats.decoding import decode
from ingest.formats.markup import fragment_text, plain_text
from ingest.formats.nitf import strip_by
from ingest.formats.xml_text import plain_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, Input

_REUTERS = re.compile(rb"(?:<!DOCTYPE\s+lewis[^>]*>\s*)?<REUTERS\s+TOPICS=", re.I)
_GIGAWORD = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<GWENG>\s*)?<DOC(?:\s+id=[^>]*)?>", re.I)
_END = re.compile(rb"</(?:REUTERS|DOC)>", re.I)
_START = re.compile(r"<(?:REUTERS|DOC)\b([^>]*)>", re.I)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']?([^"'\s>]*)""")
_DAY_IN_ID = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d{3})")
# The stop and start signs of a wire, and what Reuters put at the end of a story.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_REUTER_END = re.compile(r"\s+(?:Reuter|REUTER)\s*(?:\.{3})?\s*$")
_CHUNK_BYTES = 1024 * 1024
# The kinds of Gigaword that hold no single story.
_NOT_STORIES = {"multi": "several stories in one", "advis": "a note to editors"}
_NO_BODY = {"UNPROC": "what was not processed", "BRIEF": "a headline without a body"}


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is such a corpus: by its document type or its first element."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _REUTERS.match(head) is not None or _GIGAWORD.match(head) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every document that is a story, a skip for each that is none and for damage."""
    with source.open() as stream:
        for number, data in enumerate(_documents(stream), start=1):
            if data is None:
                most = f"more than {ARTICLE_BYTES >> 20} MB, which is the limit"
                detail = f"the document has {most}, or its end is missing; repair the file"
                yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=source.name, line=number)
            else:
                yield _record(data, source.name, number)


def _documents(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the documents by their end tags, None for one that is too large."""
    buffer = b""
    while data := stream.read(_CHUNK_BYTES):
        buffer += data
        start = 0
        while end := _END.search(buffer, start):
            yield buffer[start : end.end()]
            start = end.end()
        buffer = buffer[start:]
        if len(buffer) > ARTICLE_BYTES:
            yield None
            return
    if b"<DOC" in buffer.upper() or b"<REUTERS" in buffer.upper():
        yield buffer


def _record(data: bytes, path: str, line: int) -> FoundRecord | Skip:
    text, note = decode(data)
    start = _START.search(text or "")
    if text is None or start is None:
        detail = "the document has no beginning, or an encoding that is not recognised"
        return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)
    document = text[start.end() :]
    attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(start[1])}
    is_reuters = start[0].lower().startswith("<reuters")
    fields = (_reuters if is_reuters else _gigaword)(document, attributes)
    kind = attributes.get("type", "").lower()
    if not fields["text"] or kind in _NOT_STORIES:
        what = _NOT_STORIES.get(kind) or _without_body(document)
        detail = f"the document is no story: it is {what}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    kept = {name: value for name, value in fields.items() if value}
    notes = (note,) if note else ()
    return FoundRecord(fields=kept, path=path, line=line, notes=notes)


def _without_body(document: str) -> str:
    kind = re.search(r'<TEXT\s+TYPE="?(\w+)', document, re.I)
    return _NO_BODY.get(kind[1].upper() if kind else "", "without a text")


def _reuters(document: str, attributes: dict[str, str]) -> dict[str, object]:
    """Return the fields of a document of Reuters-21578; its dates are of 1987, in its own form."""
    body = _clean(_inside(document, "BODY"))
    given = _clean(_inside(document, "DATE"))
    day = re.match(r"\s*(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d\d:\d\d:\d\d)?", given)
    published = ""
    if day:
        written = f"{day[1]} {day[2].title()} {day[3]}"
        published = datetime.strptime(written, "%d %b %Y").strftime("%Y-%m-%d")  # noqa: DTZ007
        published += f"T{day[4]}" if day[4] else ""
    number = attributes.get("newid", "")
    return {
        "id": f"reuters-21578:{number}" if number else "",
        "title": _clean(_inside(document, "TITLE")).strip(),
        "published": published,
        "authors": [_clean(_inside(document, "AUTHOR")).strip(" \n")]
        if "<AUTHOR" in document
        else [],
        "source": "Reuters",
        "section": _clean(_inside(_inside(document, "TOPICS"), "D")).strip(),
        "dateline": _clean(_inside(document, "DATELINE")).strip(" -\n"),
        "text": "\n\n".join(plain_paragraphs(_REUTER_END.sub("", body.rstrip()))) if body else "",
    }


def _gigaword(document: str, attributes: dict[str, str]) -> dict[str, object]:
    """Return the fields of a document of Gigaword or TREC; the day is in its id, or in a field."""
    given = _inside(document, "DOCNO") or _inside(document, "DOCID") or attributes.get("id", "")
    number = given.strip()
    day = _DAY_IN_ID.search(number)
    dated = next(
        filter(None, (_inside(document, n) for n in ("DATE_TIME", "DATETIME", "DATE"))), ""
    )
    published = "-".join(day.groups()) if day else _clean(dated).strip()
    body = _inside(document, "TEXT") or _inside(document, "BODY")
    headline = next(filter(None, (_inside(document, n) for n in ("HEADLINE", "HEAD", "TITLE"))), "")
    marked = re.search(r"<P>", body, re.I)
    # Some corpora part paragraphs by tags, the others by blank lines or indents.
    text = (
        fragment_text(body) if marked else "\n\n".join(plain_paragraphs(_clean(body).strip("\n")))
    )
    return {
        "id": number,
        "title": " ".join(fragment_text(headline).split()),
        "published": published,
        "authors": _authors(_inside(document, "BYLINE")),
        "source": _source_in(number),
        "dateline": " ".join(_clean(_inside(document, "DATELINE")).split()),
        "text": plain_text(text),
    }


def _authors(byline: str) -> list[str]:
    name = strip_by(" ".join(_clean(byline).split()))
    return [name] if name else []


def _source_in(number: str) -> str:
    """Return the outlet that an id of Gigaword begins with, as "AFP" of "AFP_ENG_19940512.0004"."""
    found = re.match(r"([A-Z]{2,5})_[A-Z]{3}_\d{8}", number)
    return found[1] if found else ""


def _inside(document: str, name: str) -> str:
    """Return what stands in the first element of a name, up to its end or the next element."""
    start = re.search(rf"<{name}\b[^>]*>", document, re.I)
    if start is None:
        return ""
    end = re.search(rf"</{name}>", document[start.end() :], re.I)
    return document[start.end() :][: end.start()] if end else ""


def _clean(text: str) -> str:
    return _CONTROL.sub("", html.unescape(re.sub(r"<[^<>]*>", " ", text)))
