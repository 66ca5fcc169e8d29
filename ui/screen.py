"""Say how text may look where it is printed: how wide it is, and whether it has colour.

The commands write plain text. What is emphasised here is only how it looks, so the same text
without colour says the same.
"""

import os
import re
import sys
from io import TextIOWrapper
from typing import TextIO

# Longer lines are hard to read, however wide the terminal is.
WIDTH = 96
_NARROWEST = 40
# The first line of a hit ("1. Headline — day") and of a source ("[1] …"), and the line with an id.
_HEAD = re.compile(r"^(?:\d+\.|\[\d+\]) .* — .*$", re.MULTILINE)
_ID = re.compile(r"^ +id: .*$", re.MULTILINE)
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def show(text: str) -> None:
    """Print text, with its heads in bold type if that is a terminal that shows it."""
    print(emphasise(text) if wants_colour(sys.stdout) else text)


def take_every_character(stream: TextIO) -> None:
    """Let a stream escape the characters that its encoding lacks, such as “ in ASCII."""
    if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="backslashreplace")


def wants_colour(stream: TextIO) -> bool:
    """Say whether a stream is a terminal with colour, and the user has not set NO_COLOR.

    Source: https://no-color.org; a variable that is set to nothing does not count.
    """
    is_refused = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_refused


def text_width(stream: TextIO) -> int:
    """Return how many columns text may take: those of the terminal, and 96 at most."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # it is a file or a pipe, or it is closed
        return WIDTH
    return min(WIDTH, max(_NARROWEST, columns)) if columns else WIDTH


def emphasise(text: str) -> str:
    """Return text with the heads of hits and sources in bold, and ids dimmed."""
    bold = _HEAD.sub(lambda found: f"{_BOLD}{found[0]}{_PLAIN}", text)
    return _ID.sub(lambda found: f"{_DIM}{found[0]}{_PLAIN}", bold)
