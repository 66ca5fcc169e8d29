"""Read article JSON Lines: one JSON object on each line, of which only `text` is required.

Lines of other programs are read by the usual names of their fields (`fieldnames.ALIASES`), as known
shapes (`json_shapes`), or by the names in the input's `columns`. The action lines of the bulk
format of Elasticsearch only give the next line its id.
"""

import json
import re
from collections.abc import Iterator
from typing import IO

from ingest.formats.json_records import bulk_action, record_of
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, Input

_PIECE_BYTES = 64 * 1024
_OBJECT_START = re.compile(rb'\{\s*(?:"|\}\s*$)')


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is JSON Lines: by its name, or as its first line opens an object."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return suffix in (".jsonl", ".ndjson") or _OBJECT_START.match(text) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield a record or a skip for every line that is not blank."""
    with source.open() as file:
        number, given_id = 0, None
        while line := file.readline(ARTICLE_BYTES + 1):
            number += 1
            if len(line) > ARTICLE_BYTES:
                _pass_over(file, line)
                most = f"more than {ARTICLE_BYTES >> 20} MB, which is the limit"
                detail = f"the line has {most}; split its article"
                yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=source.name, line=number)
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            value = _parsed(source.name, number, line)
            if isinstance(value, Skip):
                yield value
            elif (action := bulk_action(value)) is not None:
                given_id = action.get("_id")
            else:
                identified = "id" in value or given_id is None
                yield record_of(value if identified else {**value, "id": given_id}, source, number)
                given_id = None


def _pass_over(file: IO[bytes], line: bytes) -> None:
    """Read on to the end of a line."""
    while line and not line.endswith(b"\n"):
        line = file.readline(_PIECE_BYTES)


def _parsed(path: str, number: int, line: bytes) -> dict[str, object] | Skip:
    """Return the object on a line, or why there is none."""
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
        return _skip(
            path, number, f"it should be a JSON object, but it is of type {type(fields).__name__}"
        )
    return fields


def _skip(path: str, number: int, detail: str) -> Skip:
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=number)
