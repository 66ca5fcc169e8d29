"""Finds events that a text names: "the murder", "his arrest", "the mayor's death"."""

from dataclasses import dataclass

from rag.timex.event_words import (
    AUXILIARIES,
    DETERMINERS,
    DOUBTS,
    EMPTY,
    FUNCTION_WORDS,
    LEADS_ON,
    NOUNS,
    VERBS,
)
from rag.timex.tense import is_past_verb
from rag.timex.tokens import KINDS, OTHER, PHRASE_ENDS, Tokens

# How long the phrase of a noun, a subject and a complement may be, in tokens.
_MODIFIERS, _SUBJECT, _COMPLEMENT = 4, 6, 4
_SUBJECT_KINDS = frozenset({OTHER, KINDS["THE"], KINDS["A"]})
_NAME_KINDS = frozenset({OTHER, KINDS["THE"], KINDS["DOT"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEvent:
    """The word of an event in a text: its family, the token after it, and words that say whose."""

    family: int
    end: int
    words: frozenset[str] = frozenset()


def event_at(tokens: Tokens, place: int) -> NamedEvent | None:
    """Return the event that the phrase or clause at a token names."""
    return _noun_at(tokens, place) or _clause_at(tokens, place)


def noun_head(tokens: Tokens, first: int) -> int | None:
    """Return the token of the event's noun at the end of a phrase: "sniper shooting"."""
    for head in range(first, min(len(tokens), first + _MODIFIERS)):
        word = tokens.words[head]
        if word in NOUNS and _ends_phrase(tokens, head + 1):
            return head
        if tokens.kinds[head] != OTHER or word in FUNCTION_WORDS or not word.isalpha():
            return None
    return None


def _ends_phrase(tokens: Tokens, place: int) -> bool:
    if tokens.kinds[place : place + 1] in PHRASE_ENDS:
        return True
    return tokens.words[place] in FUNCTION_WORDS or is_past_verb(tokens, place)


def _noun_at(tokens: Tokens, place: int) -> NamedEvent | None:
    owners = _owners(tokens, place)
    if not owners and tokens.word(place) not in DETERMINERS:
        return None
    head = noun_head(tokens, place + len(owners) + 1)
    if head is None:
        return None
    others = _complement(tokens, head + 1)
    if tokens.word(head + 1) in LEADS_ON and not others:
        return None
    words = frozenset({*owners, *others} - EMPTY)
    return NamedEvent(family=NOUNS[tokens.words[head]], end=head + 1, words=words)


def _owners(tokens: Tokens, place: int) -> list[str]:
    """Return the words before a possessive: "the mayor" of "the mayor's arrest"."""
    for behind in range(place, min(len(tokens), place + _SUBJECT)):
        if tokens.kinds[behind] == KINDS["POSSESSIVE"]:
            return tokens.words[place:behind]
        if tokens.kinds[behind] not in _NAME_KINDS:
            return []
    return []


def _complement(tokens: Tokens, place: int) -> set[str]:
    """Return the words of "of the mayor" or "in Ohio" after an event."""
    words: set[str] = set()
    if tokens.word(place) not in LEADS_ON:
        return words
    for behind in range(place + 1, min(len(tokens), place + 1 + _COMPLEMENT)):
        word, kind = tokens.words[behind], tokens.kinds[behind]
        if word in EMPTY or kind == KINDS["DOT"]:
            continue
        if kind != OTHER or word in FUNCTION_WORDS:
            break
        words.add(word)
    return words


def _clause_at(tokens: Tokens, place: int) -> NamedEvent | None:
    """Return the event of a clause, by its first verb: "the mayor was killed"."""
    words: set[str] = set()
    for behind in range(place, min(len(tokens), place + _SUBJECT)):
        word, kind = tokens.words[behind], tokens.kinds[behind]
        if word in AUXILIARIES or kind == KINDS["DOT"]:
            continue
        if word in VERBS and words:
            return NamedEvent(family=VERBS[word], end=behind + 1, words=frozenset(words - EMPTY))
        if kind not in _SUBJECT_KINDS or not word.isalpha() or word in DOUBTS:
            return None
        if is_past_verb(tokens, behind):
            return None
        words.add(word)
    return None
