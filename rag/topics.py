"""Reads the topic of a timeline as a question is read, and has its timeline built."""

from dataclasses import dataclass, replace

from rag.answering import Answering
from rag.asking import notes_on
from rag.errors import QuestionError
from rag.question.asked import asks_something, read_part
from rag.question.asked_time import AskedTime
from rag.question.filters import Filters, check_filters, read_filters
from rag.question.outlets import NamedOutlets
from rag.records import SearchFilter
from rag.text.plain_text import readable
from rag.timeline.build import TimelineEntry, build_timeline

_PASSAGES = 100

_Built = tuple[list[TimelineEntry], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic as it was put, its time, and what its timeline may be built of.

    In `filters`, `since` and `until` are days of the events.
    """

    text: str
    time: AskedTime
    where: SearchFilter
    filters: Filters

    @classmethod
    def read(cls, text: str, filters: Filters) -> "Topic":
        """Return a topic with the filters of its timeline.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
        """
        text = readable(text)
        if not asks_something(text):
            raise QuestionError("the topic is empty; name a story, such as 'harbour strike'")
        filters = check_filters(filters)
        time, where = read_filters(text, {**filters, "since": None, "until": None})
        since, until = filters.get("since"), filters.get("until")
        if since or until:
            _, between = read_filters("", Filters(since=since, until=until))
            where = replace(where, window=None, events=between.window)
        return cls(text=text, time=time, where=where, filters=filters)

    def build(self, answering: Answering, *, limit: int) -> _Built:
        """Return its timeline of at most `limit` entries, and notes on what was looked at.

        If the outlets that the topic names have nothing, it is that of all outlets.
        """
        inside = answering.searching.resolved(self.where)
        named = NamedOutlets(rest=self.text)
        if self.filters.get("read_outlets", True):
            named = answering.searching.outlets_in(self.text, inside)
        if named.outlets:
            from_named = replace(inside, sources=named.outlets)
            entries, notes = self._build(answering, named, from_named, limit)
            if entries:
                return entries, notes
        return self._build(answering, named, inside, limit)

    def _build(
        self, answering: Answering, named: NamedOutlets, where: SearchFilter, limit: int
    ) -> _Built:
        held = answering.searching.held(where)
        notes = notes_on(self.text, self.filters, self.time, where, held=held, named=named)
        if held is not None and not held.places:
            return [], notes
        looked_at = where if held is None else replace(where, articles=held.articles)
        part = read_part(named.rest, answering.embedder)
        found = answering.searching.find(part, looked_at, _PASSAGES)
        entries = build_timeline(
            part,
            found,
            answering.store,
            notices=answering.searching.find_notices(part, found, looked_at),
            window=where.events,
            most=limit,
        )
        return entries, notes
