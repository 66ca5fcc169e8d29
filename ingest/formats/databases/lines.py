"""Know the lines that exports of news databases share: labels, bylines, rights."""

import re
from collections.abc import Iterator, Mapping, Sequence

LABEL = re.compile(r"([A-Z][A-Za-z-]+(?: [a-zA-Z]+){0,3}):(?:\s+(.*))?$", re.S)
RIGHTS = re.compile(r"(copyright|\(c\)|©)", re.I)
BY = re.compile(r"by\s+(?=\S)", re.I)
# A document of fewer lines is a cover page or a list of contents.
_FEWEST_LINES = 3


def parted(
    lines: Sequence[str],
    *,
    start: re.Pattern[str] | None = None,
    end: re.Pattern[str] | None = None,
) -> Iterator[list[str]]:
    """Yield the lines of each document without blank ones; an end line belongs to its document.

    Where documents have a start, what stands before the first one is none.
    """
    held: list[str] = []
    begun = start is None
    for line in lines:
        text = line.strip(" _\t\n")
        starts = start is not None and start.match(text) is not None
        if starts:
            if begun and len(held) >= _FEWEST_LINES:
                yield held
            held, begun = [], True
        elif text:
            held.append(text)
        if end is not None and end.match(text):
            if len(held) >= _FEWEST_LINES:
                yield held
            held = []
    if begun and len(held) >= _FEWEST_LINES:
        yield held


def label_of(line: str) -> str:
    """Return the label that a line begins with, in lower case, empty without one."""
    found = LABEL.match(line)
    return found[1].lower() if found else ""


def after_label(line: str) -> str:
    """Return what follows the label of a line."""
    found = LABEL.match(line)
    return (found[2] or "").strip() if found else ""


def author(byline: str) -> list[str]:
    """Return the name in a byline as a list, an empty one without it."""
    name = BY.sub("", byline.strip(), count=1)
    return [name] if name else []


def given(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value}
