"""Reads a question with its filters and the turns before it, and has it searched or answered.

The question is read once. It is read again in three cases: on each generation of the archive, whose
words mend its spelling; on the archive's last day if a time without a year, or one such as "next
year", finds nothing; and in earlier years if what that finds does not answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from rag.answering import Answering
from rag.answering_parts import PASSAGES_READ
from rag.evidence.choosing import BEST_HITS, newest_hits_first
from rag.evidence.phrases import Held
from rag.evidence.retrieval import MOST_CANDIDATES, FoundPassage
from rag.evidence.values.opinions import news_hits_first
from rag.question.arguments import read_day, refuse_string
from rag.question.asked import AskedPart, AskedQuestion, at_time, read_part, read_question
from rag.question.asked_time import AskedTime
from rag.question.courtesies import asks_for_more, asks_nothing
from rag.question.filters import (
    Filters,
    counts_years_from_now,
    has_weekday,
    is_weekday_of_a_story,
    read_filters,
)
from rag.question.follow_ups import Earlier, FollowUp, read_exchange
from rag.question.outlets import NamedOutlets
from rag.question.phrases import read_phrases
from rag.question.restrictions import describe_outlets, describe_time
from rag.records import Answer, Hit, SearchFilter
from rag.replies import decline_courtesy, tell_more
from rag.text.plain_text import readable
from rag.text.words import without_words, words_of

_TimeRead = tuple[AskedTime, SearchFilter]
# So many earlier years are asked for, and what happened is reported within so many days.
_MOST_YEARS = 2
_REPORTED_WITHIN = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question as it was put, what it needs of earlier turns, its time, and what it may search.

    `filters` are those of the caller, from which `time` and `where` were read.
    """

    question: str
    follow_up: FollowUp
    time: AskedTime
    where: SearchFilter
    filters: Filters

    @classmethod
    def read(
        cls,
        answering: Answering,
        question: str,
        history: Sequence[Earlier] = (),
        *,
        carried: Sequence[str] | None = None,
        filters: Filters,
    ) -> "Asking":
        """Return a question that follows `history`; `carried` are the words added to it, if given.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        refuse_string(carried, name="carried", wanted="words")
        question = readable(question)
        if carried is None:
            follow_up = answering.understand(question, history)
        else:
            follow_up = FollowUp(carried=tuple(map(readable, carried)))
            if asks_for_more(question):
                follow_up = replace(follow_up, rewritten=" ".join(follow_up.carried))
        words = follow_up.rewritten or question
        turns = [read_exchange(turn) for turn in history]
        earlier = [text for turn in turns for text in (turn.question, turn.answer)]
        time, where = read_filters(words, filters, carried=follow_up.carried, earlier=earlier)
        return cls(question=question, follow_up=follow_up, time=time, where=where, filters=filters)

    @property
    def words(self) -> str:
        """The question in the words that a language model wrote it in, if one did."""
        return self.follow_up.rewritten or self.question

    def answer(self, answering: Answering) -> Answer:
        """Return the answer in quotes."""
        if asks_nothing(self.question):
            return decline_courtesy(self.question)
        if not asks_for_more(self.question):
            return self._answer(answering)
        # Without a question before, there is nothing to tell more of.
        is_alone = not self.follow_up.rewritten
        return decline_courtesy(self.question) if is_alone else tell_more(self._answer(answering))

    def _answer(self, answering: Answering) -> Answer:
        inside = answering.searching.resolved(self.where)
        named = self._named(answering, inside)
        words = answering.searching.mend(named.rest, inside)
        asked = self._read_as(words, answering)
        asked = replace(asked, where=inside, notes=(*asked.notes, *named.notes))
        answer = answering.answer_from(named, asked)
        if not answer.nearest and (read := self._read_on_last_day(answering)):
            again = self._answer_at(read, answering, named, asked)
            answer = again if again.nearest else answer
        if answer.citations:
            return answer
        earlier = self._answer_in_earlier_years(answering, named, asked)
        return earlier or self._answer_of_any_week(answering, named, asked) or answer

    def _answer_of_any_week(
        self, answering: Answering, named: NamedOutlets, asked: AskedQuestion
    ) -> Answer | None:
        """Return what answers if its weekday is one of a story; None if nothing does.

        "On Monday" is that of this week, and "on the Monday" is that of the week that is told of.
        """
        if self._has_days_set() or not is_weekday_of_a_story(self.time.text):
            return None
        time = AskedTime(unresolved=(self.time.text, *self.time.unresolved))
        where = replace(asked.where, events=None, window=None)
        untimed = replace(self, time=time, where=where)
        read = untimed._read_again(asked.understood, answering, asked)
        answer = self._answer_at((time, where), answering, named, read)
        return answer if answer.citations else None

    def _answer_in_earlier_years(
        self, answering: Answering, named: NamedOutlets, asked: AskedQuestion
    ) -> Answer | None:
        """Return what answers if its month or day is of an earlier year; None if nothing does."""
        without = without_words(asked.understood, self.time.text)
        times = [*self._read_in_earlier_years(answering, asked)] if words_of(without) else []
        if not times:
            return None
        # The days stand for the words then: the article need not say "in May".
        read = self._read_again(without, answering, asked)
        answers = (self._answer_at(time, answering, named, read) for time in times)
        given = next((answer for answer in answers if answer.citations), None)
        return given and replace(given, question=asked.text)

    @staticmethod
    def _answer_at(
        read: _TimeRead, answering: Answering, named: NamedOutlets, asked: AskedQuestion
    ) -> Answer:
        """Return the answer with the time of the question read otherwise."""
        limits = answering.searching.resolved(read[1])
        return answering.answer_from(named, replace(at_time(asked, read[0]), where=limits))

    def search(
        self, answering: Answering, *, limit: int, rerank: bool
    ) -> tuple[list[Hit], list[str]]:
        """Return at most `limit` passages, best first, and notes on what the search looked at.

        With `rerank`, the order is by how well they answer.
        """
        looked_at = max(limit, BEST_HITS, PASSAGES_READ if rerank else 0) if limit > 0 else limit
        look = self._look(answering, partial(answering.searching.search, limit=looked_at))
        part, found = look.part, look.found
        hits = news_hits_first(
            part, answering.parts.rank(part, found, look.where) if rerank else found
        )
        notes = self._notes(look)
        if len(found) < limit and limit > MOST_CANDIDATES and not look.held:
            notes.append(
                f"a search compares {MOST_CANDIDATES:,} passages by their words and by "
                "their meaning; there may be more that have something to do with it"
            )
        return self._ordered(hits)[:limit], notes

    def list_articles(self, answering: Answering, *, most: int) -> tuple[list[Hit], list[str]]:
        """Return the best passage of each article, best first, and the notes of a search.

        It is at most `most` articles, but all that have words in quotes.
        """
        look = self._look(answering, partial(answering.searching.list_articles, most=most))
        return self._ordered(news_hits_first(look.part, look.found)), self._notes(look)

    def _ordered(self, hits: list[Hit]) -> list[Hit]:
        return newest_hits_first(hits) if self.time.wants_present else hits

    def _look(self, answering: Answering, find: Callable[..., list[FoundPassage]]) -> "_Look":
        """Return what is found: from the outlets that are named, or else from all.

        If a time without a year finds nothing, it is counted from the archive's last day.
        """
        inside = answering.searching.resolved(self.where)
        named = self._named(answering, inside)
        part = read_part(answering.searching.mend(named.rest, inside), answering.embedder)

        def look(where: SearchFilter, time: AskedTime) -> _Look:
            held = answering.searching.held(where)
            found = find(part, where, held=held)
            return _Look(part=part, named=named, where=where, time=time, held=held, found=found)

        if named.outlets:
            first = look(replace(inside, sources=named.outlets), self.time)
            if first.found:
                return first
        anywhere = look(inside, self.time)
        if not anywhere.found and (read := self._read_on_last_day(answering)):
            again = look(answering.searching.resolved(read[1]), read[0])
            return again if again.found else anywhere
        return anywhere

    def _notes(self, look: "_Look") -> list[str]:
        """Return in words what there is of words in quotes, and what restricted the search."""
        return notes_on(
            self.question, self.filters, look.time, look.where, held=look.held, named=look.named
        )

    def _read_as(self, words: str, answering: Answering) -> AskedQuestion:
        """Return the question as it is asked in these words."""
        is_rewritten = bool(self.follow_up.rewritten)
        asked = read_question(
            self.question if is_rewritten else words,
            answering.embedder,
            time=self.time,
            where=self.where,
            follow_up=replace(self.follow_up, rewritten=words) if is_rewritten else self.follow_up,
        )
        return replace(asked, text=self.question)

    def _read_again(
        self, understood: str, answering: Answering, asked: AskedQuestion
    ) -> AskedQuestion:
        """Return a question read in words that hold what was carried; people see it as it was."""
        in_full = understood if self.follow_up.carried else ""
        again = replace(self, follow_up=replace(self.follow_up, rewritten=in_full))
        read = again._read_as(understood, answering)
        return replace(read, understood=asked.understood, notes=asked.notes)

    def _named(self, answering: Answering, where: SearchFilter) -> NamedOutlets:
        """Return the outlets that it names as its sources, unless they are not to be read."""
        if not self.filters.get("read_outlets", True):
            return NamedOutlets(rest=self.words)
        return answering.searching.outlets_in(self.words, where)

    def _read_on_last_day(self, answering: Answering) -> _TimeRead | None:
        """Return the time and the filter of a question that found nothing, read on another day.

        "In March" means the last March. If an archive ended before it, that finds nothing. Then
        March is counted from the last day in the archive, and so are "next year" and "last summer".
        Nothing is returned if the time does not depend on the day, or if the archive has none.
        """
        is_set = self._has_days_set() or bool(self.filters.get("now"))
        hangs_on_day = self.time.lacks_year or counts_years_from_now(self.time.text)
        day = answering.searching.last_day(self.where.now) if hangs_on_day and not is_set else None
        if day is None:
            return None
        return self._read_on(day)

    def _read_in_earlier_years(
        self, answering: Answering, asked: AskedQuestion
    ) -> Iterator[_TimeRead]:
        """Yield the time and the filter of a question about a month or a day of an earlier year.

        "In May" may mean that of a year before, if the last one does not answer. The years are
        those of which passages tell, or in which they were published, that of the best one first.
        A weekday comes every week, so it is never that of an earlier year, and what is ahead never
        was. It may have been ahead when the archive ended, if that is more than a year before: "how
        much will it be in April" asks for the April that a passage announced then.
        """
        today = read_day(self.filters.get("now"), name="now") or datetime.now(UTC).date()
        window = asked.where.events or asked.where.window
        is_yearly = self.time.lacks_year and not has_weekday(self.time.text)
        if self._has_days_set() or not is_yearly:
            return
        if window is None or not (window.since and window.until):
            return
        is_ahead = window.since > today
        if is_ahead and not self._ended_long_before(window.since, answering):
            return
        anywhere = replace(asked.where, events=None, window=None)
        years = [
            back
            for part in asked.parts
            for item in answering.searching.search(part, anywhere, PASSAGES_READ)
            for back in _years_back(item, window.since, window.until, is_ahead=is_ahead)
        ]
        for back in list(dict.fromkeys(years))[:_MOST_YEARS]:
            yield self._read_on(_years_before(today, back))

    def _ended_long_before(self, day: date, answering: Answering) -> bool:
        """Say whether the archive ended more than a year before a day, which it cannot mean."""
        last_day = answering.searching.last_day(self.where.now)
        return last_day is not None and last_day < _years_before(day, 1)

    def _has_days_set(self) -> bool:
        """Say whether the filters name days, so that the words of the question do not choose."""
        return any(self.filters.get(name) for name in ("as_of", "since", "until"))

    def _read_on(self, day: date) -> _TimeRead:
        """Return the time and the filter of the question, read on another day."""
        # Outlets and sections that came as an iterator were read already.
        read_once = Filters(sources=self.where.sources, sections=self.where.sections)
        read, limits = read_filters(self.words, {**self.filters, **read_once, "now": day})
        return replace(read, counted_from=day), limits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a search found, and where: `held` is what there is of words in quotes."""

    part: AskedPart
    named: NamedOutlets
    where: SearchFilter
    time: AskedTime
    held: Held | None
    found: list[FoundPassage]


def notes_on(
    question: str,
    filters: Filters,
    time: AskedTime,
    where: SearchFilter,
    *,
    held: Held | None,
    named: NamedOutlets,
) -> list[str]:
    """Return in words what a search looked at, as far as the words of its question decided that.

    `held` is what there is of words in quotes, `time` and `named` are the time and the outlets that
    were read, and `where` is the filter that was searched with.
    """
    return [
        *read_phrases(question).notes,
        *([str(held)] if held else []),
        *describe_time(time, where, filters),
        *describe_outlets(named, where),
        *named.notes,
    ]


def _years_back(item: FoundPassage, first: date, last: date, *, is_ahead: bool) -> Iterator[int]:
    """Yield how many years before some days a passage tells of, or was published soon after.

    With `is_ahead` it must have been published before the days that it tells of.
    """
    published = item.article.published
    days = [(time.first, timedelta(0)) for time in item.hit.times if time.first is not None]
    if is_ahead:
        days = [(day, late) for day, late in days if published is not None and published < day]
    elif published is not None:
        days.append((published, _REPORTED_WITHIN))
    for day, late in days:
        back = first.year - day.year
        if back > 0 and _years_before(first, back) <= day <= _years_before(last, back) + late:
            yield back


def _years_before(day: date, years: int) -> date:
    """Return the same day so many years before; for 29 February it may be the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
