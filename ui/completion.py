"""Prints what a shell needs to complete the `dateline` command."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

SHELLS = ("bash", "zsh", "tcsh")
_FILES = ("FILE", "SOURCE")
_FOLDERS = ("DIR", "DIR|URL", "FROM", "TO")


class PrintCompletion(argparse.Action):
    """Prints the completion script for a shell and ends, as `--help` does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Print the script and exit with status 0."""
        import shtab

        for action in _actions(parser):
            if action.metavar in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # what shtab reads
            elif action.metavar in _FOLDERS:
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        # Whoever looks at the first lines only closes the pipe.
        with suppress(BrokenPipeError):
            print(shtab.complete(parser, str(values)), flush=True)
        parser.exit()


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
