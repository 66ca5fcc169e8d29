"""Finds that a sentence tells who holds the office that is asked for, but elsewhere.

"Who is Ostland's foreign minister?" is not answered by "the foreign minister of Westland, Ada
Moll, was in Ostland".
"""

import re
from collections.abc import Iterator

from rag.evidence.fitness.offices import ASKED_HOLDER, ASKED_NEXT
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.known_names import has_name_word
from rag.text.names import TIME_WORDS
from rag.text.places import place_at
from rag.text.words import plain

_ONE_NAME = r"(?:[A-Z][\w.-]*\s+){0,3}[A-Z][\w-]*"
_NAME = rf"{_ONE_NAME}(?:\s+(?:of|for|and)\s+(?:the\s+)?{_ONE_NAME})*"
_OFFICE = r"[a-z][\w-]+(?:\s+[a-z][\w-]+){0,2}"
_WHEN = r"(?:now|today|in|at|on|since|when|after|before|during|until)\b"
_ASKED = (
    re.compile(
        rf"\s*(?P<name>{_NAME})['’]s?\s+(?:new\s+)?(?P<office>{_OFFICE}?)(?:\s+{_WHEN}|\W*$)"
    ),
    re.compile(
        rf"\s*(?:the\s+)?(?:new\s+)?(?P<office>{_OFFICE})\s+(?:of|for|in)\s+(?:the\s+)?"
        rf"(?P<name>{_NAME})(?:\s+{_WHEN}|\W*$)"
    ),
)
_OWNER_BEFORE = re.compile(rf"\b(?P<name>{_NAME})['’]s?\s+(?:new\s+)?$")
# "Head of the Senate antitrust panel" names no owner of its own.
_OWNER_BEHIND = re.compile(
    rf"\s+(?:of|for|in)\s+(?:the\s+)?(?P<name>{_NAME})\b(?!['’])(?!\s+(?!(?:and|or|who|is|was|has|had|will"
    r"|said|says|told|to|in|on|at|by|from|with|as|since|for)\b)[a-z])"
)


def check_complement(candidate: Candidate) -> Misfit | None:
    """Return where somebody holds an office, by all that a sentence says, if elsewhere is asked.

    Of the sentences that answer who holds an office, 62 to questions that say where, none is held.
    """
    question, text = candidate.asked.text, candidate.text
    opened = ASKED_HOLDER.match(question) or ASKED_NEXT.match(question)
    if opened is None or opened.groupdict().get("does"):
        return None
    asked = next(filter(None, (one.match(question, opened.end()) for one in _ASKED)), None)
    if asked is None:
        return None
    owners = list(_owners(asked["office"], text))
    if not owners or any(not owner or _may_be_one(owner, asked["name"]) for owner in owners):
        return None
    return Misfit(kind="holder", value=f"{asked['office']} of {owners[0]}")


def _owners(office: str, text: str) -> Iterator[str]:
    """Yield what an office in a sentence is of, each time that it is named; empty if not said."""
    for found in re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE):
        before = _OWNER_BEFORE.search(text[: found.start()])
        owner = before or _OWNER_BEHIND.match(text, found.end())
        is_time = owner and plain(owner["name"].split()[0]) in TIME_WORDS
        yield owner["name"] if owner and not is_time else ""


def _may_be_one(one: str, other: str) -> bool:
    """Say whether two names share a word or name one country."""
    words, others = ([plain(word) for word in name.split()] for name in (one, other))
    if any(has_name_word(other, w) for w in words) or any(has_name_word(one, w) for w in others):
        return True
    places = place_at(words, 0), place_at(others, 0)
    return None not in places and len({place.country for place in places if place}) == 1
