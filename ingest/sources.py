"""Source arguments -> the records in their files, told apart by content.

A folder is walked in the order of names; hidden files are left out, links to folders not followed.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest import html, jsonl, plaintext
from ingest.found import Found, Reason, Skip
from ingest.inputs import Input, path_text
from rag.errors import InputError

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S
)

Reader = Callable[[Input], Iterator[Found | Skip]]


def find_files(sources: Iterable[Path]) -> Iterator[Path | Skip]:
    """Yield every file of the sources once, each as an absolute path, in a stable order."""
    seen: set[Path] = set()
    for source in sources:
        for found in _walk(Path(os.path.abspath(source))):
            if isinstance(found, Skip):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def read_file(path: Path) -> Iterator[Found | Skip]:
    """Yield the records of one file; what cannot be read is a skip, never an error."""
    source = Input.of_file(path)
    try:
        yield from _read(source)
    except OSError as error:
        yield _unreadable(source.name, error)
    except InputError as error:
        yield Skip(reason=Reason.BROKEN, detail=str(error), path=source.name)


def _read(source: Input) -> Iterator[Found | Skip]:
    head = source.head()
    if not head.strip():
        yield Skip(reason=Reason.EMPTY, detail="the file has no content", path=source.name)
        return
    reader = _detect(source.suffix, head)
    if reader is None:
        detail = "it has binary content; give text, HTML or JSON Lines"
        yield Skip(reason=Reason.NOT_TEXT, detail=detail, path=source.name)
        return
    yield from reader(source)


def _walk(source: Path) -> Iterator[Path | Skip]:
    if not source.is_dir():
        if source.exists():
            yield source
        else:
            detail = "there is no such file or folder; check the name"
            yield Skip(reason=Reason.UNREADABLE, detail=detail, path=path_text(source))
        return
    failures: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path
    for error in failures:
        yield _unreadable(path_text(Path(error.filename)), error)


def _unreadable(path: str, error: OSError) -> Skip:
    detail = f"{error.strerror or error}; check that it exists and that you may read it"
    return Skip(reason=Reason.UNREADABLE, detail=detail, path=path)


def _detect(suffix: str, head: bytes) -> Reader | None:
    """Return what reads an input, None for binary content; the suffix only breaks a tie."""
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        return None
    text = head.removeprefix(_UTF8_MARK).lstrip()
    if _HTML_START.match(text):
        return html.read
    if suffix in (".jsonl", ".ndjson") or (text.startswith(b"{") and suffix != ".txt"):
        return jsonl.read
    if suffix in (".html", ".htm", ".xhtml"):
        return html.read
    return plaintext.read
