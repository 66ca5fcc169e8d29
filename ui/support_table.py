"""Say who reported what: each value with its days, its outlets and what took its place."""

from collections.abc import Collection, Sequence

from rag.dates.wording import describe_days
from rag.records import Value, ValueStatus
from ui.columns import in_columns, rule_below

_STATUSES: dict[ValueStatus, str] = {
    "stands": "",
    "superseded": "replaced since",
    "corrected": "corrected since",
    "withdrawn": "withdrawn",
}
_MOST_OUTLETS = 5
_HEADS = ("Value", "Reported", "Independent sources", "Quotes")
# Shares of the width for each column but the last, which has room for "[12]" and a gap.
_SHARES = (0.28, 0.22, 0.5)
_QUOTES = 9
_GAPS = 6


def support_lines(values: Sequence[Value], *, quoted: Collection[str], width: int) -> list[str]:
    """Return the lines of a table of values; for one value of one source, a line that says so.

    `quoted` are the outlets that the answer quotes. One that says the same in other words is a
    source too.
    """
    if not values:
        return []
    if len(values) == 1 and values[0].sources == 1:
        is_alone = bool(values[0].outlets) and {*quoted} <= {*values[0].outlets}
        told = f"Only one source was found for this: {say_outlets(values[0])}."
        return [told] if is_alone else []
    free = width - _QUOTES - _GAPS
    widths = [*(int(free * share) for share in _SHARES), _QUOTES]
    lines = ["Who reported what, newest first:", "", in_columns(_HEADS, widths), rule_below(widths)]
    return lines + [in_columns(_cells(value), widths) for value in values]


def say_status(value: Value) -> str:
    """Return what became of a value, such as "replaced since by 19"; empty if it stands."""
    status = _STATUSES[value.status]
    if not value.replaced_by or not status:
        return status
    return f"{status}{' to' if value.status == 'corrected' else ' by'} {value.replaced_by}"


def say_days(value: Value) -> str:
    """Return the days of the first and the last report of a value."""
    if value.first is None or value.last is None:
        return "no date"
    return describe_days(value.first, value.last)


def say_outlets(value: Value) -> str:
    """Return the outlets that report a value, the first few by name."""
    named = ", ".join(" ".join(name.split()) for name in value.outlets[:_MOST_OUTLETS])
    more = len(value.outlets) - _MOST_OUTLETS
    return f"{named} and {more} more" if more > 0 else named


def _cells(value: Value) -> tuple[str, ...]:
    status, outlets = say_status(value), say_outlets(value)
    return (
        f"{value.text}\n({status})" if status else value.text,
        say_days(value),
        f"{value.sources}: {outlets}" if outlets else str(value.sources),
        " ".join(f"[{number}]" for number in value.citations),
    )
