"""Find a value inside a JSON record by its path, such as `fields.bodyText`."""

from collections.abc import Mapping


def value_at(record: Mapping[str, object], path: str) -> object:
    """Return what stands at a path, None if nothing does.

    A key that is the whole path goes first. Objects are entered by key, lists by number, or all of
    their objects at once: `authors.name` is the list of their names.
    """
    if path in record:
        return record[path]
    value: object = record
    for key in path.split("."):
        value = _step(value, key)
        if value is None:
            return None
    return value


def has_path(record: Mapping[str, object], path: str) -> bool:
    """Say whether a record has a key, or a value at a path, even if it is empty."""
    parent, _, key = path.rpartition(".")
    if path in record or not parent:
        return path in record
    holder = value_at(record, parent)
    return (isinstance(holder, dict) and key in holder) or value_at(record, path) is not None


def _step(value: object, key: str) -> object:
    if isinstance(value, dict):
        return value.get(key)
    if not isinstance(value, list):
        return None
    if key.isdigit():
        return value[int(key)] if int(key) < len(value) else None
    found: list[object] = []
    for item in value:
        inner = item.get(key) if isinstance(item, dict) else None
        found += inner if isinstance(inner, list) else [] if inner is None else [inner]
    return found or None
