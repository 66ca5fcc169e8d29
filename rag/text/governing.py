"""Keeps marked words to what they say in their sentence: in one clause, and with their denial.

A model that marks words may mark two clauses, "Conservatives voted against; the independents" of
"Conservatives voted against; the independents abstained". Or it leaves out the words that deny what
it marks: "it was in talks" of "denied that it was in talks".
"""

import re
from collections.abc import Set

from rag.text.sentences import Span
from rag.text.verbs import base_form, has_past_verb, is_past_form, is_same_in_the_past
from rag.text.words import stems_of, words_of

# A verb in it is not that of a clause by itself: "Tom Ray, who led the mill; Eva Orr, a cook".
_RELATIVE = re.compile(r"\b(?:who|whose|whom|which|where)\b[^,;]*", re.IGNORECASE)
_AUXILIARIES = frozenset({"be", "do", "have"})
_CLAUSE_END = re.compile(r";\s+")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|says?)\b", re.IGNORECASE
)
_DENYING = (
    r"(?:den(?:y|ies|ied|ying)|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|reject(?:s|ed|ing)?"
    r"|dismiss(?:es|ed|ing)?|rul(?:es?|ed|ing)\s+out)"
)
# Between the denial and what it denies: "denied any suggestion that", "has not yet been".
_AUXILIARY = (
    r"(?:is|are|was|were|be|been|being|has|have|had|having|do|does|did|will|would|can|could)"
)
_LINK = (
    rf"(?:that|to|any|all|the|an?|its?|his|her|their|s?he|they|there|of|{_AUXILIARY}|claims?"
    r"|reports?|suggestions?|rumou?rs?|allegations?|accusations?|plans?)"
)
_DENIED = re.compile(
    rf"\b(?:{_AUXILIARY}\s+)?(?:{_DENYING}(?:\s+{_LINK}){{0,4}}"
    rf"|(?:(?:{_AUXILIARY}\s+)?(?:not|never|no\s+longer)|\w+n['’]t|without)"
    rf"(?:\s+(?:yet|so|far|now|to|{_AUXILIARY}|(?!only\b)\w+ly)){{0,3}})\s+$",
    re.IGNORECASE,
)
_DENIED_CLAUSE = re.compile(rf"\b{_DENYING}\s+(?:[a-z]+\s+){{0,3}}?that\s+$", re.IGNORECASE)
_CLAUSE_BEGINS = re.compile(r"(?:that|it|s?he|they|there|we|any)\s", re.IGNORECASE)
_OF_DENIALS = re.compile(rf"\b{_DENYING}\b", re.IGNORECASE)


def in_one_clause(text: str, span: Span, within: Span, *, asked: Set[int], words: Set[str]) -> Span:
    """Return the part of marked words in the clause that a question asks about.

    All are in characters of `text`, and `within` is the sentence. `asked` are the stems of the
    question, and `words` its words in lower case, of which a verb in the past counts first. Words
    without a verb may be a list, "Tom Ray, 34; Eva Orr, 30", and stay whole. So do those of which
    it is not clear which clause is asked about.
    """
    ends = [found.span() for found in _CLAUSE_END.finditer(text, span.start, span.end)]
    if not ends or not _has_verb(text[span.start : span.end]):
        return span
    starts = [span.start, *(end for _, end in ends)]
    pieces = list(map(Span, starts, [*(start for start, _ in ends), span.end]))
    verbs = {base_form(word) for word in words if _is_past_verb(word)} - _AUXILIARIES
    clauses = [_clause_of(text, piece, within) for piece in pieces]
    shared = [(_has_any(verbs, clause), len(asked & stems_of(clause))) for clause in clauses]
    best = max(shared)
    return pieces[shared.index(best)] if shared.count(best) == 1 else span


def asks_of_denial(question: str) -> bool:
    """Say whether a question is about a denial: "What did Orr deny?"."""
    return _OF_DENIALS.search(question) is not None


def with_denial(text: str, span: Span, within: Span) -> Span:
    """Return marked words with what denies them right before: "denied that it was in talks"."""
    found = _DENIED.search(text, within.start, span.start)
    return Span(found.start(), span.end) if found else span


def is_denied_clause(text: str, span: Span, within: Span) -> bool:
    """Say whether marked words are a clause that is denied: "denied that it was in talks"."""
    denied = _DENIED.search(text, within.start, span.start)
    if denied is None or not _OF_DENIALS.search(denied[0]):
        return False
    begins = _CLAUSE_BEGINS.match(text, span.start, span.end)
    return begins is not None or _DENIED_CLAUSE.search(denied[0]) is not None


def _has_verb(words: str) -> bool:
    told = _RELATIVE.sub("", words)
    return has_past_verb(told) or _VERB.search(told) is not None


def _is_past_verb(word: str) -> bool:
    """Say whether a word is the past of a verb, and not usually another word, such as "crew"."""
    return is_past_form(word) and (base_form(word) != word or is_same_in_the_past(word))


def _has_any(verbs: Set[str], clause: str) -> bool:
    return any(base_form(word.text) in verbs for word in words_of(clause))


def _clause_of(text: str, piece: Span, within: Span) -> str:
    """Return the clause of which a piece is marked."""
    start = text.rfind(";", within.start, piece.start) + 1 or within.start
    end = text.find(";", piece.end, within.end)
    return text[start : end if end >= 0 else within.end]
