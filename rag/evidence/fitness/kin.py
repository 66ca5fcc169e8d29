"""Finds that a sentence tells of another relative than the question asks about."""

import re

from rag.evidence.fitness.records import Candidate, Misfit

# Each kind of relative, with the words for it and with the kind that tells it the other way round:
# whose son somebody is, is their father or mother. "Parent" and "child" leave open who is meant.
_UP, _DOWN = "father dad mother mum mom", "son daughter"
_KIN = {
    "father dad": _DOWN,
    "mother mum mom": _DOWN,
    "son": _UP,
    "daughter": _UP,
    "brother": "sister",
    "sister": "brother",
    "husband": "wife",
    "wife": "husband",
    "uncle": "nephew niece",
    "aunt": "nephew niece",
    "nephew": "uncle aunt",
    "niece": "uncle aunt",
    "grandfather": "grandson granddaughter",
    "grandmother": "grandson granddaughter",
    "grandson": "grandfather grandmother",
    "granddaughter": "grandfather grandmother",
    "cousin": "",
}
_NAMES = {word: kind for kind in _KIN for word in kind.split()}
# "Her brother", "Petra Orr's brother", "the brother of": whose relative it is, is told.
_WORD = re.compile(rf"\b({'|'.join(_NAMES)})s?\b", re.IGNORECASE)
_ASKED = re.compile(
    rf"(?:['’]s?|\b(?:his|her|their))\s+(?:[a-z]+\s+)?({'|'.join(_NAMES)})\b"
    rf"|\b({'|'.join(_NAMES)})\s+of\b",
    re.IGNORECASE,
)


def check_kin(candidate: Candidate) -> Misfit | None:
    """Return the relative of a sentence, if the article does not have the one that is asked for."""
    asked = {_NAMES[(m[1] or m[2]).lower()] for m in _ASKED.finditer(candidate.asked.text)}
    # Who somebody's relative is may be told by other words: "she married", "is a nephew of".
    if not asked or candidate.asked.kind == "who" or asked & _kin_in(candidate.told):
        return None
    others = _kin_in(candidate.text)
    if any(word in _KIN[kind].split() for kind in asked for word in _words_in(candidate.text)):
        return None
    return Misfit(kind="kin", value=min(others)) if others else None


def _kin_in(text: str) -> set[str]:
    return {_NAMES[word] for word in _words_in(text)}


def _words_in(text: str) -> set[str]:
    return {match[1].lower() for match in _WORD.finditer(text)}
