"""Says in words what a search is restricted to, and which words of a question restrict it so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.question.asked_time import AskedTime
from rag.question.filters import Filters, read_filters
from rag.question.outlets import NamedOutlets
from rag.records import SearchFilter
from rag.text.calendar import day_in_words


def restrictions_of(where: SearchFilter) -> Iterator[str]:
    """Yield what each part of a filter lets through, such as "published since 2020-11-01"."""
    if where.window:
        yield f"published {where.window}"
    if where.events:
        yield f"for what happened {where.events}"
    if where.as_of:
        yield f"as they were published by {where.as_of}"
    if where.sources is not None:
        yield f"from {', '.join(where.sources) or 'no outlet'}"
    if where.sections is not None:
        yield f"in {', '.join(where.sections) or 'no section'}"


def without_restrictions(where: SearchFilter) -> SearchFilter:
    """Return a filter that lets through all articles that may be found now."""
    return replace(where, window=None, events=None, as_of=None, sources=None, sections=None)


def describe_time(time: AskedTime, where: SearchFilter, filters: Filters) -> list[str]:
    """Return in words to which days the time in a question restricts its search; none if to none.

    `filters` are those of the caller, who knows the days in them.
    """
    is_given = bool(filters.get("since") or filters.get("until"))
    left = [
        f"articles published {where.window}" if where.window and not is_given else "",
        f"what happened {where.events}" if where.events and not is_given else "",
        f"what was published by {where.as_of}" if where.as_of and not filters.get("as_of") else "",
    ]
    if not any(left):
        return []
    said = f"“{time.text}” restricted the search to {', '.join(filter(None, left))}"
    if time.counted_from:
        said += f", counted from {day_in_words(time.counted_from)}, the archive's last day"
    return [said]


def names_days(question: str, filters: Filters) -> bool:
    """Say whether a time in a question restricts its search.

    Raises:
        QuestionError: a filter makes no sense.
    """
    return bool(describe_time(*read_filters(question, filters), filters))


def describe_outlets(named: NamedOutlets, where: SearchFilter) -> list[str]:
    """Return in words whether a search kept to the outlets that its question names."""
    if not named.outlets:
        return []
    outlets = joined_names(named.outlets)
    if where.sources == named.outlets:
        return [f"“{named.name}” restricted the search to articles from {outlets}"]
    return [f"nothing was found from {outlets}, so all outlets were searched"]


def joined_names(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "Reuters, Metro and The Times"."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
