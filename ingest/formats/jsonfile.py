"""Read a JSON file that holds one article, a list of articles, or an object with such a list.

It is parsed whole, so that an error has its line and column; only a larger list is streamed, and
what holds one object after another.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.formats import jsonl
from ingest.formats.fieldnames import record_fields
from ingest.formats.json_records import has_text, record_of
from ingest.formats.json_values import json_values, wrong_byte
from ingest.formats.values import is_taken_back
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, WHOLE_BYTES, Input, TooLarge

# What programs call the list of articles that they answer with; any other name must hold texts.
_LIST_NAMES = (
    "articles items data results docs documents records entries news stories rows hits posts _items"
).split()
_LIST_START = re.compile(rf'"({"|".join(_LIST_NAMES)})"\s*:\s*\[\s*[{{\]]')
_ARRAY_START = re.compile(r"\[\s*[{\]]")
_OBJECT_START = re.compile(r'\{\s*(?:["}]|$)')
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_DEPTH = 100
# How far down the list of articles, or the one article, may stand.
_LEVELS = 3
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.S)
# How Python says that something follows the first value.
_EXTRA = "Extra data"
_MARK = b"\xef\xbb\xbf"
_CONVERT = "convert the file, for example with 'iconv -t UTF-8'"


def matches(head: bytes, suffix: str) -> bool:
    """Say whether this is JSON and not JSON Lines, whose first line is an object of its own."""
    text = head.decode("utf-8-sig", "replace").strip("\ufffd").lstrip()
    if text.startswith("["):
        return suffix == ".json" or _ARRAY_START.match(text) is not None
    begun = text.startswith("{") if suffix == ".json" else _OBJECT_START.match(text)
    if not begun or suffix in _LINES_SUFFIXES:
        return False
    first, _, rest = text.partition("\n")
    if rest.strip():
        return not _is_object(first) and _goes_on(first, rest)
    if _is_object(first) and len(head) < HEAD_BYTES:
        return suffix == ".json" or _LIST_START.search(first) is not None
    # The first line is longer than the head: whether another follows is told in reading.
    return suffix == ".json" or ('"text"' not in first and bool(_LIST_START.search(first)))


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles, or why there are none; JSON Lines named as JSON are read as lines."""
    if _is_lines(source):
        yield from jsonl.read(source)
        return
    try:
        data = source.read_whole()
    except TooLarge as error:
        yield from _large(source, error)
        return
    value = _parse(source.name, data)
    if isinstance(value, Skip):
        yield from _streamed(source) if _EXTRA in value.detail else [value]
    else:
        yield from _records(source, value)


def _goes_on(first: str, rest: str) -> bool:
    """Say whether a first line that is no object itself is continued by the next."""
    return first.rstrip().endswith(("{", "[", ",")) or not rest.lstrip().startswith("{")


def _is_object(line: str | bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_lines(source: Input) -> bool:
    """Say whether the first line is an object and another one follows it."""
    with source.open() as stream:
        first = stream.readline(WHOLE_BYTES).removeprefix(_MARK)
        while first.isspace():
            first = stream.readline(WHOLE_BYTES)
        if not first.lstrip().startswith(b"{") or not first.endswith(b"\n"):
            return False
        following = b"\n"
        while following.isspace():
            following = stream.readline(HEAD_BYTES)
    return following.lstrip().startswith(b"{") and _is_object(first)


def _large(source: Input, error: TooLarge) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of a list, or of the list that an object begins with, one by one."""
    head = source.head()
    if head.removeprefix(_MARK).lstrip().startswith(b"["):
        yield from _streamed(source)
    elif (start := _list_start(head)) is not None:
        yield from _streamed(source, start)
    else:
        step = "write its articles as JSON Lines, for example with jq -c '.articles[]'"
        detail = f"{error}, or {step}"
        yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=source.name)


def _list_start(head: bytes) -> int | None:
    """Return where the list of articles begins in an object, None if that is not in its head."""
    text = head.decode("latin-1")
    found = _LIST_START.search(text)
    if found is None:
        return None
    start = text.index("[", found.end(1))
    brackets = (bracket[0] for bracket in _STRING_OR_BRACKET.finditer(text[:start]))
    depth = sum({"[": 1, "]": -1}.get(bracket, 0) for bracket in brackets)
    # Inside a list it would be a part of an article.
    return start if depth == 0 else None


def _streamed(source: Input, start: int = 0) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of a list or a sequence that begins at a byte of the file."""
    with source.open() as stream:
        stream.read(start)
        for number, value in enumerate(json_values(stream, source.name), start=1):
            yield value if isinstance(value, Skip) else _record(source, number, value)


def _parse(path: str, data: bytes) -> object:
    """Return the value, or a Skip that names line and column.

    A byte that is not in the encoding is kept as a surrogate, and costs the record that it is in.
    """
    text = data.decode(json.detect_encoding(data[:4]), "surrogateescape").removeprefix("\ufeff")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        detail = (
            f"not JSON at line {error.lineno} column {error.colno}: {error.msg}; repair the file"
        )
        return _broken(path, detail, error.lineno)
    except RecursionError:
        line, column = _place(text[: _deep(text)])
        detail = f"at line {line} column {column} it is nested more than {_DEPTH} deep; flatten it"
        return _broken(path, detail, line)
    except ValueError as error:
        return _broken(path, f"a number cannot be read: {error}; write it as a string")


def _place(before: str) -> tuple[int, int]:
    """Return the line and column that follow a text, from 1."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _deep(text: str) -> int:
    """Return where the nesting first becomes too deep."""
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > _DEPTH:
            return found.start()
    return len(text)


def _records(source: Input, value: object) -> Iterator[FoundRecord | Skip]:
    if isinstance(value, dict):
        alone = has_text(value, source.columns)
        listed = None if alone else _list_in(value, source.columns)
        if listed is None:
            yield _single(source, value)
            return
        value = listed
    if not isinstance(value, list):
        given = type(value).__name__
        detail = f"it should be an article or a list of articles, but it is of type {given}"
        yield _broken(source.name, detail)
        return
    if not value:
        yield Skip(reason=Reason.EMPTY, detail="the list of articles is empty", path=source.name)
    for number, item in enumerate(value, start=1):
        yield _record(source, number, item)


def _single(source: Input, value: Mapping[str, object]) -> FoundRecord | Skip:
    if wrong_byte(value):
        return _wrong_encoding(source)
    taken_back = is_taken_back(record_fields(value, source.columns)[0])
    if has_text(value, source.columns) or "text" in source.columns or taken_back:
        return record_of(value, source, None)
    inner = _objects_with_text(value, source.columns)
    if len(inner) == 1:
        return record_of(inner[0], source, None)
    keys = ", ".join(repr(key) for key in value)[:300]
    detail = f"it has no 'text' and no list of articles; its keys are {keys}"
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)


def _objects_with_text(
    value: Mapping[str, object], columns: Mapping[str, str], depth: int = _LEVELS
) -> list[Mapping[str, object]]:
    """Return the records that an object wraps, as a service answers with one of them."""
    inner = [item for item in value.values() if isinstance(item, dict)]
    found: list[Mapping[str, object]] = [item for item in inner if has_text(item, columns)]
    if found or depth == 1:
        return found
    return [record for item in inner for record in _objects_with_text(item, columns, depth - 1)]


def _record(source: Input, number: int, item: object) -> FoundRecord | Skip:
    if wrong := wrong_byte(item):
        detail = f"byte {wrong} is not UTF-8; {_CONVERT}"
        return Skip(reason=Reason.ENCODING, detail=detail, path=source.name, line=number)
    if isinstance(item, dict):
        return record_of(item, source, number)
    detail = f"item {number} should be a JSON object, but it is of type {type(item).__name__}"
    return _broken(source.name, detail, number)


def _list_in(
    value: Mapping[str, object], columns: Mapping[str, str], depth: int = _LEVELS
) -> list[object] | None:
    """Return the list of articles that an object holds, also one object further down."""
    for name in _LIST_NAMES:
        listed = value.get(name)
        if isinstance(listed, list) and (not listed or isinstance(listed[0], dict)):
            return listed
    lists = [item for item in value.values() if isinstance(item, list)]
    texts = [listed for listed in lists if _has_text(listed, columns)]
    if len(texts) == 1:
        return texts[0]
    # A list of one object wraps it only, as in an export of Ghost.
    wrapped = [listed[0] for listed in lists if len(listed) == 1]
    inner = [item for item in (*value.values(), *wrapped) if isinstance(item, dict)]
    found = [_list_in(item, columns, depth - 1) for item in inner] if depth > 1 else []
    lists = [listed for listed in found if listed is not None]
    return lists[0] if len(lists) == 1 else None


def _has_text(items: Sequence[object], columns: Mapping[str, str]) -> bool:
    return any(has_text(item, columns) for item in items[:100] if isinstance(item, dict))


def _wrong_encoding(source: Input) -> Skip:
    """Return the skip of a file that is one article and is not in its encoding, with the place."""
    data = source.read_whole()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("latin-1"))
        wrong = f"byte {data[error.start]:#04x} at line {line} column {column} is not UTF-8"
        detail = f"{wrong}; {_CONVERT}"
        return Skip(reason=Reason.ENCODING, detail=detail, path=source.name, line=line)
    return _broken(source.name, "it has half a character, as '\\udc80'; write it again")


def _broken(path: str, detail: str, line: int | None = None) -> Skip:
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)
