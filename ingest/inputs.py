"""One stream of bytes to read: a file, or a member of a container, opened anew by each reader."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rag.errors import InputError

HEAD_BYTES = 4096
# What is read whole (a page, a news item) may not be larger; lines and records are streamed.
WHOLE_BYTES = 64 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A named stream; `name` tells a person where it is: `path`, or `path!member`.

    A member of a container can be opened only while the container is being walked.
    """

    name: str
    opener: Callable[[], IO[bytes]]

    @classmethod
    def of_file(cls, path: Path) -> "Input":
        """Return a file on disk as an input."""
        return cls(name=path_text(path), opener=lambda: path.open("rb"))

    @property
    def suffix(self) -> str:
        """The extension of the name, with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Give the stream from its beginning.

        Raises:
            OSError: the file cannot be opened.
        """
        with self.opener() as stream:
            yield stream

    def head(self) -> bytes:
        """Return the first bytes, at most HEAD_BYTES."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read_whole(self, limit: int = WHOLE_BYTES) -> bytes:
        """Return all bytes.

        Raises:
            InputError: there are more than `limit`; nothing more than that is read.
        """
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"it has more than {limit / 2**20:.0f} MB, at most that is read whole")
        return data


def path_text(path: Path) -> str:
    """Return a path as text to store and print: a name may be any bytes, terminal escapes too."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
