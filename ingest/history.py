"""Decide which record of an id is the article, and what becomes of the others.

The greatest rank wins: version number, then dates. Of one rank, as undated records are,

    - a withdrawal wins over articles, and of two withdrawals the greater content hash,
    - of articles the one that first appears last: by the times when their files were changed, in
      seconds, then by the names of their inputs, then by their places in them,
    - but nothing that the archive holds as an older version, wherever it is repeated,
    - and what is stored gives way to what is new if it is not given again: that is an edit. To an
      older version, or from withdrawal to article, it gives way only if its inputs lack it now.

One rule is above the ranks: an article gives way to what one of its own inputs gives in its place,
if all of its inputs lack it now. That is a record that was mended, its date or version perhaps. An
input whose file is gone lacks it here, as a file may be moved before it is mended.

So it depends on what was stored and what the inputs give, not on the order in which that comes.
Which of tied articles wins is known when all is read, and nothing is written of a tie before that:
then a run that was killed and begun again decides alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from ingest.decisions import Decision, Outcome, Record, RecordPlace, Recount


class Origin(IntEnum):
    """What a content was in the archive when the run began."""

    NONE = 0
    VERSION = 1
    ARTICLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a record says; `place` is where it first appears, None while no record gave it.

    `kept` is what the archive holds by now, as the article, its withdrawal or a version.
    """

    hash: str
    rank: str
    withdrawn: bool = False
    origin: Origin = Origin.NONE
    kept: bool = False
    place: RecordPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The newest content, which is the article or its withdrawal, and what that makes of others.

    Versions up to the rank `gone` were withdrawn; `updates` says that an article was stored that
    was not.
    """

    newest: Content
    gone: str
    updates: bool

    def outcome(self, content: Content) -> Outcome:
        """Return what a content has become."""
        if content.hash != self.newest.hash:
            taken_back = content.withdrawn or self.newest.withdrawn or content.rank <= self.gone
            return Outcome.WITHDRAWN if taken_back else Outcome.EARLIER
        if content.withdrawn:
            return Outcome.WITHDRAWN
        if content.origin is Origin.ARTICLE:
            return Outcome.UNCHANGED
        return Outcome.UPDATED if self.updates else Outcome.NEW

    def misses(self, content: Content) -> bool:
        """Say whether a content is a version that the archive does not hold yet."""
        return not content.kept and self.outcome(content) is Outcome.EARLIER


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of one id; its contents by their hashes.

    `written` is the content that the archive holds as the article or as its withdrawal, `gone` the
    rank up to which others were withdrawn. What was stored when the run began is `abandoned` if
    its inputs were read and lack it now, and gives way then to what this run gave.
    """

    contents: Mapping[str, Content] = field(default_factory=dict)
    written: str = ""
    gone: str = ""
    abandoned: bool = False

    def standing(self) -> Standing:
        """Return how things stand by what is known now; something must be."""
        contents = self.contents.values()
        newest = max(contents, key=self._order)
        gone = max((self.gone, *(c.rank for c in contents if c.withdrawn and c != newest)))
        updates = any(
            c.origin is Origin.ARTICLE and not c.withdrawn and c.rank > gone for c in contents
        )
        return Standing(newest=newest, gone=gone, updates=updates)

    def take(self, record: Record, *, all_read: bool) -> tuple["History", Decision]:
        """Return the history with one more record, and what becomes of that.

        Ties between articles, and what becomes of unlike ones, are decided once all is read.
        """
        known = self.contents.get(record.content_hash)
        content = _given(record, known)
        after = self._with(content)
        standing = after.standing()
        wanted = standing.newest == content and self.written != content.hash
        misses = standing.misses(content)
        is_open = record.unlike or after._is_tied(content)
        waits = not all_read and (wanted or misses) and is_open
        writes, keeps = wanted and not waits, misses and not waits
        decision = Decision(
            outcome=Outcome.REPEATED if known and known.place else standing.outcome(content),
            write=writes,
            keep_version=keeps or (writes and after._keeps_written(standing)),
            recounts=self.recounts(after),
            forget_versions=self._is_taken_back_by(content, standing),
            unsettled=waits or (not all_read and after.may_give_way()),
        )
        if writes or keeps:
            after = after._with(replace(content, kept=True))
        written = content.hash if writes else self.written
        return replace(after, written=written, gone=standing.gone), decision

    def recounts(self, after: "History") -> tuple[Recount, ...]:
        """Return what this run gave so far and is counted otherwise in `after`."""
        return tuple(sorted(recount for _, recount in self.recounts_by_place(after)))

    def recounts_by_place(self, after: "History") -> list[tuple[RecordPlace, Recount]]:
        """Return what is counted otherwise in `after`, with the place that gave it."""
        given = [(content, content.place) for content in self.contents.values() if content.place]
        if not given:
            return []
        before, then = self.standing(), after.standing()
        pairs = [
            (place, Recount(before.outcome(content), then.outcome(after.contents[content.hash])))
            for content, place in given
            if content.hash in after.contents
        ]
        return [(place, recount) for place, recount in pairs if recount.was is not recount.now]

    def without(self, content_hash: str) -> "History":
        """Return the history without a content, which turned out to be of another article."""
        contents = {key: one for key, one in self.contents.items() if key != content_hash}
        return replace(self, contents=contents)

    def may_give_way(self) -> bool:
        """Say whether what is stored must give way to what this run gave if its inputs lack it."""
        newest = self.standing().newest
        if newest.place or self.abandoned:
            return False
        if self.may_give_way_to_equal() or newest.withdrawn:
            return self.may_give_way_to_equal()
        return any(c.place and not c.withdrawn for c in self.contents.values())

    def may_give_way_to_equal(self) -> bool:
        """Say whether this run gave something of the rank of what is stored, which it did not."""
        newest = self.standing().newest
        if newest.place or self.abandoned:
            return False
        return any(c.place and c.rank == newest.rank for c in self.contents.values())

    def unwritten(self) -> list[Content]:
        """Return what this run gave and the archive does not hold as what it is."""
        standing = self.standing()
        given = [content for content in self.contents.values() if content.place]
        newest = [c for c in given if c == standing.newest and c.hash != self.written]
        return newest + [content for content in given if standing.misses(content)]

    def _order(self, content: Content) -> tuple[bool, str, int, tuple[str, int]]:
        """Return what a content is ordered by among those of its id."""
        is_stored = content.origin is Origin.ARTICLE
        stands = content.place is not None or not self.abandoned
        if is_stored and not stands:
            return stands, content.rank, 1, _NOWHERE
        if content.withdrawn:
            return stands, content.rank, 5, (content.hash, 0)
        if content.place:
            kind = 2 if content.origin is Origin.VERSION else 4
            return stands, content.rank, kind, content.place.comes
        return stands, content.rank, 3 if is_stored else 0, _NOWHERE

    def _with(self, content: Content) -> "History":
        return replace(self, contents={**self.contents, content.hash: content})

    def _is_tied(self, content: Content) -> bool:
        """Say whether another article has the same rank and nothing a greater one."""
        if content.withdrawn or content.rank != self.standing().newest.rank:
            return False
        others = (c for c in self.contents.values() if c.hash != content.hash)
        return any(c.rank == content.rank and not c.withdrawn for c in others)

    def _keeps_written(self, standing: Standing) -> bool:
        """Say whether what is written so far stays as a version of what takes its place."""
        before = self.contents.get(self.written)
        return before is not None and standing.outcome(before) is Outcome.EARLIER

    def _is_taken_back_by(self, content: Content, standing: Standing) -> bool:
        """Say whether a withdrawal that is older than the article takes back versions of it."""
        if not content.withdrawn or standing.newest.withdrawn:
            return False
        return standing.gone > self.standing().gone


_NOWHERE = ("", 0)


def _given(record: Record, known: Content | None) -> Content:
    """Return a content as one more record gives it."""
    if known is None:
        return Content(
            hash=record.content_hash,
            rank=record.rank,
            withdrawn=record.withdrawn,
            place=record.place,
        )
    # A stored version's rank is by the day alone, where its record has the hour too.
    places = (record.place, known.place or record.place)
    place = min(places, key=lambda place: place.comes)
    return replace(known, rank=record.rank, place=place)
