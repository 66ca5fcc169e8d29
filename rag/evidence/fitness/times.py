"""Finds that a sentence tells only as ahead what the question asks as past.

A question about what happened is not answered by the day for which an opening was planned.
"""

import re
from datetime import timedelta

from rag.dates.event_times import may_date
from rag.evidence.fitness.records import Candidate, Misfit
from rag.records import EventTime
from rag.text.verbs import base_form, is_past_form, is_s_form
from rag.text.words import Word, words_of

# The words that put the verb after them into the future; "May resigned" and "Will Orr" are names.
# What somebody could hear was heard.
_AHEAD = re.compile(
    r"\b(?:(?-i:will|may)|would|might|shall|won['’]t|(?:plans?|hopes?|intends?|expects?|aims?|wants?|planning|hoping|due|"
    r"expected|scheduled|set|going|likely|planned|poised|slated|is|are)\s+to)\s+"
    r"(?:(?:not|also|then|now|soon|finally|officially|\w+ly)\s+)*"
    r"(?:be\s+|have\s+to\s+|begin\s+|start\s+)?(?:\w+ly\s+)?([a-z][\w-]+)",
    re.IGNORECASE,
)
_NOT_AHEAD = re.compile(r"\b(?:not|never)\b|won['’]t\b", re.IGNORECASE)
# "Is expected to cost $41 million and to open in 2024": both are ahead.
_ALSO_AHEAD = re.compile(r"\band\s+to\s+([a-z][\w-]+)", re.IGNORECASE)
# "A plot by officers to kill him was foiled", "they tried to reopen it": it need not have happened.
_ONLY_TRIED = re.compile(
    r"\b(?:plots?|attempts?|bids?|efforts?|threats?|threaten(?:s|ed)|conspiracy|proposals?|offer(?:s|ed)?"
    r"|refus(?:al|es|ed)|fail(?:s|ed)|tried|tries|trying|attempted|plotted)\s+"
    r"(?:(?:by|from)\s+(?:[\w-]+\s+){1,4})?to\s+([a-z][\w-]+)",
    re.IGNORECASE,
)
# "The council voted by 7 to 5 on Monday to close it": the day is that of the vote. What a vote does
# by itself is done then: "voted on Monday to approve it".
_DONE_BY_VOTE = (
    r"(?:accept|adopt|approve|authori[sz]e|back|ban|censure|elect|endorse|expel|impeach|oppose|overturn"
    r"|pass|ratify|reject|repeal|suspend|support|strike)"
)
_ONLY_DECIDED = re.compile(
    r"\b(?:voted|decided|agreed|resolved|vowed|pledged|promised)\s+"
    r"(?:(?:to\s+\d+|(?!to\b)[\w’'-]+),?\s+){0,8}?to\s+(?:\w+ly\s+)?"
    rf"(?!{_DONE_BY_VOTE}\b)([a-z][\w-]+)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(said|told\s+\w+|added|wrote)\s+(?:(?:here|late|early)\s+)?"
    r"(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
_MONTH = timedelta(days=31)
# How far a day may be from the verb that plans it, in characters.
_NEAR_DAY = 40
# Such a question is answered by what was only tried.
_OF_TRYING = re.compile(
    r"\b(?:plot|attempt|bid|effort|threat|conspir|propos|offer|refus|fail|tr(?:y|ied)|declin|project"
    r"|want|plan|not|purpose|aim|why)|n['’]t\b",
    re.IGNORECASE,
)


def check_ahead(candidate: Candidate) -> Misfit | None:
    """Return the words that tell what is asked only as ahead, if it is asked as past."""
    verbs = candidate.premises.past_verbs
    if not verbs:
        return None
    if planned := _too_early(candidate) or _planned_day(candidate):
        return Misfit(kind="ahead", value=planned)
    # "They refused to" answers a question of yes or no, and so does "they would not".
    is_yes_no = candidate.asked.wanted.shape == "yes-no"
    of_trying = _OF_TRYING.search(candidate.asked.text) or is_yes_no
    ahead = _ahead_in(candidate.text, with_tries=not of_trying)
    if candidate.asked.kind == "when":
        ahead = {one.start(1): one for one in _ONLY_DECIDED.finditer(candidate.text)} | ahead
    told = None
    for word in words_of(candidate.text):
        if base_form(word.text) not in verbs:
            continue
        if word.start in ahead:
            if is_yes_no and _NOT_AHEAD.search(ahead[word.start][0]):
                return None
            told = ahead[word.start][0]
        elif is_past_form(word.text):
            return None
        elif _is_before_planned_day(word, candidate):
            told = word.text
    return Misfit(kind="ahead", value=told) if told else None


def _too_early(candidate: Candidate) -> str:
    """Return the asked days as the sentence has them, if they are after its publication.

    A year is left out, because it is often part of a name: "the 2026 final".
    """
    published, period = candidate.article.published, candidate.premises.period
    if published is None or period is None or published >= period[0]:
        return ""
    if period[1] - period[0] > _MONTH:
        return ""
    times = (t for t in candidate.times if t.first is not None and t.first <= period[1])
    inside = next((t for t in times if t.last is not None and t.last >= period[0]), None)
    return candidate.article.text[inside.start : inside.end] if inside else ""


def _planned_day(candidate: Candidate) -> str:
    """Return the day of a sentence, where one is asked for, if all are after its publication.

    Until when something was extended, or to which day it was put off, is told as a day ahead.
    """
    published = candidate.article.published
    is_limit = candidate.premises.is_of_limit
    if candidate.asked.kind != "when" or is_limit or published is None:
        return ""
    times = [
        time
        for time in candidate.times
        if time.first is not None and may_date(time) and not _dates_speech(time, candidate)
    ]
    if not times or any(t.first is None or t.first <= published for t in times):
        return ""
    return candidate.article.text[times[0].start : times[0].end]


def _dates_speech(time: EventTime, candidate: Candidate) -> bool:
    """Say whether a day is only the one on which somebody said so, which is not asked for."""
    said = _SAID.search(candidate.article.text[candidate.span.start : time.start])
    return said is not None and base_form(said[1].split()[0]) not in candidate.premises.past_verbs


def _is_before_planned_day(word: Word, candidate: Candidate) -> bool:
    """Say whether a verb in the present comes before a day ahead: "opens on 14 June"."""
    published, start = candidate.article.published, candidate.span.start + word.end
    # "Talks begin on 14 June" is left out, because so many base forms are nouns: "the increase".
    if published is None or word.is_capitalised or not is_s_form(word.text):
        return False
    return any(
        t.first is not None and t.first > published and 0 < t.start - start <= _NEAR_DAY
        for t in candidate.times
    )


def _ahead_in(sentence: str, *, with_tries: bool) -> dict[int, re.Match[str]]:
    """Return where verbs stand that tell what may never have happened, with what says so."""
    tried = _ONLY_TRIED.finditer(sentence) if with_tries else ()
    found = [*_AHEAD.finditer(sentence), *tried]
    first = min((match.end() for match in found), default=None)
    if first is not None:
        found += _ALSO_AHEAD.finditer(sentence, first)
    return {match.start(1): match for match in found}
