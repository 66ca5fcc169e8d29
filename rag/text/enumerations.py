"""Widens a part of a sentence that is one of several things to all of them.

A model that marks words may mark the first of what is listed: "a parliament" of "gets a parliament,
its own schools and a third of the taxes". That one alone is no answer to what it gets. Or it marks
the end of a list: "and Corran" of "at Haddle, Vell and Corran".
"""

import re

from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.verbs import has_past_verb, is_base

_DETERMINERS = "a an the its his her their our my your no some more two three four five".split()
# Between two of these with no preposition, another thing begins: "the school a piano".
_TWO_THINGS = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bto)(?<!\bwith)(?<!\bfrom)(?<!\bon)(?<!\bat)(?<!\bby)"
    r"(?<!\bas)(?<!\bover)(?<!\bunder)(?<!\binto)(?<!\bnear)(?<!\babout)(?<!\bbetween)"
    r"\s(?:an?|the|its|his|her|their|our|my|your)\s",
    re.IGNORECASE,
)
# These belong to a clause of its own: "and the state says no".
_CLAUSE = re.compile(
    r"\b(?:is|are|am|has|have|will|would|can|could|may|might|shall|must|do|does|says?|wants?|needs?"
    r"|goes|comes?)\b",
    re.IGNORECASE,
)
# "A painted coach": a participle after an article tells what a thing is like.
_PARTICIPLE = re.compile(r"\b(?:an?|the|its|his|her|their)\s\w+ed\b", re.IGNORECASE)
_BEGINS = re.compile(rf"{any_of(_DETERMINERS)}\s", re.IGNORECASE)
_BEGINS_LATER = re.compile(rf"(?:{any_of(_DETERMINERS)}|\d[\d.,]*)\s", re.IGNORECASE)
# "She was told to pay a fine and stay away": the verbs after the first have no "to".
_BEFORE_VERB = re.compile(r"\b(?:to|must|will|would|should|shall|can|could|may|might)\s$")
_QUOTE = re.compile('[“”"]')
_FIRST_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
# The things after the first: ", its own schools and a third of the taxes".
_OTHERS = re.compile(
    r"(?P<between>(?:,\s(?:[^,;:.()“”\"—–]|[,.](?=\d))+?)*),?\sand\s"
    r"(?P<last>(?:[^,;:.()“”\"—–]|[,.](?=\d))+?)"
    r"(?=[,;:.!?](?:\s|$)|$)"
)

_WORD = r"[A-Z](?:[\w'’-]|\.(?=\s[A-Z]))*"
_NAME = rf"{_WORD}(?:\s(?:(?:of|the|de|van|von)\s){{0,2}}{_WORD})*"
_NAMES = re.compile(rf"\b{_NAME}(?:,\s{_NAME})*,?\s(?:and|or)\s{_NAME}")
# "In Harlow, Kim Orr and Lee Vance": what opens the sentence is none of the names.
_FRONTED = re.compile(
    r"(?:In|On|At|After|Before|From|With|For|Near|Under|By|To|Of|Like|Unlike|Since|Until)\s[^,]*,\s"
)
_JOINED_BY = re.compile(r",|\b(?:and|or)\b")
_JOINED_BEFORE = re.compile(r"(?:[,;]\s*)?(?:(?:and|or)\s+)?")


def whole_enumeration(text: str, span: Span, within: Span) -> Span:
    """Return `span` with all things of its list, if it is the first or the end of one.

    All are in characters of `text`, and `within` is the sentence. All things of a list begin alike:
    with an article or the like, or with a verb after "to" or "will". What has a verb in it besides
    may be two clauses, and what has two things side by side two receivers; they are left alone.
    """
    if names := _names_around(text, span, within):
        return names
    joined = _JOINED_BEFORE.match(text, span.start, span.end)
    if joined and joined.end() < span.end:
        span = Span(joined.end(), span.end)
    others = _OTHERS.match(text, span.end, within.end)
    if others is None or _QUOTE.search(text, span.start, span.end) or _is_clause(others[0]):
        return span
    things = [*others["between"].split(", ")[1:], others["last"]]
    if _are_nouns(text[span.start : span.end], things) or (
        _BEFORE_VERB.search(text, within.start, span.start)
        and all(map(_begins_with_verb, [text[span.start : span.end], *things]))
    ):
        return Span(span.start, others.end())
    return span


def _names_around(text: str, span: Span, within: Span) -> Span | None:
    """Return the list of names of which a part with a comma or an "and" is marked."""
    if not _JOINED_BY.search(text, span.start, span.end):
        return None
    for names in _NAMES.finditer(text, within.start, within.end):
        if names.start() <= span.start and span.end <= names.end():
            opens = _FRONTED.match(names[0]) if names.start() == within.start else None
            start = names.start() + (opens.end() if opens else 0)
            return Span(min(start, span.start), names.end())
    return None


def _is_clause(others: str) -> bool:
    return has_past_verb(_PARTICIPLE.sub("", others)) or _CLAUSE.search(others) is not None


def _are_nouns(first: str, others: list[str]) -> bool:
    """Say whether all begin with an article or the like, and none has two things side by side."""
    alike = _BEGINS.match(first) is not None and all(map(_BEGINS_LATER.match, others))
    return alike and not any(map(_TWO_THINGS.search, others))


def _begins_with_verb(thing: str) -> bool:
    word = _FIRST_WORD.match(thing)
    return word is not None and is_base(word[0])
