"""Knows usual English words: the whole words among the pieces that the packaged embedder reads."""

import json
from functools import cache
from importlib.resources import files

from rag.text.verbs import is_verb

_TOKENIZER = ("all-MiniLM-L6-v2-int8", "tokenizer.json")
_ENDINGS = ("s", "es", "'s", "er", "ers", "or", "ors", "ly", "ness", "able", "ist", "ists", "ism")


def is_known_word(word: str) -> bool:
    """Say whether a word, in any of its usual forms, is a common English word or name."""
    lower = word.lower()
    if lower in _pieces() or is_verb(lower):
        return True
    stems = [lower.removesuffix(ending) for ending in _ENDINGS if lower.endswith(ending)]
    if lower.endswith("ies"):
        stems.append(f"{lower[:-3]}y")
    return any(stem in _pieces() or f"{stem}e" in _pieces() or is_verb(stem) for stem in stems)


@cache
def _pieces() -> frozenset[str]:
    file = files("rag.models").joinpath(*_TOKENIZER)
    vocabulary = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in vocabulary if piece.isalpha())
