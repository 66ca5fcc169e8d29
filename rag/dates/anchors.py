"""Finds the day from which each part of an article counts: the day it was first published.

A corrected or updated article keeps most of its words. "Overnight" in them means the night before
they were first published, not the night before they were published again. Earlier versions of the
article, or an editor's note about one, tell that day. A sentence that a later version added counts
from the day of that change. Without any of these, only the day of publication is known. The entries
of a live blog count from the days of their own (see `entry_days`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from rag.dates.entry_days import DatedEntry, dated_entries
from rag.records import Article, Version
from rag.text.sentences import split_sentences
from rag.timex import find_times

# The words of an editor's note: "An earlier version of this article, published on Tuesday", "First
# published: 10 November".
_TOLD = re.compile(
    r"(?:\b(?:earlier|previous|original|first) version of this (?:article|story|report|item)"
    r",? (?:(?:which|that) )?(?:was )?(?:first |originally )?published"
    r"|\bthis (?:article|story|report|item) was (?:first|originally) published"
    r"|(?:^|[\n(\[]\s*)(?:first|originally) published)\b:?\s+(?:on )?",
    re.IGNORECASE,
)
# A text that was published again later than this has mostly been rewritten.
_SOON, _NO_TIME = timedelta(days=7), timedelta(0)
# A sentence is a corrected one if a sentence of an earlier version has at least this share of its
# words. This is a judgement: a changed number or name is about one word in ten.
_KEPT_SHARE = 0.8
# How many characters the date after those words may have.
_NEAR = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The part of a text from `start` to `end`, in characters, and the day that it counts from.

    `entry` is the entry of a live blog that it is, if it is one.
    """

    start: int
    end: int
    day: date | None
    entry: DatedEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What an article says about when its sentences were first published."""

    article: Article
    published: date
    # The day in an editor's note, and the note's place in the text, or -1 if it is not in the text.
    told: date | None
    note: int
    # The words of each sentence of each version, with the version's day, oldest first.
    earlier: tuple[tuple[list[frozenset[str]], date], ...]

    def day(self, start: int, end: int) -> date:
        """Return the day on which the sentence from `start` to `end` was first published."""
        if start <= self.note < end:
            return self.published
        words = frozenset(_WORD.findall(self.article.text[start:end].lower()))
        for sentences, day in self.earlier:
            if any(len(words & before) >= _KEPT_SHARE * len(words) for before in sentences):
                return day
        added = self.article.updated if self.article.versions else self.told
        return added or self.published


def counted_parts(article: Article) -> list[Counted]:
    """Return the parts of an article's text that count from one day, in order and without gaps."""
    entries = dated_entries(article)
    if not entries:
        return _published_parts(article)
    first = entries[0].entry.start
    before = [part for part in _published_parts(article) if part.start < first]
    return [
        *(replace(part, end=min(part.end, first)) for part in before),
        *(Counted(start=e.entry.start, end=e.entry.end, day=e.day, entry=e) for e in entries),
    ]


def _published_parts(article: Article) -> list[Counted]:
    """Return the parts of an article's text by the days on which they were first published."""
    history = _history(article)
    if history is None:
        return [Counted(start=0, end=len(article.text), day=article.published)]
    starts = [span.start for span in split_sentences(article.text)]
    starts[0] = 0
    sentences = [
        Counted(start=start, end=end, day=history.day(start, end))
        for start, end in zip(starts, [*starts[1:], len(article.text)], strict=True)
    ]
    parts = (list(same) for _, same in groupby(sentences, key=lambda sentence: sentence.day))
    return [Counted(start=same[0].start, end=same[-1].end, day=same[0].day) for same in parts]


def counted_from(article: Article, place: int) -> date | None:
    """Return the day from which times at a place in an article's text count."""
    return next((p.day for p in counted_parts(article) if p.start <= place < p.end), None)


def _history(article: Article) -> _History | None:
    """Return what is known besides the day of publication; None if nothing is."""
    published = article.published
    if published is None:
        return None
    told, note = _told_day(article, published)
    if told is None and not article.versions:
        return None
    return _History(
        article=article,
        published=published,
        told=told,
        note=note,
        earlier=tuple(_earlier(article.versions, published)),
    )


def _earlier(
    versions: Sequence[Version], published: date
) -> Iterator[tuple[list[frozenset[str]], date]]:
    """Yield the words of each version's sentences, and the day on which it was published.

    The oldest known version has the article's first day. A later one has the day of its change.
    """
    for place, version in enumerate(versions):
        first = min(version.published or published, published)
        spans = split_sentences(version.text)
        words = (_WORD.findall(version.text[s.start : s.end].lower()) for s in spans)
        day = (version.updated or version.published or published) if place else first
        yield list(map(frozenset, words)), day


def _told_day(article: Article, published: date) -> tuple[date | None, int]:
    """Return the day of first publication in an editor's note, and the note's place in the text.

    The place is -1 if the day is in the article's `note`, or if there is no such day.
    """
    for text, is_body in ((article.note, False), (article.text, True)):
        told = _TOLD.search(text)
        if told is None:
            continue
        for time in find_times(text[told.end() : told.end() + _NEAR], published)[:1]:
            day = time.first
            if time.start == 0 and day and day == time.last and _SOON >= published - day > _NO_TIME:
                return day, told.end() - 1 if is_body else -1
    return None, -1
