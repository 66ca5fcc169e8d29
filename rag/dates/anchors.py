"""An article -> the day from which each part of its text counts "yesterday": its first publication.

A corrected or updated article keeps most of its words, and "overnight" in them was last night when
they were first published, not when they were published again. What an article had as a version,
or says of an earlier one in an editor's note, tells that day; a sentence that a later version
added counts from that version's change. Otherwise the day of publication is all that is known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from rag.records import Article, Version
from rag.text.sentences import split_sentences
from rag.timex import find_times

# "An earlier version of this article, published on Tuesday", "First published: 10 November".
_TOLD = re.compile(
    r"(?:\b(?:earlier|previous|original|first) version of this (?:article|story|report|item)"
    r",? (?:(?:which|that) )?(?:was )?(?:first |originally )?published"
    r"|\bthis (?:article|story|report|item) was (?:first|originally) published"
    r"|(?:^|[\n(\[]\s*)(?:first|originally) published)\b:?\s+(?:on )?",
    re.IGNORECASE,
)
# A text published again later than this has mostly been written anew.
_SOON, _NO_TIME = timedelta(days=7), timedelta(0)
# The least share of a sentence's words in one sentence of an earlier version, for it to be the
# same one corrected. A judgement: a number or a name changes one word in ten.
_KEPT_SHARE = 0.8
# How many characters a date behind those words may have.
_NEAR = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The part of a text from `start` to `end`, in characters, and the day it counts from."""

    start: int
    end: int
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What an article tells of when its sentences were first published."""

    article: Article
    published: date
    # The day that an editor's note tells, and the note's place in the text, -1 if it is not there.
    told: date | None
    note: int
    # The words of each sentence of each version, oldest first, and the version's day.
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
    """Return an article's text in parts, in order and without gaps, by the day they count from."""
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
    """Return the day from which a place in an article's text counts."""
    return next((p.day for p in counted_parts(article) if p.start <= place < p.end), None)


def _history(article: Article) -> _History | None:
    """Return what is known beside the day of publication, None if nothing is."""
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
    """Yield the words of the versions' sentences, and the day on which each was published.

    The oldest one that is known is of the article's first day, a later one of its change.
    """
    for place, version in enumerate(versions):
        first = min(version.published or published, published)
        spans = split_sentences(version.text)
        words = (_WORD.findall(version.text[s.start : s.end].lower()) for s in spans)
        day = (version.updated or version.published or published) if place else first
        yield list(map(frozenset, words)), day


def _told_day(article: Article, published: date) -> tuple[date | None, int]:
    """Return the day of first publication that an editor's note tells, and where in the text.

    The place is -1 if it is in the article's `note`, or nothing is told.
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
