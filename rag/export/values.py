"""Says in words what has become of a value that an answer found."""

from rag.records import Value, ValueStatus

_STATUSES: dict[ValueStatus, str] = {
    "stands": "",
    "superseded": "replaced since",
    "corrected": "corrected since",
    "withdrawn": "withdrawn",
}


def say_value(value: Value) -> str:
    """Return a value with what has become of it, if it does not stand: "30 (withdrawn)"."""
    status = _STATUSES[value.status]
    link = "to" if value.status == "corrected" else "by"
    by = f" {link} {value.replaced_by}" if value.replaced_by else ""
    return value.text + (f" ({status}{by})" if status else "")
