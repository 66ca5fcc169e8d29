"""The verbs that say who says something: "said", "asked", "told"."""

from functools import cache
from importlib.resources import files


@cache
def speech_verbs() -> frozenset[str]:
    """Return the verbs of speech in their forms, in lower case."""
    lines = (files("rag.text") / "speech_verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
