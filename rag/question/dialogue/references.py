"""A question -> the words in it that point back, and the same question with what they mean.

"That" of "said that", "it" of "is it true", "there" of "is there" and "this" of "this week" point
to nothing; "his" of "which general lost his life" points into the question itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.question.dialogue.background import Background
from rag.question.dialogue.parts import Phrase, QuestionParts
from rag.question.dialogue.phrases import is_several
from rag.question.dialogue.words import (
    AGREEMENTS,
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    FORMS_OF_BE,
    HAPPENINGS,
    MOVING,
    NOMINATIVE,
    ORDERS,
    OWNING,
    PERSONAL,
    PERSONS,
    PREPOSITIONS,
    SYNONYMS,
    TIMES,
    WH,
    WORD,
    is_plural,
    is_verb,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A word that points back, at its place: he, she, it, they, there, then, or a noun.

    `noun` is the noun of "that deal", and before "then" the preposition. `owned` is the end of what
    one that owns has, "his party", else 0.
    """

    start: int
    end: int
    word: str
    noun: str = ""
    owned: int = 0


_THEN = re.compile(
    r"\b(?P<lead>by |since |before |after |until |from )?"
    r"(?:(?:on |at |in )?(?:that|the same|this very) (?:day|date|time|year|month|week|night|"
    r"evening|morning|moment|summer|winter|spring|autumn)|(?:at the|back) (?:time|then)|then)\b"
    r"(?! of| that| when| in| he| she| it| they| the)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|isn't|wasn't|will|would|does|did|has)\s+it\s+(?:(?:be|been|now|still|not)\s+)?"
    r"(?:(?:[a-z]+\s+){0,2}?(?:that|whether|if|who|raining|snowing|time)"
    # "Is it hard to say" means nothing by "it"; "is it going to last" does.
    r"|(?!going|due|supposed|expected|set|meant|able|allowed|ready|likely)[a-z]+\s+to)\b"
    r"|\bit\s+(?:is|was|will be|seems|appears|turns out|happens)\s+[a-z]*\s*(?:that|to|whether)\b"
    r"|\bit\s+(?:\w+\s+)?take\b[^?]{0,60}?\bto\b|\bwhat time (?:is|was) it\b",
    re.IGNORECASE,
)


def find_references(parts: QuestionParts) -> Iterator[Reference]:
    """Yield the words of a question that point out of it; of one kind of pronoun the first only."""
    if (then := _THEN.search(parts.text)) and then.start() > 0:
        lead = (then["lead"] or "").strip()
        yield Reference(start=then.start(), end=then.end(), word="then", noun=lead)
    words = list(WORD.finditer(parts.text))
    seen = {"it"} if _EXPLETIVE.search(parts.text) else set()
    for place, word in enumerate(words):
        lower = word.group().lower()
        kind = PERSONAL.get(lower, "")
        if kind and kind not in seen and not _has_own(parts, words, place):
            seen.add(kind)
            owned = _owned_end(parts, words, place) if lower in OWNING else 0
            yield Reference(start=word.start(), end=word.end(), word=kind, owned=owned)
        elif lower == "there" and not _is_expletive(words, place):
            yield Reference(start=word.start(), end=word.end(), word="there")
        elif lower in ("this", "that", "these", "those"):
            yield from _demonstrative(parts, words, place)


def _lower(words: list[re.Match[str]], place: int) -> str:
    return words[place].group().lower() if 0 <= place < len(words) else ""


def _is_expletive(words: list[re.Match[str]], place: int) -> bool:
    """Say whether "there" is that of "is there a truce"."""
    return bool({_lower(words, place - 1), _lower(words, place + 1)} & FORMS_OF_BE)


def _owned_end(parts: QuestionParts, words: list[re.Match[str]], place: int) -> int:
    """Return where what a word owns ends; 0 for "her" that owns nothing."""
    after = _lower(words, place + 1)
    if not after or after in PREPOSITIONS | AUXILIARIES | CLAUSE_WORDS:
        return 0
    return _noun_at(parts, words[place + 1])[1]


def _noun_at(parts: QuestionParts, word: re.Match[str]) -> tuple[str, int]:
    """Return the noun of the phrase at a word, and where it ends without what depends on it."""
    phrase = next((p for p in parts.phrases if p.start <= word.start() < p.end), None)
    if phrase is None:
        return word.group().lower(), word.end()
    return phrase.head, max(parts.bare_end(phrase), word.end())


def _demonstrative(
    parts: QuestionParts, words: list[re.Match[str]], place: int
) -> Iterator[Reference]:
    """Yield "this" or "that deal" if it points: no conjunction, and not of "this week"."""
    word, lower = words[place], _lower(words, place)
    before, after = _lower(words, place - 1), _lower(words, place + 1)
    leads = before in AUXILIARIES | PREPOSITIONS
    if after in TIMES or after[:1].isdigit():
        return
    if after and _is_noun(after):
        known = after in HAPPENINGS or any(after in same for same in SYNONYMS)
        if lower != "that" or known or leads:
            noun, end = _noun_at(parts, words[place + 1])
            yield Reference(start=word.start(), end=end, word="noun", noun=noun)
    elif lower != "that" or leads or not after:
        kind = "they" if lower in ("these", "those") else "it"
        yield Reference(start=word.start(), end=word.end(), word=kind)


def _is_noun(word: str) -> bool:
    small = WH | AUXILIARIES | PREPOSITIONS | CLAUSE_WORDS | ORDERS | DETERMINERS | {"not"}
    if word in small or word in PERSONAL:
        return False
    return not is_verb(word) or word in HAPPENINGS | AGREEMENTS


def _has_own(parts: QuestionParts, words: list[re.Match[str]], place: int) -> bool:
    """Say whether what a pronoun means stands before it in the question itself.

    In one clause only a possessive can mean the subject: "did Armenia keep its word".
    """
    word, lower = words[place], _lower(words, place)
    owns = lower in OWNING and _owned_end(parts, words, place) > 0
    opens_clause = lower in NOMINATIVE and place > 0 and _lower(words, place - 1) not in AUXILIARIES
    for phrase in parts.phrases:
        if phrase.end > word.start() or not _fits(parts, phrase, PERSONAL[lower]):
            continue
        between = [w.group().lower() for w in words if phrase.end <= w.start() < word.start()]
        # Before "him" the word "before" is a preposition and opens no clause.
        joins = between if lower in NOMINATIVE or lower == "it" else between[:-1]
        if owns or opens_clause or CLAUSE_WORDS.intersection(joins):
            return True
    is_who = _lower(words, 0) in ("who", "whose") and not parts.inverted
    return is_who and PERSONAL[lower] != "it" and (owns or opens_clause)


def _fits(parts: QuestionParts, phrase: Phrase, kind: str) -> bool:
    """Say whether a phrase is of the number and the kind that a pronoun asks for."""
    name = parts.head_name(phrase)
    several = is_several(parts, phrase) or is_plural(phrase.head.split()[-1])
    if kind == "they":
        return several or (name is not None and name.kind == "group")
    if several:
        return False
    if kind == "it":
        return name is None or name.kind != "person"
    return name.kind in ("person", "other") if name else phrase.head in PERSONS


# -- with what they mean --------------------------------------------------------------------------

_OF = re.compile(r"\s(?:of|in|at|to|that|who|with|between)\s")
_MOST_OWNER_WORDS = 4


def resolve(parts: QuestionParts, background: Background) -> tuple[str, list[str]]:
    """Return a question with what its references mean, and those words; unchanged if none does."""
    question, carried = parts.text, list[str]()
    for reference in sorted(find_references(parts), key=lambda r: -r.start):
        if words := meaning(reference, background):
            question = put_meaning(question, reference, words)
            carried.insert(0, words)
    return question, carried


def resolve_fragment(fragment: str, background: Background) -> str:
    """Return words that are no question with what their pronouns mean: "his successor"."""
    for word in reversed(list(WORD.finditer(fragment))):
        lower = word.group().lower()
        if lower in PERSONAL:
            owned = len(fragment) if lower in OWNING and word.end() < len(fragment) else 0
            reference = Reference(
                start=word.start(), end=word.end(), word=PERSONAL[lower], owned=owned
            )
            if words := meaning(reference, background):
                fragment = put_meaning(fragment, reference, words)
    return fragment


def meaning(reference: Reference, background: Background) -> str:
    """Return the words that a reference stands for; empty if the turns offer none."""
    if reference.word == "noun":
        return background.named(reference.noun) or background.thing()
    found = {
        "he": lambda: background.person("he"),
        "she": lambda: background.person("she"),
        "it": background.thing,
        "they": background.several,
        "there": background.place,
        "then": background.day,
    }
    return found[reference.word]()


def put_meaning(question: str, reference: Reference, words: str) -> str:
    """Return a question with words in the place of a reference, as its kind asks for."""
    before, after = question[: reference.start], question[reference.end :]
    if reference.word == "there":
        moves = any(word.group().lower() in MOVING for word in WORD.finditer(question))
        is_led = before.rstrip().lower().endswith((" in", " from", " near", " to"))
        return f"{before}{'' if is_led else 'to ' if moves else 'in '}{words}{after}"
    if reference.word == "then":
        is_day = re.match(r"\d{1,2} ", words) is not None
        return f"{before}{reference.noun or ('on' if is_day else 'in')} {words}{after}"
    if not reference.owned:
        return before + words + after
    if _OF.search(words) or len(words.split()) > _MOST_OWNER_WORDS:
        owned = question[reference.end : reference.owned].strip()
        return f"{before}the {owned} of {words}{question[reference.owned :]}"
    ending = "'" if words.endswith("s") else "'s"
    return before + words + ending + after
