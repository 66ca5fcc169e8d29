"""Splits a question that asks several things into questions that can each be understood alone.

"Who signed it, and when did it take effect?" asks two things, and one sentence seldom answers both.
An "and" inside one question ("the war between Armenia and Azerbaijan") does not split it. If a
question is long, only what it asks at the end is read, and the names before that are used in the
search.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.frames import NAMES_A_THING, put_first
from rag.question.kinds import is_clause_of_when, named_in, years_in
from rag.text.terms import question_terms

_WH = r"(?:in |on |at |to |for |from |by |of )?(?:who|whom|whose|when|where|why|how|what|which)\b"
_AND = r"\s*[,;?]?\s+and\s+"
# "And was it paid?" has a subject after the verb; "and was the first" goes on with the same one.
_PRONOUN = r"(?:he|she|it|they|there|anyone|anybody|(?-i:[A-Z]\w+))"
_BE_OR_HAVE, _OTHER_VERBS = "is|are|was|were|has|have|had|do", "does|did|will|would|can|could"
_VERB_FIRST = (
    rf"(?:(?:{_BE_OR_HAVE})\s+{_PRONOUN}"
    rf"|(?:{_OTHER_VERBS})\s+(?:{_PRONOUN}|the|an?|this|that|his|her|its|their|any))\b"
)
_JOIN = re.compile(rf"{_AND}(?:if\s+so,?\s+)?(?={_WH}|{_VERB_FIRST})", re.IGNORECASE)
# "..., and whether it was paid".
_WHETHER = re.compile(rf"{_AND}(?:whether(?:\s+or\s+not)?|if)\s+(?P<stated>.+)$", re.IGNORECASE)
# "What was the date of the vote and the name of the winner?"
_TWO_THINGS = re.compile(
    r"^(?P<asks>what\s+(?:was|were|is|are)\s+)(?P<one>the\s.+?\sof\s.+?)\s+and\s+(?P<other>the\s.+?\sof\s.+)$",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b{_WH}", re.IGNORECASE)
_OPENS_WITH_VERB = re.compile(rf"(?:{_BE_OR_HAVE}|{_OTHER_VERBS})\s", re.IGNORECASE)
# Two question words that share the rest: "When and where was it signed?"
_TWO_WORDS = re.compile(
    rf"^(?P<one>{_WH})\s*,?\s+and\s+(?P<other>{_WH})(?P<rest>\s+\w.*)$", re.IGNORECASE | re.DOTALL
)
_MOST_PARTS = 3
_SHORTEST_PART_WORDS = 2
# "Why?", "for how long?": a later part of so many words has no verb of its own.
_LONGEST_FRAGMENT_WORDS = 3
# A question of this many words describes the matter first, and those words would drown out what
# it asks.
_LONG_WORDS = 22
_SHORTEST_CORE_WORDS = 5
_IN_WORDS = r"\b(?:to know|find out|tell me|i need|looking for|wondering|to learn)\s+"
_LEADS_UP = re.compile(rf"[,;.:?]\s+(?:and\s+)?(?={_WH})|{_IN_WORDS}", re.IGNORECASE)
# Without a question mark only these words say that something is asked.
_ASKS_IN_WORDS = re.compile(_IN_WORDS, re.IGNORECASE)
_WH_ALONE = frozenset("when where why how who".split())
_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
# The English words that stand for something said before. They are a closed class.
_POINTING = re.compile(
    r"\b(?:(?P<person>he|she|they|him|her|them|his|hers|theirs?)"
    r"|it|its|this|these|those|there|then|ones?)\b",
    re.IGNORECASE,
)
# More words than this before the question word of a long question describe the matter. They are
# not a question of their own.
_LONGEST_LEAD_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """A question to answer, with what it takes from the other parts.

    `carried` are words of other parts with which it is read and searched. `context` are words with
    which it is only searched.
    """

    question: str
    carried: tuple[str, ...] = ()
    context: str = ""


def split_question(question: str) -> tuple[QuestionPart, ...]:
    """Return the parts of a question, in order; only the question itself if it asks one thing."""
    text = question.strip()
    if both := _TWO_WORDS.match(text):
        return tuple(
            QuestionPart(question=_ended(both[word] + both["rest"])) for word in ("one", "other")
        )
    if core := _core(text):
        return (QuestionPart(question=_ended(core), context=named_in(text[: -len(core)])),)
    parts = _joined(text)
    if not 1 < len(parts) <= _MOST_PARTS or not all(_is_question(part) for part in parts):
        return (QuestionPart(question=question),)
    asked = [QuestionPart(question=_ended(parts[0]))]
    for part in parts[1:]:
        asked.append(_later_part(_ended(part), asked))
    return tuple(asked)


def _joined(text: str) -> list[str]:
    """Return what may be the parts of a question, in order."""
    things = _TWO_THINGS.match(text)
    if things and all(NAMES_A_THING.match(things[part]) for part in ("one", "other")):
        return [f"{things['asks']}{things[part]}" for part in ("one", "other")]
    *first, last = _JOIN.split(text)
    whether = _WHETHER.search(last)
    stated = put_first(whether["stated"]) if whether else ""
    if whether and stated:
        return [*first, last[: whether.start()], stated]
    return [*first, last]


def _later_part(question: str, before: Sequence[QuestionPart]) -> QuestionPart:
    """Return a part with the words that it needs from those before it."""
    carried: tuple[str, ...] = ()
    if _points_back(question) or len(question.split()) <= _LONGEST_FRAGMENT_WORDS:
        carried = _words_of(before[-1].question, beside=question)
    is_named = bool(named_in(question) or carried)
    # It is about what the first part is about, and must be searched with that.
    context = "" if is_named else " ".join(_words_of(before[0].question, beside=question))
    return QuestionPart(question=question, carried=carried, context=context)


def _points_back(question: str) -> bool:
    """Say whether a part has a word that stands for something said before it.

    A person may be named in the part itself: "did Putin say that he would go?".
    """
    later = list(_WORD.finditer(question))[1:]
    named = next((word.start() for word in later if word[0][0].isupper()), len(question))
    return any(
        not found["person"] or found.start() < named for found in _POINTING.finditer(question)
    )


def _words_of(part: str, *, beside: str) -> tuple[str, ...]:
    """Return the words of a part that another does not have; adjacent ones are one phrase."""
    own, names_year = set(question_terms(beside).indices), bool(years_in(beside))
    phrases: list[str] = []
    end = -1
    for word in _WORD.finditer(part):
        terms = set(question_terms(word[0]).indices)
        if not terms or terms & own or (names_year and years_in(word[0])):
            continue
        if phrases and part[end : word.start()] == " ":
            phrases[-1] += f" {word[0]}"
        else:
            phrases.append(word[0])
        end = word.end()
    return tuple(phrases)


def _core(text: str) -> str:
    """Return what a long question asks at the end, without what leads up to it; empty if short."""
    # What opens with a question word asks at once, and what follows belongs to it: "Who signed the
    # deal that ended the war, which had begun in September?"
    if len(text.split()) < _LONG_WORDS or _ASKS.match(text):
        return ""
    leads = _LEADS_UP if text.endswith("?") else _ASKS_IN_WORDS
    starts = [found.end() for found in leads.finditer(text)]
    cores = (text[start:] for start in reversed(starts))
    return next((core for core in cores if len(core.split()) >= _SHORTEST_CORE_WORDS), "")


def _is_question(part: str) -> bool:
    found = _ASKS.search(part)
    lead = len(part[: found.start()].split()) if found else 0
    long_enough = len(part.split()) >= _SHORTEST_PART_WORDS or part.strip("?").lower() in _WH_ALONE
    asks = found is not None and lead <= _LONGEST_LEAD_WORDS and not is_clause_of_when(part)
    return (asks or _OPENS_WITH_VERB.match(part) is not None) and long_enough


def _ended(part: str) -> str:
    part = part.strip().rstrip(",;.?! ")
    return part[:1].upper() + part[1:] + "?"
