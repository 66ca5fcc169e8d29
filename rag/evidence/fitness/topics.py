"""Finds that a sentence shares only a name with the question, and not what is asked about it.

"How much was offered for Lidden Mills?" is seldom answered by a sentence about Lidden Mills that
has none of the question's other words. It may say the same in other words, so this only lowers the
confidence.
"""

from functools import lru_cache

from rag.evidence.fitness.asked_names import asked_names
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.names import find_names
from rag.text.opposites import allied_stems
from rag.text.verbs import base_form
from rag.text.words import stem_of, stems_of, words_of

# These words say for what kind of thing is asked, or say little.
_OF_KINDS = frozenset(
    "many much old long far big date day month year age time number percentage name city country "
    "state town place get give make take go come happen put".split()
)
_KINDS = frozenset({"number", "when", "who", "where"})


def check_topic(candidate: Candidate) -> Misfit | None:
    """Return what is asked about the names of the question, if the sentence has none of it."""
    if candidate.asked.kind not in _KINDS:
        return None
    wanted = _wanted(candidate.question)
    told = _content(candidate.text)
    if not wanted or wanted & (told | _content(candidate.article.title)):
        return None
    if any(allied_stems(stem) & told for stem in wanted):
        return None
    words = [word.text for word in words_of(candidate.question) if _stem(word.text) in wanted]
    return Misfit(kind="topic", value=" ".join(words))


@lru_cache(maxsize=256)
def _wanted(question: str) -> frozenset[int]:
    """Return the stems of a question without its names, and what describes their bearers."""
    named = {word.start for name in find_names(question) for word in name}
    described = {stem for name in asked_names(question) for stem in name.described}
    return frozenset(
        stem
        for word in words_of(question)
        if (stem := _stem(word.text)) is not None
        and word.start not in named
        and word.stem not in described
        and base_form(word.text) not in _OF_KINDS
    )


def _content(text: str) -> frozenset[int]:
    """Return the stems of a text's words, and those of the verbs that the words are forms of."""
    verbs = {stem for word in words_of(text) if (stem := _stem(word.text)) is not None}
    return frozenset(verbs | stems_of(text))


@lru_cache(maxsize=4096)
def _stem(word: str) -> int | None:
    return stem_of(base_form(word))
