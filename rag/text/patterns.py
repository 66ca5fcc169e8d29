"""Makes a pattern of a list of words, for the modules that keep such lists."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of words without a group, with longer words before their beginnings."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
