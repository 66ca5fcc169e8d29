"""Turns metadata filters of LlamaIndex into the filters of a search.

A filter that an archive cannot apply is refused, because ignoring it would find more than was
wanted. All conditions must hold together: the filters of a search know no "or".
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from llama_index.core.vector_stores import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
)

from rag.errors import QuestionError
from rag.question.arguments import read_day
from rag.question.filters import Filters, check_filters
from rag.question.outlets import narrower_name

__all__ = ["MetadataFilters", "with_metadata_filters"]

_DAY = timedelta(days=1)
_NAMES = {"source": "sources", "section": "sections"}
_KNOWN = "'source' and 'section' with == or in, and 'published' with ==, >, >=, < or <="


def with_metadata_filters(filters: Filters, given: MetadataFilters | None) -> Filters:
    """Return the filters with what metadata filters ask for beside them; all of them must hold.

    Raises:
        QuestionError: one of them asks for what an archive cannot filter by, or a filter beside
            them makes no sense.
    """
    if given is None:
        return filters
    # A string, of which each letter would be an outlet, is refused before it is narrowed.
    checked = check_filters(filters)
    narrowed: Filters = {name: checked[name] for name in filters}  # type: ignore[assignment,literal-required]  # the same names
    for one in _leaves(given):
        narrowed = _narrowed(narrowed, one)
    return narrowed


def _leaves(given: MetadataFilters) -> Iterator[MetadataFilter]:
    """Yield every condition; those that are nested must hold too."""
    if given.condition not in (None, FilterCondition.AND) and len(given.filters) > 0:
        is_plain = given.condition == FilterCondition.OR and len(given.filters) == 1
        if not is_plain:
            raise QuestionError(
                f"the metadata filters are joined by {given.condition.value!r}, and an archive "
                "joins filters by 'and' only; ask twice, or filter what is found"
            )
    for one in given.filters:
        if isinstance(one, MetadataFilters):
            yield from _leaves(one)
        else:
            yield one


def _narrowed(filters: Filters, one: MetadataFilter) -> Filters:
    """Return filters that ask for one thing more."""
    if one.key in _NAMES and one.operator in (FilterOperator.EQ, FilterOperator.IN):
        wanted = one.value if isinstance(one.value, list) else [one.value]
        if all(isinstance(name, str) for name in wanted):
            return _narrowed_names(filters, _NAMES[one.key], [str(name) for name in wanted])
    elif one.key == "published" and one.operator in _DAYS:
        return _narrowed_days(filters, one)
    value = one.value if isinstance(one.value, str | int | float) else list(one.value or ())
    raise QuestionError(
        f"an archive cannot filter by {one.key} {one.operator.value} {value!r}; it can by {_KNOWN}"
    )


def _narrowed_names(filters: Filters, field: str, wanted: list[str]) -> Filters:
    known: Iterable[str] | None = filters.get(field)  # type: ignore[assignment]  # names of outlets or sections
    both = wanted
    if known is not None:
        # Outlets are named as a search takes their names, sections as the articles write them.
        compare = narrower_name if field == "sources" else _same
        names = (compare(name, one) for name in known for one in wanted)
        both = list(dict.fromkeys(filter(None, names)))
    return {**filters, field: both}  # type: ignore[misc]  # the name is one of the two above


def _same(one: str, other: str) -> str:
    return one if one == other else ""


# For each operator, how far the first and the last day are from the day that is given.
_DAYS: dict[FilterOperator, tuple[timedelta | None, timedelta | None]] = {
    FilterOperator.EQ: (0 * _DAY, 0 * _DAY),
    FilterOperator.GTE: (0 * _DAY, None),
    FilterOperator.GT: (_DAY, None),
    FilterOperator.LTE: (None, 0 * _DAY),
    FilterOperator.LT: (None, -_DAY),
}


def _narrowed_days(filters: Filters, one: MetadataFilter) -> Filters:
    day = _day("published", one.value)
    if day is None:
        raise QuestionError("published is compared with no day; write a day as YYYY-MM-DD")
    after, before = _DAYS[one.operator]
    since, until = _day("since", filters.get("since")), _day("until", filters.get("until"))
    if after is not None:
        since = max(filter(None, (since, day + after)))
    if before is not None:
        until = min(filter(None, (until, day + before)))
    return {**filters, "since": since, "until": until}


def _day(name: str, value: object) -> date | None:
    if value is not None and not isinstance(value, str | date):
        raise QuestionError(f"{name} is {value!r}; write a day as YYYY-MM-DD")
    return read_day(value, name=name)
