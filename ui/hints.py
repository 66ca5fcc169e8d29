"""Suggest the name that was probably meant: of an outlet, a setting, or an archive's folder."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from rag.question.outlets import known_as
from rag.settings import Settings, known_variables
from rag.store import archives_beside
from rag.store.interface import MOST_SOURCES

_MOST_NAMES = 3
# How alike names must be, from 0 to 1. With difflib's .6, outlets that share only an ending such as
# ".example" are suggested for each other.
_ALIKE = 0.75
# The shortest piece of a name that is looked for inside the names; "a" is in nearly all of them.
_SHORTEST_PIECE = 3


def close_names(name: str, known: Collection[str]) -> list[str]:
    """Return up to three known names that are spelled nearly like a name, or that it is part of."""
    by_folded = {other.casefold(): other for other in known if other}
    wanted = name.strip().casefold()
    near = get_close_matches(wanted, by_folded, n=_MOST_NAMES, cutoff=_ALIKE)
    if len(wanted) >= _SHORTEST_PIECE:
        near += [other for other in by_folded if wanted in other]
    return [by_folded[other] for other in dict.fromkeys(near)][:_MOST_NAMES]


def did_you_mean(names: Collection[str]) -> str:
    """Return the question that suggests names; empty if there is none to suggest."""
    quoted = [f"'{name}'" for name in names]
    return f"did you mean {' or '.join(quoted)}?" if quoted else ""


def hint_outlets(wanted: Collection[str] | None, known: Collection[str]) -> list[str]:
    """Return a line for each wanted outlet that no article is from, if all outlets are known."""
    if len(known) >= MOST_SOURCES:
        return []
    return [
        f"no article is from {outlet!r}; "
        + (did_you_mean(close_names(outlet, known)) or "'dateline sources' lists the outlets")
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


def hint_archive(settings: Settings) -> str:
    """Return the question that names archives with nearly the name of the configured one."""
    beside = {path.name: str(path) for path in archives_beside(settings)}
    near = close_names(Path(settings.archive).name, beside)
    return did_you_mean([beside[name] for name in near])
