"""Show how far a run is: with a bar on a terminal, and with plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, Protocol

from tqdm import tqdm

Style = Literal["none", "bar", "lines"]
# Lines go to logs: often enough to see that something moves.
_LINE_SECONDS = 15.0


class Step(Protocol):
    """One part of a run that is under way."""

    def advance(self, count: int, note: str = "") -> None:
        """Say that so much more is done."""


class Progress:
    """Shows the parts of a run, one after the other, on stderr."""

    def __init__(self, style: Style = "none", *, every_seconds: float | None = None) -> None:
        self._style = style
        self._every_seconds = every_seconds

    @classmethod
    def for_stderr(cls, *, every_seconds: float | None = None) -> "Progress":
        """Return a bar if a person is watching, else lines.

        With `every_seconds` it is lines in any case: one when a step begins, and one after each so
        many seconds of it.
        """
        is_bar = every_seconds is None and sys.stderr.isatty()
        return cls("bar" if is_bar else "lines", every_seconds=every_seconds)

    def say(self, line: str) -> None:
        """Print a line of its own."""
        if self._style == "bar":
            tqdm.write(line, file=sys.stderr)
        elif self._style == "lines":
            print(line, file=sys.stderr, flush=True)

    @contextmanager
    def step(self, name: str, total: int, unit: str) -> Iterator[Step]:
        """Show one part, of so many units: "B" for bytes, or the name of what is counted."""
        if self._style == "bar":
            scaled = unit == "B"
            with tqdm(
                total=total, desc=name, unit=unit if scaled else f" {unit}", unit_scale=scaled
            ) as bar:
                yield _Bar(bar)
        else:
            if self._every_seconds is not None:
                self.say(f"{name} …")
            seconds = _LINE_SECONDS if self._every_seconds is None else self._every_seconds
            shown = self._style == "lines"
            lines = _Lines(name, total, unit, shown=shown, every_seconds=seconds)
            yield lines
            lines.end()


class _Bar:
    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def advance(self, count: int, note: str = "") -> None:
        if note:
            self._bar.set_postfix_str(note, refresh=False)
        self._bar.update(count)


class _Lines:
    def __init__(
        self, name: str, total: int, unit: str, *, shown: bool, every_seconds: float
    ) -> None:
        self._every_seconds = every_seconds
        self._name, self._total, self._unit, self._shown = name, total, unit, shown
        self._done, self._note = 0, ""
        self._began = self._last = time.monotonic()

    def advance(self, count: int, note: str = "") -> None:
        self._done += count
        self._note = note or self._note
        if self._shown and time.monotonic() - self._last >= self._every_seconds:
            self._last = time.monotonic()
            self._print()

    def end(self) -> None:
        # A run of seconds needs no line but its report.
        if self._shown and time.monotonic() - self._began >= self._every_seconds:
            self._print()

    def _print(self) -> None:
        seconds = max(time.monotonic() - self._began, 1e-3)
        rate = self._done / seconds
        left = (self._total - self._done) / rate if rate else 0.0
        note = f", {self._note}" if self._note else ""
        print(
            f"{self._name}: {self._amount(self._done)} of {self._amount(self._total)}{note}, "
            f"{self._amount(rate)}/s, {_duration(seconds)} so far, {_duration(max(left, 0))} left",
            file=sys.stderr,
            flush=True,
        )

    def _amount(self, value: float) -> str:
        return f"{value / 1e6:,.1f} MB" if self._unit == "B" else f"{value:,.0f} {self._unit}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
