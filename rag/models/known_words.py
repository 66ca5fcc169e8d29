"""Knows usual English words.

They are the whole words among the pieces that the packaged embedder reads, and the nouns of
WordNet.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from rag.text.verbs import is_verb

_TOKENIZER = ("all-MiniLM-L6-v2-int8", "tokenizer.json")
_ENDINGS = ("s", "es", "'s", "er", "ers", "or", "ors", "ly", "ness", "able", "ist", "ists", "ism")
_PLURALS = ("s", "es", "'s", "s'")


def is_known_word(word: str) -> bool:
    """Say whether a word, in any of its usual forms, is a common English word or name."""
    lower = word.lower()
    return is_in_vocabulary(lower) or any(stem in _nouns() for stem in _without(lower, _PLURALS))


def is_in_vocabulary(lower: str) -> bool:
    """Say whether the embedder knows a word in lower case, or the word that it is a form of."""
    return any(
        stem in _pieces() or f"{stem}e" in _pieces() or is_verb(stem)
        for stem in _without(lower, _ENDINGS)
    )


def _without(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield a word, and what is left of it without each ending that it has."""
    yield word
    yield from (word.removesuffix(ending) for ending in endings if word.endswith(ending))
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


@cache
def _pieces() -> frozenset[str]:
    file = files("rag.models").joinpath(*_TOKENIZER)
    vocabulary = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in vocabulary if piece.isalpha())


@cache
def _nouns() -> frozenset[str]:
    text = (files("rag.text") / "nouns.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
