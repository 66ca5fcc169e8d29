"""Command line options that more than one command takes, and the parser that reads them."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from ingest.engines import ENGINES
from rag.addresses import is_server, read_location

_MOST_DIGITS = 12
# The arguments that are a text of several words.
_TEXTS = ("question", "about", "excerpt", "name")
# So much of a name that is too long says which one it is.
_SHOWN = 60


class CommandParser(argparse.ArgumentParser):
    """A parser whose errors say where the help is, and whose epilog keeps its lines."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def parse_args(  # type: ignore[override]  # its overloads say no more
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Return the options; words that are left over end it with what was probably meant."""
        options, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(
                f"unrecognized arguments: {' '.join(rest)}{_in_quotation_marks(options, rest)}"
            )
        return options

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error, and exit with status 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\nTry '{self.prog} --help'.\n")


def _in_quotation_marks(options: argparse.Namespace, rest: Sequence[str]) -> str:
    """Return the advice to put a text in quotation marks, if its first word was taken for all."""
    given = next((text for name in _TEXTS if (text := getattr(options, name, ""))), "")
    if not given or any(word.startswith("-") for word in rest):
        return ""
    return f'; put a text of several words in quotation marks: "{" ".join([given, *rest])}"'


def archive_option() -> CommandParser:
    """Return a parent parser with `--archive`."""
    parent = CommandParser(add_help=False)
    parent.add_argument(
        "--archive",
        type=place,
        metavar="DIR|URL",
        help="the archive: a directory, the URL of a Qdrant server or, for commands that only "
        "ask, the address of 'dateline serve' (default: $DATELINE_ARCHIVE, or else ./archive)",
    )
    return parent


def json_option() -> CommandParser:
    """Return a parent parser with `--json`."""
    parent = CommandParser(add_help=False)
    parent.add_argument("--json", action="store_true", help="print the result as JSON")
    return parent


def add_ingest(parser: argparse.ArgumentParser) -> None:
    """Add the sources that an ingest reads, and how it goes about it."""
    parser.add_argument(
        "sources", nargs="+", type=file_name, metavar="SOURCE", help="a file or folder to read"
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="local",
        help="where the processes run: on this machine, or on a Ray cluster "
        "(DATELINE_RAY_ADDRESS) (default: local)",
    )
    parser.add_argument(
        "--columns",
        metavar="FIELD=COLUMN,...",
        default="",
        help="which columns or JSON keys hold which fields, such as text=story,published=meta.day",
    )
    parser.add_argument(
        "--pages",
        action="store_true",
        help="read the pages of a WordPress or Blogger export too, not only its posts",
    )
    parser.add_argument(
        "--ignore-expiry",
        action="store_true",
        help="keep articles after the day on which their feed says that they expire",
    )
    parser.add_argument(
        "--delete-missing",
        action="store_true",
        help="remove articles that the files under the sources no longer contain",
    )
    parser.add_argument(
        "--confirm-removal",
        type=_count,
        metavar="N",
        help="confirm that up to N articles are removed, where a removal is so large that "
        "--delete-missing asks",
    )
    parser.add_argument(
        "--progress-seconds",
        type=_seconds,
        metavar="N",
        help="print a line on how far the run is at each step and every N seconds, instead of a "
        "bar (default without a terminal: 15)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="read the sources and report, but write nothing"
    )


def _seconds(text: str) -> int:
    """Return a number of seconds in a text, at least one and at most an hour."""
    if not (text.isdecimal() and text.isascii() and len(text) <= 4 and 1 <= int(text) <= 3600):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 1 to 3600")
    return int(text)


def _count(text: str) -> int:
    """Return the number of articles in a text."""
    if not (text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of articles")
    return int(text)


def place(text: str) -> str:
    """Return the place of an archive as `read_location` does, unless it cannot be one."""
    try:
        location = read_location(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    # `Path.is_file` fails on a name that is too long.
    if not is_server(location) and os.path.isfile(file_name(location)):  # noqa: PTH113
        raise argparse.ArgumentTypeError(f"{text!r} is a file; name the folder of an archive")
    return location


def file_name(text: str) -> str:
    """Return the name of a file or folder as it was typed, unless it cannot be one.

    An empty one would be the folder in which the command runs, which nobody means who writes "$IN".
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; name a file or folder")
    try:
        os.lstat(text)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            shown = f"{text[:_SHOWN]}…"
            raise argparse.ArgumentTypeError(f"{shown!r} is too long for a name") from error
    return text
