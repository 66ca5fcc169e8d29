"""Finds the times of a sentence that date something else than what a question asks.

"Officials said on Tuesday that the bridge had been damaged" tells when they said so. "The vote was
put off until Friday, so the pact cannot take effect on Monday" tells on which day it does not. And
in the same sentence Friday is the day of the vote.
"""

import re
from collections.abc import Sequence
from functools import cache

from rag.dates.entry_days import told_on
from rag.dates.plainness import days_of, is_of_saying
from rag.evidence.reader import Evidence
from rag.question.asked import AskedPart
from rag.records import EventTime
from rag.text.clauses import RELATIVES, TIME_LINKS, main_clauses
from rag.text.sentences import Span
from rag.text.speech import speech_verbs
from rag.text.terms import counted_terms
from rag.text.verbs import is_past_form
from rag.text.words import words_of

# A question with one of these asks when something was said, besides those with a verb of speech.
_SPEECH = frozenset(
    "report reported reveal revealed confirm confirmed announcement statement speech interview"
    " letter message broadcast briefing conference news".split()
)
# "Police said on Tuesday.": nothing comes behind, so what they said stands before.
_NOTHING_BEHIND = re.compile(r"\s*(?:[.,;:!?)–—\"”'’]|$)")
_SPEAKER = re.compile(r",[\"”'’]?\s[^,]*$")
# What was so before it was said: "had been damaged". Another verb in the past may stand before.
_HAD = re.compile(r"\bhad\s+(?:(?:not|also|already|since|now|just|\w+ly)\s+){0,2}(?:been\s+)?")
_OTHER_VERBS = TIME_LINKS | RELATIVES | frozenset("is are was were has have will would".split())
# Such words tie what was so to the day on which it was said.
_SAME_DAY = re.compile(
    r"\b(?:that|this|the\s+same)\s+(?:day|morning|afternoon|evening|night|lunchtime)\b"
    r"|\b(?:hours?|minutes|moments)\s+(?:earlier|before|ago)\b|\bearlier\s+(?:in|on|that)\b"
    r"|\bovernight\b|\bjust\b",
    re.IGNORECASE,
)
# A longer time is mostly told in passing: "the school, built in 1953, was shut".
_LONGEST_DAYS = 31
_SINCE = re.compile(r"\b(?:since|until|till|before|than|by)\s+(?:the\s+)?$", re.IGNORECASE)
# A question about what is to come, which no day answers on which it does not happen.
_WILL = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:when|(?:on|in|by)?\s*(?:what|which)\s+\w+)\s+"
    r"(?:will|does|do|can|(?:is|are)\b[^?]*\s(?:to|due|going))\b(?![^?]*(?:\bnot\b|n['’]t\b))",
    re.IGNORECASE,
)
# What stands from here to a day does not happen on it: "cannot be signed on", "will not open".
# It may happen on the day behind "but", "until" and "before".
_WILL_NOT = re.compile(
    r"\b(?:cannot|(?:can|will|would|could|shall|should)\s+(?:now\s+|also\s+)?not(?!\s+only\b)"
    r"|(?:can|wo|would|could|should)n?['’]t|(?:will|would)\s+no\s+longer"
    r"|(?:is|are)\s+not\s+(?:now\s+)?(?:going\s+)?to)\s+"
    r"(?P<denied>(?:(?!\b(?:but|until|till|before|unless|if|because|after|instead|as|than|and"
    r"|or)\b)[^,;:.]){1,60}?)"
    r"(?:\s(?:on|in|at|by|for))?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "Put off its vote on the pact until": the day behind it is the day of the vote.
_PUT_OFF_UNTIL = re.compile(
    r"\b(?:put\s+off|postpone[sd]?|delay(?:s|ed)?|defer(?:s|red)?|(?:put|push(?:es|ed)?)\s+back)\s+"
    r"(?P<thing>[^,;]{1,60}?)\s(?:until|till|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What belongs to a noun stands behind one of these: "its vote on the pact".
_BELONGS = re.compile(r"\s(?:on|of|for|in|at|about|over|to|with|from|by)\s")


def days_of_asked(times: Sequence[EventTime], piece: Evidence, asked: AskedPart) -> list[EventTime]:
    """Return the times of a sentence that may date what is asked, and no saying or other event."""
    left = [
        time
        for time in times
        if not _is_denied(time, piece, asked) and not _dates_what_was_put_off(time, piece, asked)
    ]
    if not asked.words.isdisjoint(_reports()):
        return left
    for saying in left:
        reported = _reported(saying, piece)
        if reported is not None:
            return _beside_saying(saying, reported, left, piece, asked)
    return left


def _beside_saying(
    saying: EventTime,
    reported: Span,
    times: list[EventTime],
    piece: Evidence,
    asked: AskedPart,
) -> list[EventTime]:
    """Return the times that may date what is asked, where one is the day of a saying.

    News is mostly told on its day: "Orr resigned, the club said on Monday". So that day counts too,
    unless what was said has a day of its own, had happened before, or is to come.
    """
    article = piece.found.article
    said = article.text[reported.start : reported.end]
    rest = [time for time in times if time is not saying]
    if _WILL.match(asked.text):
        day = told_on(article, saying.start)
        return [t for t in rest if t.last is None or day is None or t.last >= day]
    if _SAME_DAY.search(said):
        return times
    if any(_is_day_in(reported, time, piece) for time in rest):
        return rest
    if _had_happened(said):
        return [time for time in rest if piece.marks(time.start, time.end)]
    return times


def _reported(time: EventTime, piece: Evidence) -> Span | None:
    """Return the part of a sentence that tells what was said, if a time is the day of a saying."""
    article, span = piece.found.article, piece.span
    clauses = main_clauses(article.text, span.start, span.end)
    clause = next((c for c in clauses if c[0] <= time.start and time.end <= c[1]), None)
    if clause is None or not is_of_saying(time, article, Span(*clause)):
        return None
    before = article.text[span.start : time.start]
    speaker = _SPEAKER.search(before)
    if speaker and _NOTHING_BEHIND.match(article.text, time.end, span.end):
        return Span(span.start, span.start + speaker.start())
    # "The army on Tuesday said that" has its verb behind the day.
    verbs = [w.end for w in words_of(article.text[time.end : span.end]) if w.text in _reports()]
    is_said_before = any(word.text in _reports() for word in words_of(before))
    return Span(time.end + (0 if is_said_before else next(iter(verbs), 0)), span.end)


@cache
def _reports() -> frozenset[str]:
    """Return the words that say that somebody says something."""
    return speech_verbs() | _SPEECH


def _is_day_in(reported: Span, time: EventTime, piece: Evidence) -> bool:
    """Say whether a time is a day or a month on which what was said may have happened."""
    text = piece.found.article.text
    is_inside = reported.start <= time.start and time.end <= reported.end
    is_limit = _SINCE.search(text[piece.span.start : time.start]) is not None
    return is_inside and not is_limit and 0 < days_of(time) <= _LONGEST_DAYS


def _had_happened(said: str) -> bool:
    """Say whether the first verb of what was said tells what was so before: "had been damaged"."""
    had = _HAD.search(said)
    if had is None:
        return False
    before = words_of(said[: had.start()])
    if any(is_past_form(w.text) or w.text.lower() in _OTHER_VERBS for w in before):
        return False
    behind = words_of(said[had.end() :])[:1]
    return any(is_past_form(word.text) for word in behind)


def _is_denied(time: EventTime, piece: Evidence, asked: AskedPart) -> bool:
    """Say whether a sentence denies that on a day happens what is asked as to come."""
    if not _WILL.match(asked.text):
        return False
    denied = _WILL_NOT.search(piece.found.article.text[piece.span.start : time.start])
    return denied is not None and not asked.terms.isdisjoint(counted_terms(denied["denied"]))


def _dates_what_was_put_off(time: EventTime, piece: Evidence, asked: AskedPart) -> bool:
    """Say whether a day is that of what was put off, and what is asked is told behind it.

    What is asked may be the same thing in other words, so it must be told behind the day.
    """
    text, end = piece.found.article.text, piece.span.end
    put_off = _PUT_OFF_UNTIL.search(text[piece.span.start : time.start])
    if put_off is None:
        return False
    wanted = asked.terms - asked.names
    thing = counted_terms(_BELONGS.split(put_off["thing"])[0])
    return wanted.isdisjoint(thing) and not wanted.isdisjoint(counted_terms(text[time.end : end]))
