"""Finds on which day each entry of a live blog was written.

An entry names its day, or stands below a heading that does, or follows such an entry by its time.
Without any named day, the earliest entry is of the day on which the blog was published, unless the
last one were then later than the last change.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from rag.records import Article, EventTime
from rag.text.calendar import day_in_words
from rag.text.entry_heads import NamedDay, read_named_day
from rag.text.live_entries import LiveEntry, find_live_entries

# How the time of an entry follows from its words, as the rules of `rag.timex` say it.
ENTRY_TIME = "time of an entry"
_WEEK = 7
# So many minutes between the first entry and publication are nearer to a day than to none.
_FAR = 14 * 60

# A day, and minutes after its midnight.
Moment = tuple[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEntry:
    """An entry of a live blog and the day on which it was written, None if that is not known."""

    entry: LiveEntry
    day: date | None

    @property
    def time(self) -> EventTime:
        """Its time as a time expression of the text."""
        place, is_sure = self.entry.head, self.entry.is_sure
        clock = f"T{self.entry.time_of_day}" if is_sure else ""
        return EventTime(
            start=place.start,
            end=place.end,
            type="TIME" if is_sure else "DATE",
            value=f"{self.day or ('' if is_sure else 'XXXX-XX-XX')}{clock}",
            rule=ENTRY_TIME,
            first=self.day,
            last=self.day,
        )

    def __str__(self) -> str:
        """Return its day and time in words: "2 April 2024, 16:05"."""
        day = f"{day_in_words(self.day)}, " if self.day else ""
        return f"{day}{self.entry.time_of_day}"


def dated_entries(article: Article) -> tuple[DatedEntry, ...]:
    """Return the entries of an article with their days; none if it is no live blog."""
    return _dated_entries(
        article.text, article.title, article.published, article.published_at, article.updated
    )


def entry_at(article: Article, place: int) -> DatedEntry | None:
    """Return the entry in which a place of an article's text is; None if it is in none."""
    entries = dated_entries(article)
    return next((e for e in entries if e.entry.start <= place < e.entry.end), None)


def told_on(article: Article, place: int) -> date | None:
    """Return the day on which a place of an article was written: of its entry, or of publication.

    It is of publication for everything but the entries of a live blog.
    """
    entry = entry_at(article, place)
    return entry.day if entry else article.published


def told_at(article: Article, place: int) -> Moment:
    """Return when a place of an article was written, to compare it with others.

    Of an entry this is the day and the minute, of other places the day. What has no day is first.
    """
    dated = entry_at(article, place)
    if dated is None:
        return article.published or date.min, 0
    day = dated.day or date.min + timedelta(days=dated.entry.midnights)
    return day, dated.entry.minute


@lru_cache(maxsize=512)
def _dated_entries(
    text: str,
    title: str,
    published: date | None,
    published_at: datetime | None,
    updated: date | None,
) -> tuple[DatedEntry, ...]:
    entries = find_live_entries(text, title)
    first = _first_day(entries, published and _begun(entries, published, published_at), updated)
    days = _days(entries, first, text)
    return tuple(DatedEntry(entry=e, day=day) for e, day in zip(entries, days, strict=True))


def _begun(entries: Sequence[LiveEntry], published: date, at: datetime | None) -> date:
    """Return the day of the earliest entry, which was written about when the blog was published.

    Where that is told in universal time, it may be another day than that of the blog's clock.
    """
    earliest = [entry.minute for entry in entries if entry.midnights == 0]
    if at is None or not earliest:
        return published
    ahead = min(earliest) - (at.hour * 60 + at.minute)
    if ahead >= _FAR:
        return published - timedelta(days=1)
    is_universal = at.utcoffset() == timedelta(0)
    return published + timedelta(days=1) if is_universal and ahead <= -_FAR else published


def _first_day(
    entries: Sequence[LiveEntry], begun: date | None, updated: date | None
) -> date | None:
    """Return the day of the earliest entry, so that the last one is not after the last change."""
    if begun is None or updated is None or updated < begun:
        return begun
    lasting = timedelta(days=max((entry.midnights for entry in entries), default=0))
    return min(begun, updated - lasting)


def _days(entries: Sequence[LiveEntry], first: date | None, text: str) -> Iterator[date | None]:
    """Yield the day of each entry, counted from the nearest named day above it, or else below."""
    named = [
        (entry, day)
        for entry in entries
        if entry.day is not None
        and (day := _day_named(read_named_day(text[slice(*entry.day)]), _expected(entry, first)))
    ]
    last = named[0] if named else None
    following = iter(named)
    upcoming = next(following, None)
    for entry in entries:
        if upcoming is not None and entry is upcoming[0]:
            last, upcoming = upcoming, next(following, None)
        if last is None:
            yield _expected(entry, first)
        else:
            yield last[1] + timedelta(days=entry.midnights - last[0].midnights)


def _expected(entry: LiveEntry, first: date | None) -> date | None:
    return first and first + timedelta(days=entry.midnights)


def _has(year: int, named: NamedDay) -> bool:
    return 1 <= named.month <= 12 and 1 <= named.day <= monthrange(year, named.month)[1]


def _day_named(named: NamedDay, expected: date | None) -> date | None:
    """Return the day that words name, the one nearest to the expected day; None if it is none."""
    try:
        if named.year:
            return date(named.year, named.month, named.day)
        if expected is None:
            return None
        if named.month:
            years = range(expected.year - 1, expected.year + 2)
            # There is a 29 February in few of them.
            days = [date(y, named.month, named.day) for y in years if _has(y, named)]
        else:
            days = [expected + timedelta(days=days) for days in range(-_WEEK // 2, _WEEK // 2 + 1)]
            days = [day for day in days if day.isoweekday() == named.weekday]
    except ValueError:
        # There is no such day, as on 31 April.
        return None
    return min(days, key=lambda day: abs(day - expected), default=None)
