"""Suggest the name that was probably meant: of an outlet, section or setting, or of a folder."""

from collections.abc import Callable, Collection
from pathlib import Path

from rag.question.filters import Filters
from rag.question.near_names import close_names, close_outlets, did_you_mean
from rag.question.outlets import known_as, may_name_outlets, read_outlets, sections_known_as
from rag.question.restrictions import names_days
from rag.settings import Settings, known_variables
from rag.store import archives_beside
from rag.store.interface import MOST_SOURCES

_LISTS_SECTIONS = "'dateline articles --coverage'"


def hint_outlets(wanted: Collection[str] | None, known: Collection[str]) -> list[str]:
    """Return a line for each wanted outlet that no article is from, if all outlets are known."""
    if len(known) >= MOST_SOURCES:
        return []
    return [
        f"no article is from {outlet!r}; "
        + (did_you_mean(close_outlets(outlet, known)) or "'dateline sources' lists the outlets")
        for outlet in dict.fromkeys(wanted or ())
        if not known_as(outlet, known)
    ]


def hint_variables(unknown: Collection[str]) -> list[str]:
    """Return a line for each variable that looks like a setting and is none."""
    known = {name.partition("_")[2]: name for name in known_variables()}
    return [
        f"{name} is no setting, so it changes nothing; "
        + (
            did_you_mean([known[near] for near in close_names(name.partition("_")[2], known)])
            or "docs/settings.md lists the settings"
        )
        for name in unknown
    ]


def hint_sections(wanted: Collection[str] | None, known: Collection[str]) -> list[str]:
    """Return a line for each wanted section that no article is in, if all sections are known."""
    if len(known) >= MOST_SOURCES:
        return []
    return [
        f"no article is in the section {section!r}; "
        + (did_you_mean(close_names(section, known)) or f"{_LISTS_SECTIONS} lists the sections")
        for section in dict.fromkeys(wanted or ())
        if not sections_known_as(section, known)
    ]


def hint_ways_out(words: str, filters: Filters, known: Callable[[], Collection[str]]) -> list[str]:
    """Return the options with which a time and an outlet in some words do not restrict a search."""
    lines = ["--any-time searches all dates"] if names_days(words, filters) else []
    reads_outlets = filters.get("read_outlets", True) and filters.get("sources") is None
    if reads_outlets and may_name_outlets(words) and read_outlets(words, known()).outlets:
        lines.append("--any-outlet searches all outlets")
    return lines


def hint_archive(settings: Settings) -> str:
    """Return the question that names archives with nearly the name of the configured one."""
    beside = {path.name: str(path) for path in archives_beside(settings)}
    near = close_names(Path(settings.archive).name, beside)
    return did_you_mean([beside[name] for name in near])
