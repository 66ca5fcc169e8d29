"""Make the record of one JSON object: one of the usual names, of ninjs, or of a known shape."""

from collections.abc import Mapping

from ingest.formats import ninjs
from ingest.formats.fieldnames import record_fields
from ingest.formats.json_paths import has_path
from ingest.formats.json_shapes import reshape, unwrapped
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

# The actions of Elasticsearch's bulk format; the line after one of the first three is its record.
_BULK_ACTIONS = ("index", "create", "update", "delete")
_BULK_KEYS = frozenset(("_index", "_id", "_type", "routing", "require_alias"))


def record_of(value: Mapping[str, object], source: Input, number: int | None) -> FoundRecord | Skip:
    """Return the record of a JSON object, or why it is no article."""
    columns = source.columns
    inner = _inside(value, columns)
    shaped = reshape(inner)
    if not columns and not shaped.is_known and ninjs.is_item(inner):
        return ninjs.record_of(inner, source.name, number)
    if shaped.instead:
        detail = f"it is not published for readers: it is {shaped.instead}"
        return Skip(reason=Reason.UNPUBLISHED, detail=detail, path=source.name, line=number)
    fields, notes = record_fields(shaped.record, columns, inner)
    wanted = columns.get("text", "")
    if wanted and not has_path(inner, wanted):
        keys = ", ".join(repr(key) for key in value)[:300]
        detail = f"it has no {wanted!r}, which --columns names for the text; its keys are {keys}"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name, line=number)
    # What the shape says is of its own text.
    is_shaped = str(fields.get("text", "")).endswith(str(shaped.record.get("text", "")))
    notes = (*shaped.notes, *notes) if "text" not in columns and is_shaped else notes
    return FoundRecord(fields=fields, path=source.name, line=number, notes=notes)


def has_text(value: Mapping[str, object], columns: Mapping[str, str]) -> bool:
    """Say whether an object is a record with a text, or one that would have it if published."""
    inner = _inside(value, columns)
    shaped = reshape(inner)
    if shaped.instead or (not shaped.is_known and ninjs.is_item(inner)):
        return True
    text = record_fields(shaped.record, columns, inner)[0].get("text")
    return text is not None and not isinstance(text, (dict, list))


def bulk_action(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return what an action line of Elasticsearch's bulk format says, None for any other object."""
    if len(value) != 1:
        return None
    ((name, said),) = value.items()
    is_action = name in _BULK_ACTIONS and isinstance(said, dict) and said.keys() <= _BULK_KEYS
    return said if is_action and isinstance(said, dict) else None


def _inside(value: Mapping[str, object], columns: Mapping[str, str]) -> Mapping[str, object]:
    """Return the record in an object, which is the object where a named key stands in it itself."""
    if any(has_path(value, path) for path in columns.values()):
        return value
    return unwrapped(value)
