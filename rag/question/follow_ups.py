"""A question + the turns before it -> a question that stands alone, and what was carried into it.

Rules, no language model (`rag.question.dialogue`). A question with names of its own and no word
that points back is a new topic: nothing is carried into it. Else

- a fragment takes the place of the like part of the question before: "and Labour?", "why?";
- he, it, they, there, then and "the deal" give way to what they mean;
- a question that lacks what it is about gets that at its end: "How many died in the blast?";
- a time that an earlier question named stays, unless this one names its own or asks for the
  present, or asks when and the time is less than a year: the answer may lie outside of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.dialogue.background import Background, Earlier, Exchange, read_exchange
from rag.question.dialogue.fragments import is_fragment, put_in
from rag.question.dialogue.parser import read_question
from rag.question.dialogue.parts import Phrase, QuestionParts, time_of_question
from rag.question.dialogue.question_words import ask_with, question_words
from rag.question.dialogue.references import find_references, resolve, resolve_fragment
from rag.question.dialogue.words import (
    LIGHT,
    OF_SOMETHING,
    OFFICES,
    ON_THE_SPOT,
    PRESENT,
    REACTING,
    STATES,
    TRANSITIVE,
    base_verb,
)

__all__ = ["Earlier", "Exchange", "FollowUp", "points_back", "read_exchange", "stand_alone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question as it was understood, and the words that were carried into it, to be shown."""

    question: str
    carried: tuple[str, ...] = ()
    changed: bool = False


# What is longer, in characters, is a text and no follow-up.
_LONGEST = 500
_OPENING = re.compile(
    r"(?P<led>(?:(?:and|but|so|ok|okay|also|well|then|now|yes|no|thanks|right)\b[\s,]*)*)"
    r"(?P<about>(?:what|how) about\s+)?",
    re.IGNORECASE,
)


def stand_alone(question: str, history: Sequence[Earlier]) -> FollowUp:
    """Return a question so that it can be asked without the turns before it, oldest first."""
    opening = _OPENING.match(question.strip())
    is_short = 0 < len(question.strip()) <= _LONGEST
    background = Background(history) if is_short else None
    if not background or opening is None:
        return FollowUp(question=question)
    rest = question.strip()[opening.end() :].rstrip("?!. ")
    if words := question_words(rest, background):
        return _from_last(ask_with(words, background), question, background)
    if ordered := _asked_in_order(rest, background):
        return _follow_up(ordered, question, (ordered,))
    is_led = opening.group() != ""
    if (is_led or question.strip().endswith("?")) and is_fragment(rest, is_led=is_led):
        fragment = resolve_fragment(rest, background)
        new = put_in(fragment, background.last, persons=background.persons())
        return _from_last(new, question, background)
    return _completed(question, question.strip()[opening.end("led") :], background)


def points_back(question: str) -> bool:
    """Say whether a question may need the turns before it: no name, or a word that points back."""
    parts = read_question(question)
    opening = _OPENING.match(question.strip())
    is_led = opening is not None and opening.group() != ""
    return is_led or not _has_name(parts) or next(find_references(parts), None) is not None


def _follow_up(new: str, question: str, carried: Sequence[str]) -> FollowUp:
    if new in ("", question):
        return FollowUp(question=question)
    return FollowUp(question=new, carried=tuple(dict.fromkeys(carried)), changed=True)


def _from_last(new: str, question: str, background: Background) -> FollowUp:
    """Return a follow-up that the newest question was made into."""
    return _follow_up(new, question, (background.last.text,))


def _completed(original: str, question: str, background: Background) -> FollowUp:
    """Return a whole question with what it points to, what it lacks, and its time."""
    parts = read_question(question[:1].upper() + question[1:])
    new, carried = resolve(parts, background)
    if not carried and parts.names:
        return FollowUp(question=original)
    if not carried:
        found = _filled(parts, background)
        if found is None:
            return FollowUp(question=original)
        new, filled = found
        carried = [filled]
    elif not _has_name(read_question(new)):
        new, topic = _anchored(read_question(new), background)
        carried += topic
    new, time = _timed(read_question(new), background)
    return _follow_up(new, original, (*carried, *time))


def _has_name(parts: QuestionParts) -> bool:
    """Say whether a question names something; a capital at its start may be no name."""
    return any(parts.text[: name.start].strip() for name in parts.names)


_ORDER = r"first|second|third|fourth|fifth|sixth|seventh|last|latest|next|previous"
_ORDERED = re.compile(rf"\bthe (?:{_ORDER})\b", re.IGNORECASE)
_ONLY_ORDERED = re.compile(
    rf"(?:who|what|which|when|where) (?:is|was|were|are) (?P<order>the (?:{_ORDER}))(?: ones?)?",
    re.IGNORECASE,
)


def _asked_in_order(text: str, background: Background) -> str:
    """Return the question that asked for the first, asking for the second; empty if none did."""
    found = _ONLY_ORDERED.fullmatch(text)
    earlier = background.question_with(_ORDERED) if found else ""
    return _ORDERED.sub(found["order"], earlier, count=1) if found and earlier else ""


# -- what a question lacks ------------------------------------------------------------------------


def _filled(parts: QuestionParts, background: Background) -> tuple[str, str] | None:
    """Return a question without names with what it is about; None if it stands by itself."""
    small = STATES | LIGHT
    own = [p for p in parts.phrases if p.role != "asked" and p.head not in small]
    known = [p for p in own if _is_known(p) and p.depth == 0 and parts.bare_end(p) == p.end]
    for phrase in known:
        full = background.named(phrase.head)
        if len(full) > len(phrase.text):
            return parts.text[: phrase.start] + full + parts.text[phrase.end :], full
    if not (_is_bare(parts, own) or any(_is_of_topic(phrase, background) for phrase in known)):
        return None
    verb, thing = base_verb(parts.said(parts.verb)), background.thing()
    has_object = any(p.role == "object" for p in parts.phrases) or parts.inverted
    is_phrasal = _PARTICLE.match(parts.text[parts.verb[1] :]) is not None
    if verb in TRANSITIVE and not is_phrasal and not has_object and not parts.auxiliary and thing:
        return f"{parts.text[: parts.verb[1]]} {thing}{parts.text[parts.verb[1] :]}", thing
    place = background.place() if any(p.head in OFFICES for p in known) else ""
    context = f"in {place}" if place else background.context(verb)
    return (_appended(parts.text, context), context) if context else None


_PARTICLE = re.compile(r"\s+(?:out|up|off|down|over|back|away)\b", re.IGNORECASE)


def _is_bare(parts: QuestionParts, own: Sequence[Phrase]) -> bool:
    """Say whether a question has nothing that it is about: "How many died?", "Did he agree?"."""
    is_question = bool(parts.asked[1] or parts.auxiliary)
    reacts = base_verb(parts.said(parts.verb)) in REACTING
    points = next(find_references(parts), None) is not None
    return is_question and (not own or reacts or points)


def _is_known(phrase: Phrase) -> bool:
    """Say whether a noun phrase means something that is known: "the terms", "police"."""
    return phrase.text.lower().startswith(("the ", "both ", "any ")) or phrase.text in ON_THE_SPOT


def _is_of_topic(phrase: Phrase, background: Background) -> bool:
    """Say whether a definite noun is known from the turns, or is always of something."""
    is_of = phrase.head in OF_SOMETHING or " other " in phrase.text
    return is_of or background.mentions(phrase.head)


def _anchored(parts: QuestionParts, background: Background) -> tuple[str, list[str]]:
    """Return a question that names nothing with the topic that it is about."""
    context = background.context(base_verb(parts.said(parts.verb)))
    heads = {phrase.head for phrase in read_question(f"Who is {context}?").phrases}
    if not context or heads & {phrase.head for phrase in parts.phrases}:
        return parts.text, []
    return _appended(parts.text, context), [context]


_BLAMED = re.compile(r"\b(?:responsible|blamed?)\W*$", re.IGNORECASE)
_TIE = re.compile(r"(?:in|under|at) (?=the\b)")


def _appended(question: str, words: str) -> str:
    words = _TIE.sub("for ", words, count=1) if _BLAMED.search(question) else words
    return f"{question.rstrip('?!. ')} {words}?"


_ASKS_TIME = re.compile(
    r"\b(?:when|how long|how often|what (?:day|date|year|month))\b", re.IGNORECASE
)


def _timed(parts: QuestionParts, background: Background) -> tuple[str, tuple[str, ...]]:
    """Return a question with the time of its topic, if it has none and may have one."""
    time = background.time()
    if not time or time_of_question(parts.text)[1] or parts.auxiliary in PRESENT:
        return parts.text, ()
    if _ASKS_TIME.search(parts.text) and background.time_is_narrow():
        return parts.text, ()
    return _appended(parts.text, time), (time,)
