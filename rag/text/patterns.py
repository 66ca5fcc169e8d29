"""Words -> a pattern of them, for the modules that keep lists of words."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of words without a group, a longer word before what it begins with."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
