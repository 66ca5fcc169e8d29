"""Finds that a sentence tells of another relative than the question asks about."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.patterns import any_of
from rag.text.terms import counted_terms

# Each kind of relative, by its words, with the kinds that tell it the other way round: whose son
# somebody is, is their father or mother. "Parent" and "child" leave open who is meant.
_PARENTS, _CHILDREN = frozenset({"father dad", "mother mum mom"}), frozenset({"son", "daughter"})
_UNCLES, _NEPHEWS = frozenset({"uncle", "aunt"}), frozenset({"nephew", "niece"})
_OLD, _YOUNG = frozenset({"grandfather", "grandmother"}), frozenset({"grandson", "granddaughter"})
_OTHER_WAY = {
    **dict.fromkeys(_PARENTS, _CHILDREN),
    **dict.fromkeys(_CHILDREN, _PARENTS),
    **dict.fromkeys(_UNCLES, _NEPHEWS),
    **dict.fromkeys(_NEPHEWS, _UNCLES),
    **dict.fromkeys(_OLD, _YOUNG),
    **dict.fromkeys(_YOUNG, _OLD),
    "brother": frozenset({"sister"}),
    "sister": frozenset({"brother"}),
    "husband": frozenset({"wife"}),
    "wife": frozenset({"husband"}),
    "cousin": frozenset[str](),
}
_KINDS = {word: kind for kind in _OTHER_WAY for word in kind.split()}
_WORD = re.compile(rf"\b({any_of(_KINDS)})s?\b", re.IGNORECASE)
# Who somebody's relative is may be told by other words: "she married", "is a nephew of".
_IN_OTHER_WORDS = re.compile(
    r"\b(?:marr\w+|wed|weds|wedding|widow\w*|spouses?|partners?|couples?|divorc\w+|born|births?"
    r"|bore|parents?|child|children|sibling\w*|twins?|relative\w*|famil(?:y|ies)|half|step\w*)\b",
    re.IGNORECASE,
)
# "Her brother", "Petra Orr's brother", "the brother of": whose relative it is, is told.
_ASKED = re.compile(
    rf"(?:['’]s?|\b(?:his|her|their))\s+(?:[a-z]+\s+)?({any_of(_KINDS)})\b"
    rf"|\b({any_of(_KINDS)})\s+of\b",
    re.IGNORECASE,
)


def check_kin(candidate: Candidate) -> Misfit | None:
    """Return the relative of a sentence, if the article does not have the one that is asked for."""
    asked = {_KINDS[(m[1] or m[2]).lower()] for m in _ASKED.finditer(candidate.asked.text)}
    if not asked or (candidate.asked.kind == "who" and _IN_OTHER_WORDS.search(candidate.text)):
        return None
    # A sentence that names whose relative is meant need not leave it to others which one it is.
    if asked & _kin_in(candidate.text if _names_all(candidate) else candidate.told):
        return None
    others = _kin_in(candidate.text)
    if not others or any(others & _OTHER_WAY[kind] for kind in asked):
        return None
    return Misfit(kind="kin", value=min(others))


def _names_all(candidate: Candidate) -> bool:
    """Say whether a sentence has every name of the question."""
    names = candidate.asked.names
    return bool(names) and names <= counted_terms(candidate.text)


def _kin_in(text: str) -> set[str]:
    return {_KINDS[match[1].lower()] for match in _WORD.finditer(text)}
