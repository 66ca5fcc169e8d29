"""Read large XML element by element, so that an export of any size needs little memory."""

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from ingest.formats.markup import local_name

# Exports hold control characters that people pasted; XML allows none of them, and they say nothing.
_CONTROLS = bytes(byte for byte in range(32) if byte not in (9, 10, 13))
_NO_CONTROLS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_CHARACTER_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I
)


class _Clean:
    """A stream without control characters, and without white space before the XML declaration."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._begun = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        while data and not self._begun:
            data = data.lstrip() or self._stream.read(size)
            self._begun = data[:1].strip() != b""
        return _CHARACTER_REFERENCE.sub(b" ", data.translate(_NO_CONTROLS))


class BrokenXml(ValueError):
    """The XML is damaged; what was given before is good."""


def elements(stream: IO[bytes], names: frozenset[str]) -> Iterator[Any]:
    """Yield each element of one of the names when it is complete; its content is gone afterwards.

    Nothing is fetched, no entity of the document is expanded, and texts are bounded by libxml2.

    Raises:
        BrokenXml: the XML is damaged; says where.
    """
    events = etree.iterparse(
        _Clean(stream),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            if any(local_name(outer) in names for outer in element.iterancestors()):
                continue
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        raise BrokenXml(error.msg or "it has no content") from error
