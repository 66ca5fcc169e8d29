"""Writes records as JSON and reads them back, in one form with a version.

The first key of a record is `schema_version`; the others are its fields under their own names.
Days and instants are in ISO 8601, tuples are arrays. A field that is added with a default leaves
the version as it is: whoever reads an older text gets the default, and a field that is not known is
skipped. If a field goes, is renamed or means something else, raise `SCHEMA_VERSION`.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Self, get_args, get_origin, get_type_hints

from rag.errors import InputError

SCHEMA_VERSION = 1
_VERSION_KEY = "schema_version"
# JSON escapes the control characters below these by itself. A terminal would obey these too, and
# lone surrogates cannot be printed. The value stays, only its spelling changes.
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff]")
_SHORT = 60

_Read = Callable[[Any, str], Any]


class Record:
    """What every record can do: be written as JSON, be read back, and be printed in a few words."""

    __slots__ = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as JSON with its schema version, from which `from_json` makes it."""
        return write_json(self, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the record that `to_json` wrote.

        Raises:
            InputError: it is not such a record, or a newer version of Dateline wrote it.
        """
        record: Self = read_json(cls, text)
        return record

    def __repr__(self) -> str:
        shown = [
            f"{field.name}={_shortened(getattr(self, field.name))}"
            for field in dataclasses.fields(self)  # type: ignore[arg-type]  # all are dataclasses
            if getattr(self, field.name) != field.default
        ]
        return f"{type(self).__name__}({', '.join(shown)})"


def write_json(value: object, *, indent: int | None = None) -> str:
    """Return a record, or a list of records, as JSON; each of them has the schema version."""
    items = [_dated(item) for item in value] if isinstance(value, list | tuple) else _dated(value)
    text = json.dumps(items, ensure_ascii=False, indent=indent)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def read_json(kind: type[Any], text: str | bytes) -> Any:
    """Return the record of a kind that `write_json` wrote.

    Raises:
        InputError: it is not such a record, or a newer version of Dateline wrote it.
    """
    name = kind.__name__
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON of {_a(name)}: {error}") from error
    return read_plain(kind, found)


def read_plain(kind: type[Any], found: Any) -> Any:
    """Return the record of a kind from the objects, arrays and texts that its JSON has.

    Raises:
        InputError: it is not such a record, or a newer version of Dateline wrote it.
    """
    name = kind.__name__
    if not isinstance(found, dict):
        raise InputError(f"{name} is {_shortened(found)}; a JSON object is wanted")
    version = found.get(_VERSION_KEY)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError(
            f"{name}.{_VERSION_KEY} is {_shortened(version)}; give what {name}.to_json wrote"
        )
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{name}.{_VERSION_KEY} is {version}, and this version of Dateline reads up to "
            f"{SCHEMA_VERSION}; update Dateline"
        )
    return _read_record(kind, found, name)


def to_plain(value: object) -> Any:
    """Return a record, or a list of records, as what JSON has: objects, arrays, texts, numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: to_plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(record: object) -> Any:
    return {_VERSION_KEY: SCHEMA_VERSION} | to_plain(record)


def _read_record(kind: type[Any], found: Any, place: str) -> Any:
    if not isinstance(found, dict):
        raise InputError(f"{place} is {_shortened(found)}; a JSON object is wanted")
    hints = get_type_hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        if field.name in found:
            values[field.name] = _read(
                hints[field.name], found[field.name], f"{place}.{field.name}"
            )
        elif field.default is field.default_factory is dataclasses.MISSING:
            raise InputError(f"{place} has no {field.name!r}; give what {kind.__name__} wrote")
    try:
        return kind(**values)
    except ValueError as error:
        raise InputError(f"{place} is not possible: {error}") from error


def _read(hint: Any, found: Any, place: str) -> Any:
    """Return a value of a type hint from what JSON has in its place.

    Raises:
        InputError: it is something else; the message names the place.
    """
    origin, of = get_origin(hint), get_args(hint)
    if origin is UnionType:
        (hint,) = (one for one in of if one is not NoneType)
        return None if found is None else _read(hint, found, place)
    if origin is Literal:
        return _require(found, found in of, place, f"one of {', '.join(map(repr, of))}")
    if origin is Mapping:
        return _read_mapping(of[1], found, place)
    if origin is tuple:
        return tuple(_read_items(of, found, place))
    return _read_of_type(hint, found, place)


def _read_of_type(hint: type[Any], found: Any, place: str) -> Any:
    if dataclasses.is_dataclass(hint):
        return _read_record(hint, found, place)
    if issubclass(hint, tuple):  # a named one
        return hint(*_read_items(tuple(get_type_hints(hint).values()), found, place))
    return _read_simple(hint, found, place)


def _read_mapping(of: Any, found: Any, place: str) -> dict[str, Any]:
    _require(found, isinstance(found, dict), place, "a JSON object")
    return {key: _read(of, item, f"{place}.{key}") for key, item in found.items()}


def _read_items(of: tuple[Any, ...], found: Any, place: str) -> Iterable[Any]:
    _require(found, isinstance(found, list), place, "an array")
    hints = [of[0]] * len(found) if of[-1] is Ellipsis else list(of)
    _require(found, len(found) == len(hints), place, f"an array of {len(hints)}")
    pairs = enumerate(zip(hints, found, strict=True))
    return [_read(hint, item, f"{place}[{number}]") for number, (hint, item) in pairs]


def _read_day(hint: type[date], found: Any, place: str) -> date:
    wanted = "a day or an instant in ISO 8601"
    try:
        return hint.fromisoformat(_require(found, isinstance(found, str), place, wanted))
    except ValueError as error:
        raise InputError(f"{place} is {_shortened(found)}; {wanted} is wanted") from error


def _read_simple(hint: type[Any], found: Any, place: str) -> Any:
    if issubclass(hint, date):
        return _read_day(hint, found, place)
    if hint is float and isinstance(found, int) and not isinstance(found, bool):
        return float(found)
    names = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    return _require(found, type(found) is hint, place, names[hint])


def _require(found: Any, is_right: bool, place: str, wanted: str) -> Any:
    if not is_right:
        raise InputError(f"{place} is {_shortened(found)}; {wanted} is wanted")
    return found


def _shortened(value: object) -> str:
    """Return a value in a few words: the start of a long text, and how many items there are."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | dict) and len(repr(value)) > _SHORT:
        return f"<{len(value)} items>" if len(value) > 1 else "<1 item>"
    if isinstance(value, str) and len(value) > _SHORT:
        return repr(f"{value[: _SHORT - 1]}…")
    return repr(value)


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"
