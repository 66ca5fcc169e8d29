"""Says whose an amount is by the words that bind it to a name, wherever else names stand.

An age is that of the name beside it: "Orr, 44,", "the 44-year-old Eva Orr". An amount in a clause
that says more of somebody is theirs: "Vesk, 41, who was given five years". One in a main clause is
that of its subject: "The Union won 29.8%".
"""

import re
from collections.abc import Sequence

from rag.text.names import TIME_WORDS, TITLES, find_names, without_titles
from rag.text.speech import speech_verbs
from rag.text.verbs import is_past_form, is_s_form
from rag.text.words import Word, plain, words_of

Name = tuple[str, ...]

# "Orr, 44,", "Orr (44)", "Orr, aged 44".
_AGE_BEHIND = re.compile(r"(?:,\s+(?:aged\s+|age\s+|now\s+)?|\s+\((?:aged\s+|age\s+)?|\s+is\s+)$")
_AGE_ENDS = re.compile(r"\s*(?:-year-old\b|years?\s+old\b|[,.;)]|$|\s(?:of|from|and)\b)")
# "44-year-old striker Eva Orr".
_YEAR_OLD = re.compile(r"\s*(?:-|–)?\s*year(?:-|–|\s)old\b")
_NOUNS = re.compile(
    r"\s+(?:(?!(?:who|from|of|in|at|on|near|the|an?|and|with|to|by|for)\b)[a-z][\w-]*\s+){0,3}"
)
# "The man from Holm, 44": the place has no age.
_OF_A_PLACE = re.compile(r"\b(?:of|from|in|at|near|by|to)\s+(?:the\s+)?$", re.IGNORECASE)
# "The 44-year-old is Eva Orr", "named as".
_NAMES_THEM = re.compile(
    r"\b(?:is|was|as|named|called|identified|known|said|says|told|added)\s+(?:[a-z]+\s+){0,2}$"
)
_OPENER = re.compile(
    r"(?:,\s+(?:aged\s+)?\d{1,3})?,?\s+who\s+(?:(?:has|had|was|were|is|also|\w+ly|been)\s+)*"
)
_ASIDE = re.compile(
    r"(?:,\s+(?:aged\s+)?\d{1,3},|\s+\([^)]*\))?\s+(?:(?:has|had|have|will|\w+ly|also)\s+)*"
)
# Another clause, in which others do something.
_CLAUSE_ENDS = re.compile(r"[;:—–]|[.]\s|,\s|\b(?:while|but|who|which|that|after|when|because)\b")
# How many words may be between the verb and the amount.
_NEAR = 6


def age_owner(sentence: str, start: int, end: int) -> Name:
    """Return the name to which an age is bound; empty if none is.

    `start` and `end` are where the number is.
    """
    names = _names_in(sentence)
    year_old = _YEAR_OLD.match(sentence, end)
    if year_old:
        nouns = _NOUNS.match(sentence, year_old.end())
        behind = [name for name in names if nouns and name[0].start == nouns.end()]
        return _words(behind[0]) if behind else ()
    if not _AGE_ENDS.match(sentence, end):
        return ()
    for name in names:
        between = sentence[name[-1].end : start] if name[-1].end <= start else ""
        if between and _AGE_BEHIND.fullmatch(between):
            return () if _OF_A_PLACE.search(sentence[: name[0].start]) else _words(name)
    return ()


def is_age_of_another(sentence: str, start: int, end: int, last: str) -> bool:
    """Say whether "the 44-year-old" does something to the one with a last name, and is not them."""
    year_old = _YEAR_OLD.match(sentence, end)
    names = [name for name in _names_in(sentence) if _words(name)[-1:] == (last,)]
    if year_old is None or not names or any(name[0].start < start for name in names):
        return False
    between = sentence[year_old.end() : names[0][0].start]
    words = [word for word in words_of(between) if plain(word.text) not in TITLES]
    is_verb = bool(words) and (is_past_form(words[-1].text) or is_s_form(words[-1].text))
    return is_verb and not words[-1].is_capitalised and not _NAMES_THEM.search(between)


def relative_owner(sentence: str, start: int) -> tuple[Name, str]:
    """Return who has an amount in a clause that says more of them, with the words of the clause."""
    for name in reversed(_names_in(sentence)):
        opener = _OPENER.match(sentence, name[-1].end)
        if opener is None or opener.end() > start:
            continue
        clause = sentence[opener.end() : start]
        return (_words(name), clause) if _leads_to_amount(clause) else ((), "")
    return (), ""


def subject_owner(sentence: str, start: int) -> Name:
    """Return the subject of the clause that has an amount, with whose it is: "the Greens' Orr"."""
    names = _names_in(sentence)
    for place in reversed(range(len(names))):
        name = names[place]
        if name[-1].end > start:
            continue
        behind = name[-1].end
        # "The candidate, Eva Orr, got 1,744": the name stands between commas.
        if sentence[: name[0].start].endswith(", ") and sentence.startswith(", ", behind):
            behind += 1
        aside = _ASIDE.match(sentence, behind)
        if aside is None or not _leads_to_amount(sentence[aside.end() : start]):
            continue
        owner = names[place - 1] if place else []
        is_owned = bool(owner) and re.fullmatch(
            r"['’]s?\s+", sentence[owner[-1].end : name[0].start]
        )
        return (*_words(owner), *_words(name)) if is_owned else _words(name)
    return ()


def _leads_to_amount(clause: str) -> bool:
    """Say whether a clause begins with a verb and goes straight to the amount behind it."""
    words = words_of(clause)
    if not words or len(words) > _NEAR or _CLAUSE_ENDS.search(clause):
        return False
    verb = words[0].text
    is_verb = not words[0].is_capitalised and (is_past_form(verb) or is_s_form(verb))
    has_number = any(word.text[0].isdigit() for word in words)
    return is_verb and not has_number and verb.lower() not in speech_verbs()


def _names_in(sentence: str) -> list[Sequence[Word]]:
    """Return the names of a sentence, with a first word that an age or a verb follows."""
    names: list[Sequence[Word]] = [name for name in find_names(sentence) if _words(name)]
    first = next(iter(words_of(sentence)), None)
    is_known = first is None or any(name[0].start == first.start for name in names)
    if first and not is_known and first.is_capitalised and first.stem is not None:
        goes_on = _ASIDE.match(sentence, first.end)
        if re.match(r",\s+\d", sentence[first.end :]) or (
            goes_on and is_past_form((words_of(sentence[goes_on.end() :])[:1] or [first])[0].text)
        ):
            return [[first], *names]
    return names


def _words(name: Sequence[Word]) -> Name:
    return tuple(word for word in without_titles(name) if word not in TIME_WORDS)
