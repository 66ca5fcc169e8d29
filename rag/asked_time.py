"""A question + an explicit now -> the days that it asks about, and whether it wants the present.

In the line of the product this stands between a question and its search. A filter fails closed, so
where the words leave doubt nothing is asked of it, and the expression is named as unresolved:

- An event whose day is unknown bounds nothing, nor does a year in its phrase or name: "after the
  election of 2020", "the 2020 Olympics", "the class of 2012", "Vision 2030". A preposition or a
  possessive does date: "in 2020", "the war in 2020", "yesterday's vote".
- "Around" a time takes half of its length more on each side, and at least three days; "early",
  "mid" and "late" are its thirds.
- "Since", "until", "by" and "as of" include the days that they name, "before" and "after" do not.
- Days without a year follow the question's tense: never wholly after now if it looks back, never
  wholly before now if it looks ahead.
- Of a range whose one end is an event the other end bounds: "from 2019 to the election".
- "Published", "reported", "wrote" and "articles from" a time filter the publication, unless they
  have an object, "wrote the constitution in 1787", or another verb stands nearer to the time.
- Several times are covered by one window, or cut one out: "since 2018 but before 2020". Where only
  some are times of publication, these are what is filtered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from rag.records import TimeWindow
from rag.timex import TimeExpression, find_ranges, find_times
from rag.verbs import with_base_forms

# How many characters around an expression are read: its clause, and linear work on long text.
_NEAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """The time that a question asks about.

    `window` are the days, None if it names none that are known, and `applies_to` whether they are
    the event's or the publication's. `wants_present` says that it asks for the state of now,
    `as_of` that only what was published by that day counts. `text` are the question's words for
    these, `unresolved` its expressions that ask nothing of the filter.
    """

    window: TimeWindow | None = None
    applies_to: Literal["event", "published"] = "event"
    wants_present: bool = False
    as_of: date | None = None
    text: str = ""
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A time expression or a range of two: its place in the question and the days it covers."""

    start: int
    end: int
    text: str
    first: date
    last: date
    # TIMEX3's modifier of a single expression, HOUR for a time of day.
    mod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a stretch asks of the filter, with the words around it that say so."""

    start: int
    end: int
    window: TimeWindow | None = None
    as_of: date | None = None
    is_published: bool = False


def read_asked_time(question: str, now: date) -> AskedTime:
    """Return what a question asks of time, `now` being the day that "today" means."""
    times = find_times(question, anchor=now)
    stretches = _in_tense(question, list(_stretches(question, times, now)), now)
    phrases = _event_phrases(question, stretches)
    inside = {place for phrase in phrases for place in range(*phrase)}
    stretches = [s for s in stretches if s.start not in inside and not _says_present(question, s)]
    asides = phrases + [(t.start, t.end) for t in times if t.start not in inside and _is_vague(t)]
    asides += [(s.start, s.end) for s in stretches if _is_aside(question, s)]
    asked = [_read(question, s, now) for s in stretches if not _is_aside(question, s)]
    is_published = any(reading.is_published for reading in asked)
    if is_published:
        asides += [(r.start, r.end) for r in asked if r.window and not r.is_published]
        asked = [r for r in asked if r.is_published or r.as_of]
    window = _merged(question, asked)
    if window is None:
        # Before one time or after another: no single window holds both.
        asides += [(r.start, r.end) for r in asked if r.window]
        asked = [r for r in asked if r.as_of]
    words = [(reading.start, reading.end) for reading in asked]
    is_over = window is not None and window.until is not None and window.until < now
    present = _present_words(question, [*asides, *words], is_over=is_over)
    words = words or present[:1]
    said = {place for span in present for place in range(*span)}
    return AskedTime(
        window=window,
        applies_to="published" if is_published else "event",
        wants_present=bool(present),
        as_of=next((reading.as_of for reading in asked if reading.as_of), None),
        text=question[words[0][0] : words[-1][1]] if words else "",
        unresolved=tuple(question[start:end] for start, end in sorted(asides) if start not in said),
    )


# -- the days that expressions name ---------------------------------------------------------------

_DAY_WORD = re.compile(
    r"day|morrow|(?<!mid)night|morn|afternoon|evening|\d{4}-"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)


def _is_vague(time: TimeExpression) -> bool:
    """Say whether a point in time names no day: "recently", "the next day", "10:30"."""
    if time.type not in {"DATE", "TIME"} or time.value == "PRESENT_REF":
        return False
    is_clock = re.search(r"T\d", time.value) is not None
    return time.first is None or (is_clock and not _DAY_WORD.search(time.text))


def _stretches(question: str, times: list[TimeExpression], now: date) -> Iterator[_Stretch]:
    """Yield what names days, the two ends of a range as one."""
    ranges = {found.begins.start: found for found in find_ranges(question, times)}
    taken = -1
    for time in times:
        days = _days(time, now)
        if time.start < taken or days is None or time.type == "SET" or _is_vague(time):
            continue
        place, (first, last) = (time.start, time.end), days
        found = ranges.get(time.start)
        ending = _days(found.ends, now) if found else None
        if found and ending and first <= ending[1]:
            place, last, taken = (found.start, found.end), ending[1], found.end
        text = question[slice(*place)]
        mod = "HOUR" if time.type == "TIME" else "" if taken == place[1] else time.mod
        yield _Stretch(start=place[0], end=place[1], text=text, first=first, last=last, mod=mod)


def _days(time: TimeExpression, now: date) -> tuple[date, date] | None:
    """Return the days of an expression; of "early", "mid" and "late" ones only their third."""
    first, last = time.first, time.last
    if first is None or last is None:
        return None
    opening = time.text.lower()[:7].split()[0]
    if opening in {"earlier", "later"}:
        if not first <= now <= last:
            return first, last
        return (first, now) if opening == "earlier" else (now, last)
    third = {"START": 0, "MID": 1, "END": 2}.get(time.mod)
    length = (last - first).days + 1
    # Of a week or less the days are named: "the first week of March" has a modifier too.
    if third is None or length < 28:
        return first, last
    begins, ends = length * third // 3, length * (third + 1) // 3
    return first + timedelta(days=begins), first + timedelta(days=ends - 1)


_AHEAD = re.compile(
    r"\b(?:will|shall|going to|upcoming|(?:is|are) (?:to|due|set|planned|scheduled|expected))\b"
    r"|['’]ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:did|was|were|had|happened)\b", re.IGNORECASE)
_OF_NOW = re.compile(r"\b(?:is|are|am|does|do)\b", re.IGNORECASE)
_REGULAR_PAST = re.compile(r"[a-z]{2}ed\b")
# Said with its year, or counted from now.
_IS_FIXED = re.compile(
    r"\d{4}|\b(?:last|this|next|past|coming|upcoming|previous|ago|now|later|earlier|current|today|"
    r"tomorrow|tonight|yesterday)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!.*\d)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!;]\s")


def _in_tense(question: str, stretches: list[_Stretch], now: date) -> list[_Stretch]:
    """Return the stretches, those without a year moved to the side of now that the verb says."""
    moves = {s.start: _move(question, s, now) for s in stretches}
    again: dict[int, dict[int, _Stretch]] = {}
    for days in set(moves.values()) - {0}:
        # Read again from there, for Easter and the 29th of February move otherwise than by years.
        anchor = _moved(now, days)
        times = find_times(question, anchor=anchor)
        again[days] = {s.start: s for s in _stretches(question, times, anchor)}
    return [again.get(moves[s.start], {}).get(s.start, s) for s in stretches]


def _move(question: str, stretch: _Stretch, now: date) -> int:
    """Return by how many days now must move for a stretch to agree with the tense around it."""
    is_ahead, is_over = stretch.first > now, stretch.last < now
    if not (is_ahead or is_over) or _IS_FIXED.search(stretch.text):
        return 0
    tense, is_weekday = _tense(question, stretch.start), _WEEKDAY.search(stretch.text)
    if is_ahead and tense == "past":
        return -7 if is_weekday else -365
    return 365 if is_over and tense == "future" and not is_weekday else 0


def _tense(question: str, place: int) -> Literal["past", "present", "future"]:
    """Return the tense of the sentence around a place."""
    before = question[max(0, place - 2 * _NEAR) : place]
    after = question[place : place + 2 * _NEAR]
    sentence = _SENTENCE_END.split(before)[-1] + _SENTENCE_END.split(after)[0]
    if _AHEAD.search(sentence):
        return "future"
    if _BACK.search(sentence):
        return "past"
    return "past" if not _OF_NOW.search(sentence) and _has_past_verb(sentence) else "present"


def _has_past_verb(text: str) -> bool:
    return _REGULAR_PAST.search(text) is not None or with_base_forms(text) != text


# -- what asks nothing ----------------------------------------------------------------------------

# "Before" a court and "named after" are of no time.
_EVENT_PHRASE = re.compile(
    r"\b(?:before(?!\s+(?:(?:the|an?)\s+)?(?:court|congress|parliament|senate|house|judge|"
    r"committee|council|panel|tribunal|cameras?|grand)\b)"
    r"|(?<!named )(?<!look )(?<!looked )(?<!go )(?<!went )after(?!\s+all\b)"
    r"|since|until|till|prior to|ahead of|during|(?<!the )following(?=\s+(?:the|an?|his|her|its|"
    r"their)\b)|by the time|in the (?:wake|aftermath) of|in the run-up to)"
    r"\s+(?!(?:and|or|during|now|when)\b)(?=\w)[^,;:?!\n]{1,120}?"
    r"(?=\s*(?:[,;:?!\n]|\.(?:\s|$)|$)|(?:\s+(?:and|but))?\s+(?:between|before|after|since|until|"
    r"who|what|how|which)\s)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:black friday|cyber monday|super tuesday|bloody sunday|nineteen eighty-four)$",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# A number that find_times left beside a month is none of its days.
_NO_SUCH_DAY = re.compile(
    rf"(?:\b\d{{1,3}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\s+\d{{1,3}}(?:st|nd|rd|th)?,?\s+\d{{4}})$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:(?<!later )(?<!earlier )than|compared? (?:to|with)|versus|vs\.?|unlike"
    r"|before (?:and|or) after)\s+(?:(?:in|that of|those of|the|(?:it|they) (?:was|were))\s+)*$",
    re.IGNORECASE,
)
# Counted from now, they date what they stand before: "last year's vote", "the vote last year".
_DEICTIC = re.compile(
    r"(?:(?:the|early|earlier|late|later|mid)[\s-]+)*"
    r"(?:last|this|next|past|coming|previous|current|yester|today|tomorrow|tonight)"
    r"|.*\bago$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|each|every)|['’]s)\s+$", re.IGNORECASE
)
# Of these one may speak as such, "Who invented Thanksgiving?"; of a Tuesday hardly.
_UNDATED = re.compile(
    r"\D*\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|fall|winter|christmas|easter|thanksgiving|halloween|ramadan"
    r"|day|eve)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"(?:from|between)\s", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b([A-Z][\w’'-]*)\s+$")
_NEXT_WORD = re.compile(r"[\s-]{1,2}([^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)")
_FUNCTION_WORDS = frozenset(
    "a about after against all alone also among an and any are around as at be because been before "
    "between but by can could did do does during each every for from had has have he her his how i "
    "if in inside into is it its like may might must my near no nor not of off on only or our out "
    "outside over per regarding shall she should since so some than that the their them there "
    "these they this those through throughout till to too towards under until up upon was we were "
    "what when where whether which while who whom whose why will with within without would you "
    "your".split()
)
_OF = re.compile(r"\b(\w{1,20})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
# "The events of 2020" are dated by it, "the class of 2012" is named by it.
_DATED_BY_OF = re.compile(
    r"(?:event|day|week|weekend|month|quarter|year|season|morning|afternoon|evening|night|part|"
    r"development|article|report|headline|edition)s?|eve|end|start|beginning|middle|rest|course|"
    r"all|most|much|half|as|ahead|news|coverage|stor(?:y|ies)",
    re.IGNORECASE,
)
_NEWS_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:news|articles?|stor(?:y|ies)|coverage|headlines?|editions?)\b", re.IGNORECASE
)


def _event_phrases(question: str, stretches: list[_Stretch]) -> list[tuple[int, int]]:
    """Return where unknown events bound the time: "before the election of 2020"."""
    dated = {s.start: s for s in stretches if not _is_aside(question, s)}
    phrases = []
    named = {place for s in stretches for place in range(s.start, s.end)}
    for phrase in _EVENT_PHRASE.finditer(question):
        if phrase.start() in named:
            continue
        inside = [dated[at] for at in range(*phrase.span()) if at in dated]
        bounds = (_RELATION.search(question, max(0, s.start - _NEAR), s.start) for s in inside)
        # What happened during the war in 2020 happened in 2020; before it may be any year.
        is_during = phrase.group()[:6].lower() == "during" and inside
        if not is_during and all(b is None or b.start() > phrase.start() for b in bounds):
            phrases.append(phrase.span())
    return phrases


def _is_aside(question: str, stretch: _Stretch) -> bool:
    """Say whether days are part of a name, of a comparison, or do not exist."""
    before = question[max(0, stretch.start - _NEAR) : stretch.start]
    after = question[stretch.end : stretch.end + _NEAR]
    impossible = _NO_SUCH_DAY.search(before + stretch.text)
    if (impossible and impossible.start() < len(before)) or _COMPARED.search(before):
        return True
    if _NAMES.fullmatch(stretch.text) or _NAMES.search(before[-10:] + stretch.text):
        return True
    if _POSSESSIVE.match(after) or _NEWS_AFTER.match(after) or _DEICTIC.match(stretch.text):
        return False
    return _is_in_name(stretch.text, before, after)


def _is_in_name(text: str, before: str, after: str) -> bool:
    """Say whether days only name what stands around them: "Euro 2020", "the 2020 vote"."""
    capitalised, of = _CAPITALISED.search(before), _OF.search(before)
    if text.isdigit() and capitalised and capitalised[1].lower() not in _FUNCTION_WORDS:
        return True
    if of and not _DATED_BY_OF.fullmatch(of[1]):
        return True
    is_dated = of is not None or _RELATION.search(before) is not None
    if _UNDATED.fullmatch(text) and not is_dated:
        return True
    word = _NEXT_WORD.match(after)
    if word is None or word[1].lower() in _FUNCTION_WORDS or _OPENED.match(text):
        return False
    return _DETERMINER.search(before) is not None or not is_dated


# -- what is asked of the days --------------------------------------------------------------------

_RELATION = re.compile(
    r"\b(?:(?P<as_of>as (?:of|at))"
    r"|(?P<since>since|(?:starting|beginning)(?: in| on| from)?|as from|on or after"
    r"|no(?:t)? earlier than|not before)"
    r"|(?P<until>up (?:to|until)|until|till|through|on or before|no(?:t)? later than|by)"
    r"|(?P<after>after|later than|following)"
    r"|(?P<before>before|prior to|ahead of|earlier than)"
    r"|(?P<within>in|on|at|during|over|within|throughout|for|across|from|between)"
    r"|(?P<near>around|about|circa|roughly|approximately))\s+"
    r"(?:(?P<margin>around|about|circa|roughly|approximately)\s+)?"
    r"(?:(?:all|most|much|part|the rest) of\s+)?(?:the\s+)?"
    r"(?:(?:(?P<week>week)|day|month|year|morning|afternoon|evening|night) of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BOUNDS = ("as_of", "since", "until", "after", "before")
# What "pre-1990", "more than a year ago" and "nearly a year ago" ask.
_MODIFIED = {"BEFORE": "before", "AFTER": "after", "MORE_THAN": "until", "EQUAL_OR_MORE": "until"}
_ABOUT = frozenset({"APPROX", "LESS_THAN", "EQUAL_OR_LESS"})
_THEN_ON = re.compile(
    r"\s+(?:(?P<on>on|onwards?|(?:or|and) (?:later|after))|(?:or|and) (?:earlier|before))"
    r"(?=\s*(?:[,;.?!]|$))|\s+(?:to|until|till|through|up to) (?P<now>now|date|the present)\b",
    re.IGNORECASE,
)


_TO = re.compile(r"\s+(?:to|until|till|through)\s", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:between\s[^,;.?!]{1,60}?\sand|from\s[^,;.?!]{1,60}?\sto)\s+(?:the\s+)?$", re.IGNORECASE
)
_INSIDE_DAY = {"before": "until", "after": "since"}


def _read(question: str, stretch: _Stretch, now: date) -> _Asked:
    """Return what the words around a stretch ask of its days."""
    found = _RELATION.search(question, max(0, stretch.start - _NEAR), stretch.start)
    start, end = found.start() if found else stretch.start, stretch.end
    relation = next((name for name in _BOUNDS if found and found[name]), "")
    relation = relation or _MODIFIED.get(stretch.mod) or _half_range(question, stretch, found)
    first, last = _widened(stretch, found)
    onward = _THEN_ON.match(question, end)
    if onward and relation in {"within", "since"}:
        relation = "since" if onward["on"] or onward["now"] else "until"
        end = onward.end()
    if stretch.mod == "HOUR":
        relation = _INSIDE_DAY.get(relation, relation)
    if relation == "as_of":
        if first <= now:
            return _Asked(start=start, end=end, as_of=min(last, now))
        # What applies "as of" a day ahead applies from then on.
        relation = "since"
    window = _window(relation, first, last)
    is_published = _is_published(question, start, stretch)
    return _Asked(start=start, end=end, window=window, is_published=is_published)


def _half_range(question: str, stretch: _Stretch, found: re.Match[str] | None) -> str:
    """Return how an end of a range bounds whose other end is an event: "from 2019 to the vote"."""
    word = found["within"] or "" if found else ""
    if word.lower() == "between" or (word.lower() == "from" and _TO.match(question, stretch.end)):
        return "since"
    if _CLOSES.search(question, max(0, stretch.start - _NEAR), stretch.start):
        return "until"
    return "within"


def _widened(stretch: _Stretch, found: re.Match[str] | None) -> tuple[date, date]:
    """Return the days of a stretch, more of them for "the week of" and "around"."""
    first, last = stretch.first, stretch.last
    if found and found["week"]:
        first, last = _moved(first, -first.weekday()), _moved(first, 6 - first.weekday())
    if stretch.mod in _ABOUT or (found and (found["near"] or found["margin"])):
        margin = max(3, ((last - first).days + 1) // 2)
        first, last = _moved(first, -margin), _moved(last, margin)
    return first, last


def _window(relation: str, first: date, last: date) -> TimeWindow:
    match relation:
        case "since":
            return TimeWindow(since=first)
        case "after":
            return TimeWindow(since=_moved(last, 1))
        case "until":
            return TimeWindow(until=last)
        case "before":
            return TimeWindow(until=_moved(first, -1))
        case _:
            return TimeWindow(since=first, until=last)


def _moved(day: date, days: int) -> date:
    """Return a day so many days away, or the calendar's own edge."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


_NEWS = re.compile(
    r"\b(?:(?P<verb>publish(?:ed)?|reported|written|wrote|write|printed|posted)"
    r"|(?P<noun>articles?|stor(?:y|ies)|news|coverage|reports?|reporting|headlines?|editions?)"
    r"|that|which|who|whose|when|where|while|because|happened|occurred|took|did|says?|said|mentions?)"
    r"\b",
    re.IGNORECASE,
)
_BY_WHOM_ABOUT_WHAT = re.compile(
    r"\s*(?:$|[,.;?!]|(?:about|against|at|by|concerning|for|from|in|of|on|over|regarding)\b)",
    re.IGNORECASE,
)


def _is_published(question: str, start: int, stretch: _Stretch) -> bool:
    """Say whether a time is that of reports: "articles from May", "what was written in May"."""
    if _NEWS_AFTER.match(question, stretch.end):
        return True
    before = question[max(0, start - _NEAR) : start]
    if not before.strip():
        return _opens_report(question[stretch.end : stretch.end + _NEAR])
    found = next(reversed(list(_NEWS.finditer(before))), None)
    if found is None or not (found["verb"] or found["noun"]):
        return False
    between = before[found.end() :]
    if _has_past_verb(between):
        return False
    preposition = question[start : start + 5].lower().split()[:1]
    if found["noun"]:
        return between.strip().lower() in {"", "of", "of the"} or preposition == ["from"]
    # "Who wrote the constitution in 1787?" asks for no report. And the day is the attack's in
    # "reported on the attack on 10 March".
    is_of_topic = found.group().lower() == "reported" and between.strip() != ""
    return bool(_BY_WHOM_ABOUT_WHAT.match(between)) and not (
        is_of_topic and preposition in (["on"], ["at"])
    )


def _opens_report(after: str) -> bool:
    """Say whether what follows a time that opens the question is a report: "what was written"."""
    found = next((m for m in _NEWS.finditer(after) if m["verb"]), None)
    if found is None or _has_past_verb(after[: found.start()]):
        return False
    return _BY_WHOM_ABOUT_WHAT.match(after, found.end()) is not None


_PRESENT = re.compile(
    r"\b(?:(?<!from )now(?! that\b)|currently|today|so far|(?<!a )still(?! life\b)|nowadays|to date"
    r"|(?<!direct )(?<!electric )(?<!ocean )current(?! affairs\b)|at (?:present|the moment)"
    r"|these days|(?P<newest>(?<!at the )latest|newest|most recent(?:ly)?))\b",
    re.IGNORECASE,
)


def _says_present(question: str, stretch: _Stretch) -> bool:
    """Say whether "today" means these days: "Where is it today?", "as of today"."""
    if stretch.text.lower() != "today":
        return False
    before = question[max(0, stretch.start - _NEAR) : stretch.start]
    return _tense(question, stretch.start) == "present" or before.lower().endswith("as of ")


def _is_opening(question: str, place: int) -> bool:
    return not question[max(0, place - _NEAR) : place].strip(" \"'“‘¿")


def _present_words(
    question: str, elsewhere: list[tuple[int, int]], *, is_over: bool
) -> list[tuple[int, int]]:
    """Return where a question asks for the present state.

    Days that are over have no present, though a latest report. A capital makes a name: "HBO Now".
    """
    taken = {place for span in elsewhere for place in range(*span)}
    return [
        found.span()
        for found in _PRESENT.finditer(question)
        if found.start() not in taken and (found["newest"] or not is_over)
        if found.group()[0].islower() or _is_opening(question, found.start())
    ]


# -- several times --------------------------------------------------------------------------------

_SIDE_BY_SIDE = re.compile(r"\s+(?:of\s+)?")


def _merged(question: str, asked: list[_Asked]) -> TimeWindow | None:
    """Return the window that covers all closed ones and keeps to all open ones; None if none."""
    windows = _distinct(question, asked)
    closed = [w for w in windows if w.since and w.until]
    since = [w.since for w in windows if w.since and not w.until]
    until = [w.until for w in windows if w.until and not w.since]
    if closed:
        since.append(min(w.since for w in closed if w.since))
        until.append(max(w.until for w in closed if w.until))
    first, last = max(since, default=None), min(until, default=None)
    if not windows or (first and last and first > last):
        return None
    return TimeWindow(since=first, until=last)


def _distinct(question: str, asked: list[_Asked]) -> list[TimeWindow]:
    """Return the windows, of two side by side that say one time only one.

    "On 25 December in 2020" is the shorter. Where that is no part of the longer, the longer: in
    "Monday of last week" the Monday is counted from now.
    """
    dropped = set()
    for pair in pairwise(asked):
        are_closed = all(_length(reading) < timedelta.max for reading in pair)
        if are_closed and _SIDE_BY_SIDE.fullmatch(question, pair[0].end, pair[1].start):
            short, long = sorted(pair, key=_length)
            dropped.add((long if _is_inside(short.window, long.window) else short).start)
    return [r.window for r in asked if r.window and r.start not in dropped]


def _length(asked: _Asked) -> timedelta:
    window = asked.window
    return (
        window.until - window.since if window and window.until and window.since else timedelta.max
    )


def _is_inside(short: TimeWindow | None, long: TimeWindow | None) -> bool:
    """Say whether a window lies in another; one without an end is bounded by any."""
    if not (short and long and short.since and short.until and long.since and long.until):
        return True
    return long.since <= short.since and short.until <= long.until
