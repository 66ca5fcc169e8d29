"""Read the values in a stream of JSON one by one, from a list of any length or in sequence."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO

from ingest.found import Reason, Skip
from ingest.inputs import ARTICLE_BYTES, WHOLE_BYTES

_CHUNK_BYTES = 1024 * 1024
# How Python's decoder keeps a byte that is not UTF-8.
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_GAP = re.compile(r"[\s,]*")


class _TooLongError(ValueError):
    """A value is larger than an article is; reading it would fill the memory."""

    def __init__(self, most: int, line: int) -> None:
        super().__init__(
            f"the value at line {line} has more than {most >> 20} MB, which is the limit"
        )


def json_values(stream: IO[bytes], path: str) -> Iterator[object]:
    """Yield each value of the stream's list, or of the stream, and a Skip for what is none.

    A value with a byte that is not UTF-8 is left out, at one that is not JSON the reading ends. The
    memory is bounded by the largest value.
    """
    try:
        for value, wrong_byte in _values(stream):
            if wrong_byte:
                detail = f"byte {wrong_byte} is not UTF-8; convert the file, as with 'iconv'"
                yield Skip(reason=Reason.ENCODING, detail=detail, path=path)
            else:
                yield value
    except RecursionError:
        yield Skip(reason=Reason.BROKEN, detail="the JSON is nested too deep", path=path)
    except _TooLongError as error:
        detail = f"{error}; what follows was not read; split the file"
        yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=path)
    except ValueError as error:
        detail = f"not JSON: {error}; what follows was not read; repair the file"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=path)


def wrong_byte(value: object) -> str:
    """Return the first byte in a value that was not UTF-8 and is kept as a surrogate, else ""."""
    strings = [value]
    while strings:
        item = strings.pop()
        if isinstance(item, dict):
            strings += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            strings += item
        elif isinstance(item, str) and not item.isascii() and (found := _ESCAPED_BYTE.search(item)):
            return f"{ord(found[0]) - 0xDC00:#04x}"
    return ""


def _values(stream: IO[bytes]) -> Iterator[tuple[object, str]]:
    """Yield each value with the first of its bytes that is not UTF-8, empty if all are."""
    decoder = json.JSONDecoder()
    decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
    data = stream.read(_CHUNK_BYTES)
    buffer, start, listed, lines = decode(data, final=not data), 0, False, 0
    if buffer.lstrip().startswith("["):
        start, listed = buffer.index("[") + 1, True
    while True:
        gap = _GAP.match(buffer, start)
        start = gap.end() if gap else start
        if listed and buffer.startswith("]", start):
            return
        try:
            value, end = decoder.raw_decode(buffer, start)
        except json.JSONDecodeError as error:
            # Most likely the value goes on; twice as much each time keeps the work linear.
            data = stream.read(max(_CHUNK_BYTES, len(buffer) - start)) if data else b""
            if not data and not listed and start == len(buffer):
                return
            most = ARTICLE_BYTES if listed else WHOLE_BYTES
            if data and len(buffer) - start > most:
                raise _TooLongError(most, lines + buffer.count("\n", 0, start) + 1) from error
            if not data:
                raise ValueError(f"{error.msg} at line {lines + error.lineno}") from error
            lines += buffer.count("\n", 0, start)
            buffer, start = buffer[start:] + decode(data), 0
        else:
            escaped = _ESCAPED_BYTE.search(buffer, start, end)
            yield value, f"{ord(escaped[0]) - 0xDC00:#04x}" if escaped else ""
            start = end
