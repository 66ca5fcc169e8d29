"""Joins the days that a sentence gives together: the ends of a range, and days of one list.

"On strike from 3 to 5 May" is one span of three days. "Walked out on 10 May and 17 May" is two
days, and so is "ended on 1 June and sailings began again on 3 June". `dating` uses this.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rag.records import EventTime
from rag.text.clauses import REASONS, RELATIVES, TIME_LINKS
from rag.text.patterns import any_of
from rag.text.verbs import is_base, is_past_form
from rag.timex import find_ranges

# What is between two days of a list: "10 May and 17 May", "on Monday, and again on Tuesday".
_LISTED = re.compile(
    r"\s*(?:,|&|,?\s(?:and|as\s+well\s+as)\s)\s*(?:(?:again|also|then|later|on|in|the)\s+)*", re.I
)
# What comes before a second deed, and the words of its clause up to its day.
_NEXT_DEED = re.compile(r".*\b(?:and|but|while|whereas)\b(?P<deed>[^,;:]*)", re.I | re.S)
# The second day is then not told beside the first one, but in what hangs on it.
_HANGS_ON = re.compile(
    rf"\b(?:{any_of(RELATIVES | REASONS | TIME_LINKS)}"
    r"|that|what|when|whether|if|how|why|following)\b|[“”\"()]",
    re.I,
)
_AUXILIARIES = frozenset("is are has have will would can could must should shall".split())
_WORD = re.compile(r"[\w’'-]+")


def join_ranges(text: str, times: Sequence[EventTime]) -> list[EventTime]:
    """Return the times of a text with the two ends of each range as one time, in order."""
    joined = {
        found.begins.start: replace(
            found.begins,
            start=found.start,
            end=found.end,
            value=f"{found.begins.value}/{found.ends.value}",
            first=found.first,
            last=found.last,
        )
        for found in find_ranges(text, times)
    }
    ends = {time.end for time in joined.values()}
    return [
        joined.get(time.start, time)
        for time in times
        if time.start in joined or time.end not in ends
    ]


def told_beside(text: str, time: EventTime, times: Sequence[EventTime]) -> Iterator[EventTime]:
    """Yield the times of a clause that a list or a second deed gives beside one of them."""
    ordered = sorted(times, key=lambda one: one.start)
    place = ordered.index(time)
    for way in (ordered[place::-1], ordered[place:]):
        for one, other in pairwise(way):
            before, after = sorted((one, other), key=lambda end: end.start)
            if not _are_side_by_side(text[before.end : after.start]):
                break
            yield other


def _are_side_by_side(between: str) -> bool:
    """Say whether the words between two times only join them, or go on to another deed."""
    if _LISTED.fullmatch(between):
        return True
    deed = _NEXT_DEED.fullmatch(between)
    return deed is not None and not _HANGS_ON.search(between) and _tells_a_deed(deed["deed"])


def _tells_a_deed(text: str) -> bool:
    """Say whether words have a verb, and none that was only wanted: "agreed to vote"."""
    words = _WORD.findall(text)
    is_wanted = any(one == "to" and is_base(other) for one, other in pairwise(words))
    return not is_wanted and any(
        word in _AUXILIARIES or (word[0].islower() and is_past_form(word)) for word in words
    )
