"""Reads the text that a person gives to a command, as arguments or on standard input.

Text is UTF-8. A shell hands on whatever bytes it was given, and Python keeps those that are no
UTF-8 as lone surrogates, which can be neither searched nor stored nor printed.
"""

import argparse
import os
import sys
from collections.abc import Iterator

from rag.errors import InputError, QuestionError

# The name of a file may have any bytes.
_FILES = frozenset(("sources", "file", "export", "audit"))


def require_text(options: argparse.Namespace) -> None:
    """Do nothing if all arguments but the names of files are text.

    Raises:
        QuestionError: one has bytes that are no UTF-8.
    """
    for text in _texts(options):
        if not _is_text(text):
            shown = os.fsencode(text).decode("utf-8", "backslashreplace")
            raise QuestionError(
                f"'{shown}' has bytes that are not UTF-8; set your terminal to UTF-8, or convert "
                "the text to it, and run the command again"
            )


def read_standard_input() -> tuple[str, str]:
    """Return the text on standard input, and a note if it is not plain UTF-8.

    It is decoded as an ingest decodes a file that does not state its encoding.

    Raises:
        InputError: it cannot be read, or its encoding cannot be told.
    """
    from ingest.formats.decoding import decode

    if sys.stdin is None:
        raise InputError("there is no standard input to read; give the text itself instead of -")
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(
            f"standard input cannot be read ({error.strerror}); give the text itself instead of -"
        ) from error
    text, note = decode(data)
    if text is None:
        raise InputError(
            "standard input is in an encoding that cannot be told; convert the text to UTF-8"
        )
    # Line ends as Python reads them from any file of text.
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _texts(options: argparse.Namespace) -> Iterator[str]:
    for name, value in vars(options).items():
        if name not in _FILES:
            given = value if isinstance(value, list) else [value]
            yield from (text for text in given if isinstance(text, str))


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
