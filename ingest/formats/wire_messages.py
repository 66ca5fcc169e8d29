"""Cut a stream of wire messages at the control characters that begin and end each.

ANPA 1312 and IPTC 7901 share them: a message is a heading, a text, and a line with its time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.formats.decoding import decode

START, TEXT, END, CLOSE = "\x01", "\x02", "\x03", "\x04"
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message: its heading, its text and what follows, with line feeds only."""

    heading: str
    text: str
    trailer: str


def messages(data: bytes) -> Iterator[Message]:
    """Yield the messages of a file; a text without its end goes to the next start or the end."""
    decoded, _ = decode(data)
    text = (decoded or data.decode("latin-1")).replace("\r\n", "\n").replace("\r", "\n")
    for part in text.split(START)[1:]:
        heading, _, rest = part.partition(TEXT)
        body, _, trailer = rest.partition(END)
        yield Message(heading=heading, text=body, trailer=trailer.partition(CLOSE)[0])


def printable(text: str) -> str:
    """Return a text without control characters but tab and line feed."""
    return _CONTROL.sub("", text)
