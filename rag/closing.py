"""Lets what has `close` be used in a `with`."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Something that a `with` closes at its end, whatever happened in it."""

    @abstractmethod
    def close(self) -> None:
        """Give back what it holds."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
