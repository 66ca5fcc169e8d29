"""Finds the names that were probably meant by one that the archive does not have."""

from collections.abc import Collection
from difflib import get_close_matches

from rag.text.outlets import is_web_address, outlet_name

_MOST_NAMES = 3
# How alike names must be, from 0 to 1. With difflib's .6, outlets that share only an ending such as
# ".example" are suggested for each other.
_ALIKE = 0.75
# The shortest piece of a name that is looked for inside the names; "a" is in nearly all of them.
_SHORTEST_PIECE = 3
# Only a slip of the pen keeps the letters of a name without its common words so alike: one or two
# letters of a name that is not shorter than this.
_MISTYPED, _SHORTEST_MISTYPED = 0.85, 5


def close_names(name: str, known: Collection[str]) -> list[str]:
    """Return up to three known names that are spelled nearly like a name, or that it is part of."""
    by_folded = {other.casefold(): other for other in known if other}
    wanted = name.strip().casefold()
    near = get_close_matches(wanted, by_folded, n=_MOST_NAMES, cutoff=_ALIKE)
    if len(wanted) >= _SHORTEST_PIECE:
        near += [other for other in by_folded if wanted in other]
    return [by_folded[other] for other in dict.fromkeys(near)][:_MOST_NAMES]


def mistyped_outlets(name: str, known: Collection[str]) -> list[str]:
    """Return up to three outlets whose name, or address, this is but for a letter or two."""
    is_short = len(outlet_name(name)) < _SHORTEST_MISTYPED
    return [] if is_short else _with_letters_like(name, known, _MISTYPED)


def close_outlets(name: str, known: Collection[str]) -> list[str]:
    """Return up to three outlets that may be meant by a name: mistyped, or a part of theirs.

    Of web addresses only the owner's name is compared, because all ends of them are alike.
    """
    if is_web_address(name):
        return _with_letters_like(name, known, _ALIKE)
    near = [*mistyped_outlets(name, known), *close_names(name, known)]
    return list(dict.fromkeys(near))[:_MOST_NAMES]


def _with_letters_like(name: str, known: Collection[str], cutoff: float) -> list[str]:
    by_letters = {outlet_name(other): other for other in known if other}
    near = get_close_matches(outlet_name(name), by_letters, n=_MOST_NAMES, cutoff=cutoff)
    return [by_letters[letters] for letters in near]


def did_you_mean(names: Collection[str]) -> str:
    """Return the question that suggests names; empty if there is none to suggest."""
    quoted = [f"'{name}'" for name in names]
    return f"did you mean {' or '.join(quoted)}?" if quoted else ""
