"""XML that is no format of news -> a skip that names it, rather than its tags as an article."""

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
    detail = f"it is XML but of no format that the documents list: {what}; convert it to one"
    yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
