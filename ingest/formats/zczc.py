"""Read telegraph messages, which begin with ZCZC and end with NNNN: one or many in a file.

Agencies and weather offices keep them from the days of teleprinters. Lines with a sign in front,
such as "$" or "^", make the heading; what follows is the text.
Source: ITU-T Recommendation F.31 (the signals of a telegram).
"""

import re
from collections.abc import Iterator

from ingest.formats.decoding import decode
from ingest.formats.kinds import not_an_article
from ingest.formats.plaintext import split_title
from ingest.formats.prose import is_prose
from ingest.formats.wire_messages import printable
from ingest.formats.xml_text import plain_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input
from rag.text.datelines import dateline_end

# The control characters are of teleprinters.
_START = re.compile(
    r"^[^\S\n\0]*[\0\x16\x7f]*[^\S\n]*ZCZC\b[^\S\n]*(?P<service>[^\n]*)(?:\n|\Z)", re.M | re.I
)
_END = re.compile(r"^[^\S\n]*NNNN\b.*", re.M | re.S)
# A line of the heading: a sign, and mostly what it stands for.
_SIGNED = re.compile(r"(?P<sign>[!#$%&*+:;<=>@^_`|~\\])(?P<said>[^\n]*)\n")
_ROUTING = re.compile(r"[A-Z]{2}(?: [A-Z0-9()/]{2,12})+\n")
_AGENCY = re.compile(r"[A-Z]{2,12}$")
# The signs of a headline; the others are of slugs, places, writers and codes.
_HEADLINE_SIGNS = "^$"
_TITLE_WORDS = 2
_BLANK = re.compile(r"\s*\n")


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input begins as a telegraph message does."""
    start = head.lstrip(b"\0\r\n \x7f\x16\xef\xbb\xbf")[:6].upper()
    return start.startswith(b"ZCZC") and not start[4:5].isalnum()


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every message that has a text, and a skip for one that has none."""
    data = source.read_whole(WHOLE_BYTES)
    decoded, note = decode(data)
    text = (decoded or data.decode("latin-1")).replace("\r\n", "\n").replace("\r", "\n")
    starts = list(_START.finditer(text))
    for number, start in enumerate(starts, start=1):
        end = starts[number].start() if number < len(starts) else len(text)
        message = _END.sub("", text[start.end() : end])
        line = None if len(starts) == 1 else number
        notes = (note,) if note else ()
        yield _record(message, start["service"].strip(), source.name, line=line, notes=notes)


def _record(
    message: str, service: str, path: str, *, line: int | None, notes: tuple[str, ...]
) -> FoundRecord | Skip:
    signed, body = _heading_and_body(printable(message))
    paragraphs = plain_paragraphs(body)
    if not paragraphs:
        detail = "the message has no text; is it a test of the line?"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    if not is_prose(body):
        detail = not_an_article("a table of figures or names, without sentences")
        return Skip(reason=Reason.NOT_TEXT, detail=detail, path=path, line=line)
    headline = _longest(said for sign, said in signed if sign in _HEADLINE_SIGNS)
    begun, rest = ("", body) if headline else _title_line(body)
    fields: dict[str, object] = {
        "title": headline or begun or _longest(said for sign, said in signed if sign in ":#"),
        "source": service if _AGENCY.match(service) else "",
        "text": "\n\n".join(plain_paragraphs(rest)),
    }
    kept = {name: value for name, value in fields.items() if value}
    return FoundRecord(fields=kept, path=path, line=line, notes=notes)


def _heading_and_body(message: str) -> tuple[list[tuple[str, str]], str]:
    """Return the lines of the heading, each with its sign, and what follows."""
    start, signed = 0, list[tuple[str, str]]()
    while found := (
        _BLANK.match(message, start)
        or _SIGNED.match(message, start)
        or (None if signed else _ROUTING.match(message, start))
    ):
        start = found.end()
        if "sign" in found.groupdict():
            signed.append((found["sign"], " ".join(found["said"].split())))
    # An indent begins a paragraph, so it stays.
    return signed, message[start:].strip("\n")


def _title_line(body: str) -> tuple[str, str]:
    """Return a title that stands alone above the text, and the rest."""
    first, _, rest = body.partition("\n")
    alone = not rest.partition("\n")[0].strip() and not dateline_end(first.strip())
    return split_title(body) if alone else ("", body)


def _longest(lines: Iterator[str]) -> str:
    """Return the longest line of several words, empty if there is none."""
    titles = [line for line in lines if len(line.split()) >= _TITLE_WORDS]
    return max(titles, key=len, default="")
