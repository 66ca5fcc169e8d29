"""Finds the day of an event that a question counts from: "after the recount", "before he resigned".

The archive is asked when the event was. If it says so, and is not merely guessing, the question is
answered from what happened after that day, or before it, if that gives an answer.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from rag.evidence.values.older import is_before_a_change
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart, AskedQuestion, read_part, read_question
from rag.question.follow_ups import FollowUp
from rag.records import Answer, TimeWindow
from rag.text.calendar import day_in_words
from rag.text.opposites import is_told_in
from rag.text.verbs import has_past_verb
from rag.text.words import plain, stems_of, without_words, words_of

_PHRASE = re.compile(
    r"(?P<relation>(?P<after>after|since|following|in the (?:wake|aftermath) of)"
    r"|before|until|till|prior to|ahead of|in the run-up to)\s+(?P<event>.+)",
    re.IGNORECASE,
)
# The days of an event are known if it is told with so many, and not with a month.
_KNOWN = timedelta(days=7)
# "Since what year has it been shut?" asks for the time, and counts from none.
_ASKS = re.compile(r"(?:what|which|when|whose|how)\b", re.IGNORECASE)
# What is named: "the recount", "Storm Alder", "his arrest".
_NAMED = re.compile(r"(?:(?:the|his|her|its|their|an?)\s|[A-Z])", re.ASCII)
# "Has run it since 2016, went on Monday": the year is that in which something else began.
# "Since the recount ended on Tuesday" does tell the day of an event.
_BEHIND_SINCE = re.compile(
    r"\bsince\s+(?:(?:early|late|about|around|at|least|the|end|start|of|last)\s+)*$", re.IGNORECASE
)

AnswerPart = Callable[[AskedPart, AskedQuestion], Answer]


def limit_by_event(
    asked: AskedQuestion, embedder: Embedder, answer_part: AnswerPart
) -> AskedQuestion | None:
    """Return a question limited to the days after, or before, the event that it counts from.

    `answer_part` answers one part of a question. None is returned if the question counts from no
    event, names a time beside it, or if the archive does not say when the event was.
    """
    phrases = [p for text in asked.time.unresolved if (p := _PHRASE.fullmatch(text))]
    if len(phrases) != 1 or asked.where.window or asked.where.events:
        return None
    [phrase] = phrases
    # "What was the toll before it was lowered?" is answered by the report that lowers it.
    if is_before_a_change(phrase[0]):
        return None
    wanted = "" if _is_whoever_left(phrase["event"], asked) else _when_was(phrase["event"])
    # The days stand for the phrase then; a later report need not name the event.
    without = without_words(asked.understood, phrase[0])
    if not wanted or not words_of(without):
        return None
    # The rest of the question tells which recount is meant.
    told = answer_part(read_part(wanted, embedder, context=asked.understood), asked)
    if told.certainty in ("weak", "none") or told.when is None or told.when.first is None:
        return None
    cited = told.citations[0]
    before = cited.quote[: max(0, told.when.start - cited.start)]
    is_of_event = _tells_of(phrase["event"], f"{cited.title}\n{cited.quote}")
    if not is_of_event or _BEHIND_SINCE.search(before):
        return None
    first, last = told.when.first, told.when.last or told.when.first
    # Of an event in some month it is not known which days of that month came before or after it.
    is_known = last - first <= _KNOWN
    day = last if is_known == bool(phrase["after"]) else first
    window = TimeWindow(since=day) if phrase["after"] else TimeWindow(until=day)
    limit = "from" if phrase["after"] else "until"
    known = (
        f"“{phrase[0]}” was read as {limit} {day_in_words(day)}, the day in "
        f"“{cited.title or cited.article_id}”"
    )
    rest = tuple(text for text in asked.time.unresolved if text != phrase[0])
    time = replace(asked.time, unresolved=rest, read_as=known)
    where = replace(asked.where, events=window)
    limited = read_question(
        asked.text, embedder, time=time, where=where, follow_up=FollowUp(rewritten=without)
    )
    parts = limited.parts if phrase["after"] else tuple(map(_of_before, limited.parts))
    return replace(asked, time=time, where=where, parts=parts)


def _of_before(part: AskedPart) -> AskedPart:
    """Return a part that still asks for what was before: of "cut from 15% to 6%" the first."""
    return replace(part, words=part.words | {"before"})


def _when_was(event: str) -> str:
    """Return the question for the day of an event; empty for what is no event: "arresting him"."""
    if _ASKS.match(event):
        return ""
    if has_past_verb(event):
        return f"When was it that {event}?"
    return f"When was {event}?" if _NAMED.match(event) else ""


def _tells_of(event: str, text: str) -> bool:
    """Say whether a text has a word of an event, or an ally of one: "after the storm" a "storm"."""
    stems, told = stems_of(event), stems_of(text)
    return not stems or any(is_told_in(stem, told) for stem in stems)


def _is_whoever_left(event: str, asked: AskedQuestion) -> bool:
    """Say whether what a question counts from is a person: "Who was the chair before Orr?"."""
    words = tuple(plain(word.text) for word in words_of(event))
    return any(words == name for part in asked.parts for name in part.premises.gone)
