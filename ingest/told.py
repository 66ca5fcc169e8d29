"""Word what was skipped and noted for people: a few lines as they are, many by their kind."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.found import Note, Reason, Skip, place, times

# What is true of more inputs than this is one line.
_LISTED_ALONE = 3
# More lines than this are put in groups, with the folder above them said once.
_LISTED_FLAT = 5
# A folder may have a "!" at the end of its name, as an outlet has.
_MEMBER = re.compile(r"!(?!/).*", re.DOTALL)
_MEANS = {Reason.NOT_TEXT: " (docs/formats.md lists the formats that are read)"}


def told(skips: Sequence[Skip], notes: Sequence[Note]) -> list[str]:
    """Return a line for each skip and note, and one for what is true of many inputs."""
    listed = [*_lines(skips), *_lines(notes)]
    if len(listed) <= _LISTED_FLAT:
        return [f"{'skipped' if kind else 'note'} {line}" for kind, line in listed]
    folder = _folder_of([*(one.path for one in skips), *(one.path for one in notes)])
    lines = [f"the files below are in {folder.rstrip(os.sep)}"] if folder else []
    counts: Counter[Reason] = Counter()
    for one in skips:
        counts[one.reason] += one.count
    named = [(kind, line.replace(folder, "")) for kind, line in _lines(skips, bare=True)]
    # Most are no articles at all, and stand first.
    for reason in sorted(counts, key=lambda one: (one != Reason.NOT_TEXT, -counts[one])):
        lines.append(f"{counts[reason]:,} skipped, {reason}{_MEANS.get(reason, '')}:")
        lines += [f"  {line}" for kind, line in named if kind == reason]
    if notes:
        lines.append(f"{sum(note.count for note in notes):,} noted:")
        lines += [f"  {line.replace(folder, '')}" for _, line in _lines(notes)]
    return lines


def _lines(told: Iterable[Skip] | Iterable[Note], *, bare: bool = False) -> list[tuple[str, str]]:
    """Return the lines with their kinds, which notes have none of; `bare` leaves it out of them."""
    groups: dict[tuple[str, str], list[Skip | Note]] = {}
    for one in told:
        kind = str(one.reason) if isinstance(one, Skip) else ""
        groups.setdefault((kind, one.detail), []).append(one)
    lines: list[tuple[str, str]] = []
    for (kind, detail), alike in groups.items():
        what = f"{kind}: {detail}" if kind and not bare else detail
        if len(alike) <= _LISTED_ALONE:
            lines += [(kind, f"{place(o.path, o.line)}: {what}{times(o.count)}") for o in alike]
            continue
        count = sum(one.count for one in alike)
        first = place(alike[0].path, alike[0].line)
        lines.append(
            (kind, f"{first}: {what} ({count:,} times in {len(alike):,} inputs, here first)")
        )
    return lines


def _folder_of(paths: Sequence[str]) -> str:
    """Return the folder that all files are in, with a separator behind it; empty without one."""
    try:
        folder = os.path.commonpath([Path(_MEMBER.sub("", path)).parent for path in paths])
    except ValueError:
        return ""
    return f"{folder}{os.sep}" if folder.strip(os.sep) else ""
