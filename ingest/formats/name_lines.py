"""Read a block of `Name: value` lines, as people and programs write it above a story."""

import re
from collections.abc import Callable, Sequence

from ingest.formats.fieldnames import ALIASES, all_names, chosen_values, replacement_notes, settled
from ingest.formats.standfirsts import with_standfirst

_LINE = re.compile(r"\W{0,3}([^\W\d_][\w -]{0,30}?)\W{0,3}[^\S\n]*:\W{0,3}(?:[^\S\n]+(\S.*))?")
_MOST_LINES = 30
# A block of other facts, as those of a match, has hardly two of these names, one of the latter.
_FEWEST = 2
_SURE = frozenset(("title", "published"))
_FIELDS = ALIASES.keys() - {"text", "lead"}


def leading_values(
    lines: Sequence[str], is_known: Callable[[str], bool] = lambda _: True
) -> tuple[dict[str, str], int]:
    """Return the values of the `Name: value` lines that some lines begin with, and their number.

    A line that is indented goes on with the value before it. `is_known` says which names may stand
    there, in lower case as they are returned.
    """
    values: dict[str, str] = {}
    number, name = 0, ""
    for line in lines[:_MOST_LINES]:
        found = _LINE.fullmatch(line.strip())
        if name and line[:1].isspace() and line.strip():
            values[name] = f"{values[name]} {line.strip()}".strip()
        elif found is not None and is_known(found[1].lower()):
            name = found[1].lower()
            values.setdefault(name, (found[2] or "").strip())
        else:
            break
        number += 1
    return values, number


def split_fields(text: str) -> tuple[dict[str, object], str, tuple[str, ...]]:
    """Return the fields that stand above a text under their usual names, the text, and notes.

    There are none if the text does not begin with at least two of them, one the title or the day.
    """
    lines = text.strip("\n").splitlines()
    values, number = leading_values(lines)
    names = {field: given for field, given in all_names(tuple(values)).items() if field in _FIELDS}
    if len(names) < _FEWEST or _SURE.isdisjoint(names) or number == len(lines):
        return {}, text, ()
    found = chosen_values(values, names)
    body = "\n".join(lines[number:]).strip("\n")
    standfirst = found.pop("standfirst", None)
    fields = with_standfirst({**settled(found), "text": body}, standfirst)
    return fields, str(fields.pop("text")), replacement_notes(found)
