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
    singulars = [lower, *_without(lower, _PLURALS)]
    return is_in_vocabulary(lower) or any(word in _nouns() for word in singulars)


def is_in_vocabulary(lower: str) -> bool:
    """Say whether the embedder knows a word in lower case, or the word that it is a form of."""
    return _is_whole(lower) or any(
        _is_whole(stem) or f"{stem}e" in _pieces() for stem in _without(lower, _ENDINGS)
    )


def _is_whole(word: str) -> bool:
    return word in _pieces() or is_verb(word)


def _without(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield what is left of a word without each ending that it has."""
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
