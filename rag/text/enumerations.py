"""Widens a part of a sentence that is the first of several things to all of them.

A model that marks words may mark the first of what is listed: "a parliament" of "gets a parliament,
its own schools and a third of the taxes". That one alone is no answer to what it gets.
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


def whole_enumeration(text: str, span: Span, within: Span) -> Span:
    """Return `span` with the things that are listed after it, if it is the first of a list.

    All are in characters of `text`, and `within` is the sentence. All things of a list begin alike:
    with an article or the like, or with a verb after "to" or "will". What has a verb in it besides
    may be two clauses, and what has two things side by side two receivers; they are left alone.
    """
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


def _is_clause(others: str) -> bool:
    return has_past_verb(_PARTICIPLE.sub("", others)) or _CLAUSE.search(others) is not None


def _are_nouns(first: str, others: list[str]) -> bool:
    """Say whether all begin with an article or the like, and none has two things side by side."""
    alike = _BEGINS.match(first) is not None and all(map(_BEGINS_LATER.match, others))
    return alike and not any(map(_TWO_THINGS.search, others))


def _begins_with_verb(thing: str) -> bool:
    word = _FIRST_WORD.match(thing)
    return word is not None and is_base(word[0])
