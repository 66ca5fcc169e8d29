"""Ask who sits at the terminal whether a removal that looks like an accident is to be done."""

import sys

from ingest.removal import Removal

_LISTED = 20


def ask_person(removal: Removal) -> bool:
    """List the articles that would be removed, and return whether the person says yes."""
    count = len(removal.articles)
    print(f"{count:,} articles are in no input any more:", file=sys.stderr)
    for article in removal.articles[:_LISTED]:
        print(f"  {article}", file=sys.stderr)
    if count > _LISTED:
        print(f"  and {count - _LISTED:,} more", file=sys.stderr)
    for warning in removal.warnings:
        print(f"{warning}; is a disk not mounted, or did an export fail?", file=sys.stderr)
    print(f"Remove these {count:,} articles? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
