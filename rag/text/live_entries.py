"""Finds the entries of a live blog in its text: where each begins, at what time, and on which day.

An entry begins with a time of day, on a line of its own or before its words (`entry_heads`). Most
other lists of times are no live blogs: timetables, programmes, results and transcripts. The text
and its headline alone decide, so that every stop of the line finds the same entries.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from rag.text.entry_heads import (
    EntryHead,
    NamedDay,
    entry_heads,
    names_a_day,
    read_named_day,
)
from rag.text.sentences import Span
from rag.text.verbs import has_past_verb

_FEWEST = 3
_HALF_DAY = 12 * 60
# An entry that is against the order by so many minutes is of another day. By fewer, it was put out
# of place, and there may be few of these.
_MIDNIGHT = 3 * 60
_MOST_OUT_OF_PLACE = 0.2
# An entry has a sentence of so many words, and most entries report something. This and the words
# below were chosen on the 138 lists of times among 19,450 articles of three American outlets. Of
# the 94 that are taken for live blogs, 20 drawn at random were read, and all are some.
_LEAST_WORDS, _MOST = 6, 0.6
# What a live blog is called.
_LIVE = re.compile(
    r"\blive(?:[ -]?blog|:|\s+(?:updates?|coverage|news|report))|^live\b|\blive$|\bupdates?\b"
    r"|\bthe latest\b|\blatest (?:news|updates?)\b|\bas it happened\b|\brecap\b"
    r"|\bminute[ -]by[ -]minute\b",
    re.IGNORECASE,
)
# What other lists of times are called.
_OTHER_LIST = re.compile(
    r"\b(?:timeline|chronology|transcript|years? (?:later|ago|on|since)|how .+ unfolded"
    r"|schedules?|programme|listings?|itinerary|line-?up|fixtures|calendar|best bets"
    r"|how to watch)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*(?:\s|$)")
_REPORTS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|says?|said|confirms?|remains?)\b|[’'](?:s|re|ve)\b", re.I
)
_AHEAD = re.compile(r"\bwill\b|[’']ll\b|\b(?:tickets?|admission|registration)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntry:
    """An entry of a live blog, from `start` to `end` in characters of the text.

    `clock` is the place of its time, and its words begin at `body`. `minute` is that time, in
    minutes after midnight. `midnights` are those that the order of the times implies since the
    earliest entry. `day` is the place of words that name its day, on its line or in the heading
    above it; entries below them without such words follow that day. With `is_sure` its time is one
    of the whole day, and not perhaps of the other half: "8:07".
    """

    start: int
    end: int
    clock: Span
    body: int
    minute: int
    midnights: int
    day: Span | None = None
    is_sure: bool = True

    @property
    def head(self) -> Span:
        """The place of its time, with that of the day if this stands beside it or right above."""
        if self.day is None or self.day.start < self.start:
            return self.clock
        return Span(min(self.day.start, self.clock.start), max(self.day.end, self.clock.end))

    @property
    def time_of_day(self) -> str:
        """Its time as "16:05", or as "8:07" if that may be in the evening."""
        return f"{self.minute // 60:{'02d' if self.is_sure else 'd'}}:{self.minute % 60:02d}"


@lru_cache(maxsize=512)
def find_live_entries(text: str, title: str = "") -> tuple[LiveEntry, ...]:
    """Return the entries of a live blog in the order of its text; none if it is none."""
    heads = list(entry_heads(text))
    if len(heads) < _FEWEST:
        return ()
    minutes = _minutes(heads)
    moves = [after - before for before, after in pairwise(minutes)]
    is_newest_first = _is_newest_first(moves)
    against = [move if is_newest_first else -move for move in moves]
    starts = [_start(head, text) for head in heads]
    spans = [Span(*pair) for pair in pairwise([*starts, len(text)])]
    bodies = [text[head.body : span.end] for head, span in zip(heads, spans, strict=True)]
    days = [read_named_day(text[place.start : place.end]) for place in _days_named(heads)]
    if (
        len(set(minutes)) < _FEWEST
        or sum(0 < move < _MIDNIGHT for move in against) > _MOST_OUT_OF_PLACE * len(moves)
        or not _are_in_order(days, is_newest_first=is_newest_first)
        or sum(map(_tells, bodies)) < _MOST * len(bodies)
        or not (is_newest_first or _is_live(text, title, bodies, until=starts[0], days=days))
    ):
        return ()
    # Without "p.m." or an hour past twelve, ten minutes to one may be before or after one.
    is_sure = any(head.names_half for head in heads)
    passed = accumulate((is_sure and move >= _MIDNIGHT for move in against), initial=0)
    counts = list(passed)
    return tuple(
        LiveEntry(
            start=span.start,
            end=span.end,
            clock=head.clock,
            body=head.body,
            minute=minute,
            midnights=counts[-1] - count if is_newest_first else count,
            day=head.day or head.day_line,
            is_sure=is_sure,
        )
        for head, span, minute, count in zip(heads, spans, minutes, counts, strict=True)
    )


def is_called_live(title: str) -> bool:
    """Say whether a headline calls its article a live blog: "Flood: live updates"."""
    return _LIVE.search(title) is not None


def live_entry_at(text: str, title: str, place: int) -> LiveEntry | None:
    """Return the entry of a live blog in which a place of its text is; None if it is in none."""
    entries = find_live_entries(text, title)
    return next((entry for entry in entries if entry.start <= place < entry.end), None)


def _start(head: EntryHead, text: str) -> int:
    """Return where an entry starts: with its line, or with the day on the line before it."""
    if head.day_line is None or text[head.day_line.end : head.start].strip("\n\t :*_-–—"):
        return head.start
    return text.rfind("\n", 0, head.day_line.start) + 1


def _minutes(heads: Sequence[EntryHead]) -> list[int]:
    """Return the times of entries in minutes after midnight.

    Among "4.05pm" and the like, a time that does not say its half of the day is of the one that is
    nearer to the entry beside it.
    """
    minutes = [head.hour * 60 + head.minute + _HALF_DAY * (head.half == "p") for head in heads]
    first = next((place for place, head in enumerate(heads) if head.half), None)
    if first is None:
        return minutes
    behind = [(place, place - 1) for place in range(first + 1, len(heads))]
    before = [(place, place + 1) for place in reversed(range(first))]
    for place, beside in behind + before:
        if not heads[place].names_half:
            halves = (minutes[place] % _HALF_DAY, minutes[place] % _HALF_DAY + _HALF_DAY)
            near = minutes[beside]
            minutes[place] = min(halves, key=lambda minute: abs(minute - near))
    return minutes


def _is_newest_first(moves: Sequence[int]) -> bool:
    """Say whether times mostly go back from one entry to the next, the shorter way round a day."""
    short = [(move + _HALF_DAY) % (2 * _HALF_DAY) - _HALF_DAY for move in moves]
    back, on = sum(move < 0 for move in short), sum(move > 0 for move in short)
    return back > 0 and back >= _MOST * (back + on)


def _days_named(heads: Sequence[EntryHead]) -> list[Span]:
    return [place for head in heads if (place := head.day or head.day_line) is not None]


def _are_in_order(days: Sequence[NamedDay], *, is_newest_first: bool) -> bool:
    """Say whether the days of months that entries name go the way in which their times go."""
    named = [(day.year, day.month, day.day) for day in days if day.month]
    steps = [(before, after) for before, after in pairwise(named) if before != after]
    back = sum(after < before for before, after in steps)
    return 2 * back >= len(steps) if is_newest_first else 2 * back <= len(steps)


def _is_live(
    text: str, title: str, bodies: Sequence[str], *, until: int, days: Sequence[NamedDay]
) -> bool:
    """Say whether entries that stand oldest first, as in all lists, are those of a live blog.

    It is called live, or its entries report something. Those of a chronology do so too: it is told
    by its name, or by a day before its first entry, unless the entries name theirs.
    """
    if is_called_live(title):
        return True
    reporting = sum(map(_reports, bodies)) >= _MOST * len(bodies)
    if _OTHER_LIST.search(title) or not reporting:
        return False
    lead = text[:until]
    return bool(days) or _LIVE.search(lead) is not None or not names_a_day(lead)


def _tells(body: str) -> bool:
    """Say whether the words of an entry have a sentence."""
    ended = (part for line in body.split("\n") for part in _SENTENCE_END.split(line)[:-1])
    return any(len(part.split()) >= _LEAST_WORDS for part in ended)


def _reports(body: str) -> bool:
    """Say whether the words of an entry tell what is or was so, and not what is planned."""
    first = body.strip().partition("\n")[0]
    return not _AHEAD.search(first) and (_REPORTS.search(first) is not None or has_past_verb(first))
