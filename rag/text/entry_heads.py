"""Reads the beginning of a line as that of an entry with a time: "11:10 - Police say", "[16:05]".

It also reads a line that only names a day, such as "Tuesday 2 April". Which of these lines are the
entries of a live blog, `live_entries` decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.calendar import MONTH, MONTHS, WEEKDAY, WEEKDAYS, WHOLE_WEEKDAY
from rag.text.sentences import Span

_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = (
    rf"(?:(?:(?:{WEEKDAY})\b\.?,?\s+)?(?:the\s+)?(?:{_ORDINAL}\s+(?:of\s+)?(?:{MONTH})\b\.?"
    rf"|(?:{MONTH})\b\.?\s+{_ORDINAL}\b)(?:,?\s+\d{{4}}\b)?|\d{{4}}-\d\d-\d\d\b"
    rf"|(?:{WHOLE_WEEKDAY})\b(?![’']))"
)
_HALF = r"(?:[ap]\.\s?m\b\.?|[ap]m\b\.?)"
_ZONE = (
    r"(?:(?-i:GMT|UTC|[A-Z]{1,4}T)\b|local time\b|(?:Eastern|Central|Mountain|Pacific)(?: Time)?\b)"
)
_TIME = re.compile(
    rf"""[ \t>*•▪–—-]*(?:(?:posted|published|updated?)(?:\s+(?:at|on))?:?\s+)?
    (?:(?P<before>{_DAY})(?:,|\s+at|\s*[-–—|])?[ \t]+)?
    (?P<open>[\[(])?
    (?P<clock>(?P<hour>\d{{1,2}})(?:(?P<mark>[:.])(?P<minute>[0-5]\d)(?![\d%]))?(?::[0-5]\d\b)?
      (?:[ \t]?(?P<half>{_HALF}))?)
    (?P<zone>[ \t]?\(?{_ZONE}\)?)?
    (?(open)[ \t]?[\])])
    (?:,?[ \t]+(?:on[ \t]+)?(?P<after>{_DAY})(?=[ \t*]*(?:[:|/.)\]–—―-]|$)))?
    [ \t*]*""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
# What parts a time from the words of its entry. "8 p.m., ABC" and "10 a.m. at the hall" are items
# of a programme.
_MARK = re.compile(r"(?:[:|/•]|[-–—―−]{1,2}(?=\s)|\.(?=\s)|[–—―])[ \t*]*")
_BEGINS = re.compile(r"[A-Z“\"‘'$£€]")
_RANGE = re.compile(
    rf"\s*(?:[-–—]|to\b|until\b|till\b)\s*"
    rf"(?:\d{{1,2}}(?:[:.]\d\d)?\s?{_HALF}|\d{{1,2}}[:.]\d\d|noon|midnight)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"[\W_]*(?:(?:live\s+)?updates?\s+(?:for|from|on)\s+)?(?P<day>{_DAY})"
    r"(?:[’']?s?\s+(?:live\s+)?updates?)?[\W_]*",
    re.IGNORECASE,
)
_HEADING_CHARACTERS = 60
_LINE = re.compile(r"[^\n]+")
_HALF_DAY = 12
_DAY_PART = re.compile(
    rf"(?P<year>\d{{4}})|(?P<day>\d{{1,2}})|(?P<month>{MONTH})\b|(?P<weekday>{WEEKDAY})\b", re.I
)
_NAMES_DAY = re.compile(rf"\b{_DAY}", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day as a text names it: a day of the week, a day and a month, or all with the year.

    What is not named is 0. Days of the week count from Monday, which is 1.
    """

    weekday: int = 0
    day: int = 0
    month: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHead:
    """The beginning of a line that may head an entry, at `start` in characters of the text.

    `clock` is the place of its time, and `body` is where its words begin, on this line or below.
    `hour` and `minute` are as written; `half` is "a", "p", or empty if the hour says it all or
    nothing says it. `has_zero` says that the hour is written as in "09:30". `day` is the place of
    words that name its day. `day_line` is the place of a day on a line of its own above it, since
    the head before.
    """

    start: int
    clock: Span
    body: int
    hour: int
    minute: int
    half: str
    has_zero: bool
    day: Span | None
    day_line: Span | None

    @property
    def names_half(self) -> bool:
        """Whether its time is one of the whole day: "4.05pm", "16:05"."""
        return self.half != "" or self.has_zero or self.hour > _HALF_DAY or self.hour == 0


def read_named_day(words: str) -> NamedDay:
    """Return the day that words such as "Tuesday 2 April" name."""
    if (iso := _ISO.fullmatch(words)) is not None:
        return NamedDay(year=int(iso[1]), month=int(iso[2]), day=int(iso[3]))
    named = {found.lastgroup: found[0].lower() for found in _DAY_PART.finditer(words)}
    return NamedDay(
        weekday=WEEKDAYS.get(named.get("weekday", ""), 0),
        day=int(named.get("day", 0)),
        month=MONTHS.get(named.get("month", ""), 0),
        year=int(named.get("year", 0)),
    )


def names_a_day(text: str) -> bool:
    """Say whether a text names a day of the week or of a month."""
    return _NAMES_DAY.search(text) is not None


def entry_heads(text: str) -> Iterator[EntryHead]:
    """Yield the lines of a text that may head an entry, in order."""
    day_line: Span | None = None
    for line in _LINE.finditer(text):
        if (head := _head(text, line, day_line)) is not None:
            yield head
            day_line = None
        elif line.end() - line.start() <= _HEADING_CHARACTERS:
            heading = _HEADING.fullmatch(text, line.start(), line.end())
            day_line = Span(*heading.span("day")) if heading else day_line


def _head(text: str, line: re.Match[str], day_line: Span | None) -> EntryHead | None:
    time = _TIME.match(text, line.start(), line.end())
    if time is None or not (time["minute"] or time["half"]) or _RANGE.match(text, time.end()):
        return None
    body = _body(text, time, line.end())
    hour = int(time["hour"])
    half = time["half"][0].lower() if time["half"] and hour <= _HALF_DAY else ""
    if body is None or hour > 24 or (half and hour == 0):
        return None
    named = next((name for name in ("after", "before") if time[name]), "")
    return EntryHead(
        start=line.start(),
        clock=Span(*time.span("clock")),
        body=body,
        hour=hour % _HALF_DAY if half else hour % 24,
        minute=int(time["minute"] or 0),
        half=half,
        has_zero=time["hour"].startswith("0"),
        day=Span(*time.span(named)) if named else None,
        day_line=day_line,
    )


def _body(text: str, time: re.Match[str], line_end: int) -> int | None:
    """Return where the words of an entry begin after its time; None if it heads no entry."""
    if time.end() == line_end or not text[time.end() : line_end].strip():
        return line_end
    mark = _MARK.match(text, time.end(), line_end)
    if mark is not None:
        return mark.end()
    # "14.13 Jordan Chiles" is a result.
    is_bare = time["mark"] == "." and not (time["half"] or time["zone"] or time["open"])
    return None if is_bare or not _BEGINS.match(text, time.end(), line_end) else time.end()
