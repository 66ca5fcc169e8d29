"""Article JSON Lines -> found records: one JSON object a line, only `text` required."""

import json
from collections.abc import Iterator

from ingest.found import Found, Reason, Skip
from ingest.inputs import Input

# A line longer than this is not an article; reading it would fill the memory.
_LINE_BYTES = 64 * 1024 * 1024


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is JSON Lines: by its name, or as its first line opens an object."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return suffix in (".jsonl", ".ndjson") or (text.startswith(b"{") and suffix != ".txt")


def read(source: Input) -> Iterator[Found | Skip]:
    """Yield a record or a skip for every line that is not blank."""
    with source.open() as file:
        number = 0
        while line := file.readline(_LINE_BYTES):
            number += 1
            if len(line) == _LINE_BYTES and not line.endswith(b"\n"):
                yield _skip(source.name, number, f"the line is longer than {_LINE_BYTES >> 20} MB")
                return
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield _record(source.name, number, line)


def _record(path: str, number: int, line: bytes) -> Found | Skip:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        detail = (
            f"byte {line[error.start]:#04x} at column {error.start + 1} is not UTF-8; convert the "
            "file, for example with 'iconv -t UTF-8'"
        )
        return Skip(reason=Reason.ENCODING, detail=detail, path=path, line=number)
    except json.JSONDecodeError as error:
        return _skip(path, number, f"not JSON at column {error.colno}: {error.msg}")
    except RecursionError:
        return _skip(path, number, "the JSON is nested too deep")
    except ValueError as error:  # a number of thousands of digits
        return _skip(path, number, f"not JSON that can be used: {error}")
    if not isinstance(fields, dict):
        return _skip(path, number, f"a JSON object is wanted, this is {type(fields).__name__}")
    return Found(fields=fields, path=path, line=number)


def _skip(path: str, number: int, detail: str) -> Skip:
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=number)
