"""Read IPTC 7901, the text format of European agencies: one message or many in a file.

A heading names service, number, priority, category and words; keywords follow, then headline and
text, and the day and time below it. Archives keep such messages also without control characters.
Source: IPTC 7901, revision 5 (1995).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.formats.decoding import decode
from ingest.formats.nitf import strip_by
from ingest.formats.wire_messages import Message, messages, printable
from ingest.formats.xml_text import plain_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input
from ingest.written_dates import read_instant

_HEADING = re.compile(
    r"\s*([A-Za-z]{2,8})(\d{3,5}) ([1-9A-Za-z]) ([A-Za-z]{1,4}) (\d{1,5})\b[^\n]*\n"
)
_BARE = re.compile(rf"^(?={_HEADING.pattern}\n*[^\n]*/)", re.M)
_DAY_AND_TIME = re.compile(
    r"\b(\d\d)(\d\d)(\d\d)[A-Z]? (?P<zone>GMT |UTC )?([^\W\d]{3,5})\.? (\d\d)\b", re.I
)
_TIME_LINE = re.compile(rf"\n\s*{_DAY_AND_TIME.pattern}\s*\Z", re.I)
# What ends a story: the sign of the end, with initials or without.
_END_SIGN = re.compile(r"\n\s*(?:\./\.|\+\+\+|###).*", re.S)
# What stands below a story for editors.
_PRIVATE = re.compile(
    r"\n(?:[^\n]*information is not (?:intended )?for publication|#+ [^\n]*\bnotebook\b).*",
    re.I | re.S,
)
# Stand before a message: line feeds, and what let a teleprinter run.
_BEFORE = "\0\r\n \x7f\x16"
_HEAD_LINES = 5
_TITLE_CHARACTERS = 200
_TWENTIETH_CENTURY = 70


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input begins as a message of IPTC 7901 does."""
    text = head.decode("latin-1").replace("\r\n", "\n").lstrip(_BEFORE)
    if text.startswith("\x01"):
        return _HEADING.match(text[1:]) is not None
    return _BARE.match(text) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every message that has a text, and a skip for one that has none."""
    data = source.read_whole(WHOLE_BYTES)
    found = list(messages(data) if b"\x01" in data[:1024] else _bare_messages(data))
    for number, message in enumerate(found, start=1):
        yield _record(message, source.name, None if len(found) == 1 else number)


def _bare_messages(data: bytes) -> Iterator[Message]:
    """Yield the messages of a file without control characters, cut before each heading."""
    decoded, _ = decode(data)
    text = (decoded or data.decode("latin-1")).replace("\r\n", "\n")
    for part in _BARE.split(text):
        heading, _, rest = part.strip("\n").partition("\n")
        keywords, _, body = rest.partition("\n")
        if _HEADING.match(f"{heading}\n"):
            end = _END_SIGN.search(body)
            trailer = body[end.start() :] if end else body[-40:]
            body = _TIME_LINE.sub("", body)
            yield Message(heading=f"{heading}\n{keywords}", text=body, trailer=trailer)


def _record(message: Message, path: str, line: int | None) -> FoundRecord | Skip:
    text = printable(_PRIVATE.sub("", _END_SIGN.sub("", message.text))).strip("\n")
    head, body = _head_and_body(text)
    paragraphs = plain_paragraphs(body)
    if not any(character.isalpha() for part in paragraphs for character in part):
        detail = "the message has no text; is it a test of the line?"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    heading = _HEADING.match(f"{message.heading}\n")
    bylines = [one for one in head if one.lower().startswith("by ")]
    titles = [one for one in head if one not in bylines]
    published = _time(message.trailer)
    number = f"{heading[1]}{heading[2]}" if heading else ""
    fields: dict[str, object] = {
        "id": f"{number}:{published[:10]}" if number and published else "",
        # The lines above the last one are a catchline.
        "title": titles[-1] if titles else "",
        "published": published,
        "authors": [strip_by(one) for one in bylines][:1],
        "source": heading[1].lower() if heading else "",
        "section": heading[4].lower() if heading else "",
        "text": "\n\n".join(paragraphs),
    }
    kept = {name: value for name, value in fields.items() if value}
    return FoundRecord(fields=kept, path=path, line=line)


def _head_and_body(text: str) -> tuple[list[str], str]:
    """Return the lines of the headline, and the story.

    A blank line, an indent, or a sign "=" at the end of a line parts them; a text without any of
    these is all story.
    """
    lines = text.split("\n")
    first = list(pairwise(lines))[:_HEAD_LINES]
    signed = [n for n, (line, after) in enumerate(first) if _is_signed(line) and not after.strip()]
    parted = [
        n
        for n, (line, after) in enumerate(first)
        if line.strip() and (_is_signed(line) or not after.strip() or after.startswith("  "))
    ]
    end = signed[-1] if signed else parted[0] if parted else -1
    head = [one.strip(" =") for one in lines[: end + 1] if one.strip(" =")]
    if any(len(one) > _TITLE_CHARACTERS for one in head) or not "".join(lines[end + 1 :]).strip():
        return [], text
    return head, "\n".join(lines[end + 1 :])


def _is_signed(line: str) -> bool:
    return line.rstrip().endswith("=")


def _time(trailer: str) -> str:
    """Return the day and time below a message as ISO 8601, mostly in no zone that it says."""
    found = _DAY_AND_TIME.search(trailer)
    if found is None:
        return ""
    century = "19" if int(found[6]) >= _TWENTIETH_CENTURY else "20"
    written = (
        f"{found[1]} {found[5]} {century}{found[6]} {found[2]}:{found[3]} {found['zone'] or ''}"
    )
    instant = read_instant(written)
    return "" if instant is None else instant.isoformat()
