"""Question words + the newest question -> that question asking for something else.

"Why?", "where exactly?", "to what level?", "how many children?", "when was that?".
"""

import re

from rag.question.dialogue.background import Background
from rag.question.dialogue.parts import QuestionParts
from rag.question.dialogue.phrases import definite
from rag.question.dialogue.words import (
    AUXILIARIES,
    MODALS,
    PREPOSITIONS,
    SAME_PARTICIPLE,
    WORD,
    base_verb,
    is_plural,
    is_verb,
    words_of,
)

_ASKING = re.compile(
    r"(?:(?:to|by|in|at|from|for|with|since|until|on|of|under) )?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:did|does|do|is|was|were|has|have|had|would|will)"
_THAT_HAPPENED = re.compile(
    rf"{_AUXILIARY} (?:that|this|it) (?:so|the case|happen|happened|take place|occur)"
    r"|(?:is|was) (?:that|this)|was it",
    re.IGNORECASE,
)
_DID_SO = re.compile(
    rf"{_AUXILIARY} (?:he|she|it|they) (?:do|done) (?:so|that|this|it)", re.IGNORECASE
)
_SAID_SO = re.compile(
    rf"{_AUXILIARY} (?:he|she|it|they) "
    r"(say|said|claim|announce|promise|admit|deny|propose) (?:so|that|this|it)",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"(?:is|was|isn't|wasn't) it (?:true|the case|right|likely|possible) that\s+", re.IGNORECASE
)
_MOST_OTHER_WORDS = 3


def question_words(text: str, background: Background) -> str:
    """Return the question words of a follow-up that says no more of its own; empty if it does."""
    found = _ASKING.match(text)
    if found is None:
        return ""
    rest, last = text[found.end() :].strip(), background.last
    if said := _SAID_SO.fullmatch(rest):
        is_same = last.inverted and base_verb(said[1]) == base_verb(last.said(last.verb))
        return found.group() if is_same else ""
    # "When did it happen?" asks it of the blast, "why did it happen?" of all that was asked.
    is_event = found.group().lower() in ("when", "where") and background.thing_happens()
    if _DID_SO.fullmatch(rest) or (not is_event and _THAT_HAPPENED.fullmatch(rest)):
        return found.group()
    words = list(words_of(rest))
    is_question = any(word in AUXILIARIES or is_verb(word) for word in words)
    return "" if is_question or len(words) > _MOST_OTHER_WORDS else text


def ask_with(words: str, background: Background) -> str:
    """Return the newest question with other question words; empty if they do not fit it."""
    last = background.last
    words = words[0].upper() + words[1:]
    opening, before = words.split()[0].lower(), last.said(last.asked).lower().split()[:1]
    is_who = before in (["who"], ["what"])
    is_thing = opening in ("who", "whom", "what", "which")
    if [opening] == before and (is_thing or opening == "how"):
        return words + last.text[last.asked[1] :]
    if not last.asked[1]:
        return f"{words} {_as_clause(last.text)}"
    if not last.verb[1] and is_who:
        # "Who is the mayor" says nothing that has a time or a reason.
        return ""
    if last.inverted:
        # Of "when did it take effect" nobody can be asked for with "who".
        return "" if is_thing else f"{words} {_with_object(last)}?"
    return f"{words} {_inverted(last, background)}".strip() + "?"


def _as_clause(question: str) -> str:
    """Return a yes-or-no question to follow a question word; of "is it true" what is true."""
    found = _TRUE.match(question)
    clause = question[found.end() :] if found else ""
    for word in WORD.finditer(clause):
        if word.group().lower() in AUXILIARIES:
            before, after = clause[: word.start()].strip(), clause[word.end() :].strip()
            return f"{word.group()} {before} {after}"
    return question[:1].lower() + question[1:]


def _with_object(last: QuestionParts) -> str:
    """Return what follows the asked words; what they asked for as an object stands in its place."""
    asked, body = last.said(last.asked), last.after(last.asked[1])
    if not last.verb[1] or asked.split()[0].lower() in PREPOSITIONS:
        return body
    head, rest = last.text[last.asked[1] : last.verb[1]].strip(), last.after(last.verb[1])
    if rest.split(" ")[0].lower() in AUXILIARIES:
        # "How many did he say had died": the words asked stand inside the clause.
        return f"{head} {asked[0].lower()}{asked[1:]} {rest}"
    has_object = any(phrase.role == "object" for phrase in last.phrases)
    if has_object or last.auxiliary not in MODALS:
        return body
    noun = next((phrase.text for phrase in last.phrases if phrase.role == "asked"), "")
    is_which = asked.lower().startswith("which")
    thing = f"the {noun}" if is_which else noun or _UNKNOWN.get(asked.lower(), "")
    return f"{head} {thing} {rest}".strip() if thing else body


_UNKNOWN = {"what": "something", "who": "someone", "whom": "someone"}


def _inverted(last: QuestionParts, background: Background) -> str:
    """Return a question for its subject as what follows another question word."""
    subject = _asked_subject(last, background)
    if base_verb(last.said(last.verb)) == "happen":
        subject = "this"
    verb, rest = last.said(last.verb), last.after(last.verb[1])
    if last.auxiliary:
        return f"{last.auxiliary} {subject or 'someone'} {verb} {rest}"
    objects = [p for p in last.phrases if p.role == "object" and p.depth == 0]
    is_participle = verb.endswith("ed") or base_verb(verb) in SAME_PARTICIPLE
    if objects and not subject and is_participle:
        thing = objects[0]
        be = "were" if is_plural(thing.head.split()[-1]) else "was"
        return f"{be} {definite(last, thing)} {verb} {last.after(thing.end)}".strip()
    return f"did {subject or 'someone'} {base_verb(verb)} {rest}"


def _asked_subject(last: QuestionParts, background: Background) -> str:
    """Return what stands for the asked subject in another question; empty if that is unknown."""
    noun = next((phrase.text for phrase in last.phrases if phrase.role == "asked"), "")
    if not noun:
        return background.answered_person()
    return noun if last.said(last.asked).lower().startswith("how") else f"the {noun}"
