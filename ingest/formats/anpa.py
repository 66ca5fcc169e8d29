"""Read ANPA 1312, the format of American wires since 1979: one message or many in a file.

The lines of the heading in the text begin with "^", those of paragraphs with a tab, and those of
tables with a backspace. Source: ANPA-1312 (1989); AP's and AAP's messages follow it.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.formats.nitf import strip_by
from ingest.formats.wire_messages import Message, messages, printable
from ingest.formats.xml_text import plain_paragraphs
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import WHOLE_BYTES, Input

_START = re.compile(rb"(?:\x16+\s*)?\x01([A-Za-z]{1,2})(\d{4})[A-Za-z]*[\x1f ]")
# The number of the message; some agencies add their name.
_NUMBER = re.compile(r"([A-Za-z]{1,2}\d{4})([A-Za-z]*)")
# Priority, category, and the two controls that say if it is set in columns.
_HEADING = re.compile(r"\s*([a-z]) ([a-z]{1,2}) ?[\x13\x14]?[\x11\x12]?", re.I)
_SLUG = re.compile(r"[A-Z]{2,3}[-_][^\s]+$|.*\S--\S*|.*,\s*\d{2,4}$")
_COUNTED = re.compile(r"(?![A-Z]{2,3}-)(.*\S),\s*\d{2,4}")
# A line that names pictures for the editors.
_PICTURES = re.compile(r"(?:AP|UPI)? ?(?:Photos?|Graphics?|Video)\b", re.I)
_TIME = re.compile(r"([A-Z]{2,4})-[A-Z0-9]{1,4}-(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d)(GMT|UTC)?", re.I)
_NOTE = re.compile(r"\(?(?:Eds?|EDITOR'S NOTE|EDITORS)\b\s*[:_]?\s*(.*?)\)?$", re.I)
# What ends a story without marks: the agency between signs.
_SIGNATURE = re.compile(r"\s*[=/-]{2}\s*\w+\s*[=/-]*$")
_SIGNS = "^<=>\x08 \t"
_MARKED = re.compile(r"^[\^\t\x08]", re.M)
_TITLE_LINES = 2


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input begins as a message of ANPA 1312 does."""
    return _START.match(head.lstrip(b"\0\r\n")) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every message that has a text, and a skip for one that has none."""
    found = list(messages(source.read_whole(WHOLE_BYTES)))
    for number, message in enumerate(found, start=1):
        yield _record(message, source.name, None if len(found) == 1 else number)


def _record(message: Message, path: str, line: int | None) -> FoundRecord | Skip:
    head, paragraphs = _parts(message.text) if _MARKED.search(message.text) else _plain(message)
    if not paragraphs and len(head) > _TITLE_LINES:
        # An alert is a heading only.
        head, paragraphs = head[:_TITLE_LINES], head[_TITLE_LINES:]
    if not paragraphs:
        detail = "the message has no text; is it a test of the line?"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    time = _TIME.search(message.trailer) or _TIME.search(message.text)
    number = _NUMBER.match(message.heading)
    agency = time[1].upper() if time else number[2].upper() if number else ""
    published = f"20{time[4]}-{time[2]}-{time[3]}T{time[5]}:{time[6]}:00+00:00" if time else ""
    # Below the byline stands who the writer is.
    above = list(takewhile(lambda one: not _is_byline(one), head))
    titles = [
        one for one in above if not (_SLUG.match(one) or _NOTE.match(one) or _PICTURES.match(one))
    ]
    category = _HEADING.match(message.heading.partition("\n")[2])
    fields: dict[str, object] = {
        "id": f"{agency}:{number[1]}:{published[:10]}" if number and published else "",
        "title": titles[0] if titles else _counted_title(above),
        "published": published,
        "authors": [strip_by(one) for one in head if _is_byline(one)][:1],
        "source": agency,
        "agency": agency,
        "section": category[2].lower() if category else "",
        "note": next((found[1] for one in head if (found := _NOTE.match(one))), ""),
        "text": "\n\n".join(paragraphs),
    }
    kept = {name: value for name, value in fields.items() if value}
    return FoundRecord(fields=kept, path=path, line=line)


def _counted_title(head: list[str]) -> str:
    """Return a title that has the number of words behind it, as slugs do, empty without one."""
    counted = (_COUNTED.fullmatch(one) for one in head if "--" not in one)
    return next((found[1] for found in counted if found and " " in found[1]), "")


def _parts(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of the heading, and the paragraphs of the story."""
    head: list[str] = []
    paragraphs: list[str] = []
    for line in text.split("\n"):
        said = " ".join(printable(line).strip(_SIGNS).split())
        if _TIME.match(said) or not any(character.isalnum() for character in said):
            continue
        if line.startswith("^") and not paragraphs:
            head.append(said)
        elif line.startswith("\b") and not paragraphs:
            # What stands between the byline and a table are its headings.
            bylines = [n for n, one in enumerate(head, start=1) if _is_byline(one)]
            start = bylines[-1] if bylines else len(head)
            paragraphs = [*head[start:], said]
            head = head[:start]
        elif line.startswith(("\t", "^", "\b")) or not paragraphs:
            paragraphs.append(said)
        else:
            paragraphs[-1] += f" {said}"
    return head, paragraphs


def _plain(message: Message) -> tuple[list[str], list[str]]:
    """Return heading and story where no line is marked: an indent begins the story.

    Its first line is the slug that the heading of the message ends with.
    """
    lines = printable(message.text).split("\n")
    begins = next((n for n, line in enumerate(lines) if line.startswith("  ")), 0)
    slug = " ".join(lines[0].split())
    head = [" ".join(line.strip(_SIGNS + "+").split()) for line in lines[:begins]]
    head = [line for line in head if line and not (line == slug and slug in message.heading)]
    story = [line for line in lines[begins:] if not _SIGNATURE.match(line)]
    return head, plain_paragraphs("\n".join(story))


def _is_byline(line: str) -> bool:
    return line.lower().startswith("by ")
