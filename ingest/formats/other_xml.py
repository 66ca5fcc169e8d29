"""Skip XML of an unknown format and name it, so that its tags do not become an article."""

from collections.abc import Iterator

from ingest.formats.xml_text import root_name
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input says that it is XML, or is named so and begins with an element."""
    declared = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")
    return declared or (suffix == ".xml" and root_name(head) != "")


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the reason why it is not read."""
    root = root_name(source.head())
    what = f"its root is '{root[:100]}'" if root else "it has no root element"
    detail = f"it is XML, but of no known format: {what}; docs/formats.md lists the formats"
    yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
