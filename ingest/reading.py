"""Read a file in a process of its own, and prepare what it gives for the archive.

Articles whose content the archive holds already are handed on as they are, without the work of
indexing them; for that the process is given the known contents as a sorted array.
"""

import io
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.articles import Made, Withdrawal, make_article
from ingest.day_order import DayOrder
from ingest.found import FoundRecord, Reason, Skip
from ingest.index import index_article
from ingest.inputs import Input
from ingest.sources import read_input
from rag.records import Article
from rag.store.model import IndexedArticle

# A message holds so many records, or what came in so long; a reader that is silent is taken for
# stuck, so it speaks after every record that took long.
_RECORDS = 32
_CHARACTERS = 1_000_000
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a file's records: every `of`-th, from the one at `number` on.

    Several processes read all of a file and each works on its share: most of the work on a record
    comes after it is read. Records before `first`, and those in `without`, are passed over. Of a
    share that is read `carefully` each record is handed on alone, and announced before.
    """

    path: Path
    number: int = 0
    of: int = 1
    first: int = 0
    without: frozenset[int] = frozenset()
    carefully: bool = False

    def has(self, place: int) -> bool:
        """Say whether the record at a place of the file is to be worked on."""
        is_mine = place % self.of == self.number and place >= self.first
        return is_mine and place not in self.without


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One record: an article, a withdrawal or a skip; `indexed` is None where it is known.

    `number` is its place among the records of its file. It is `unlike` if it has nothing in common
    with what its file gave under its id before.
    """

    result: Made | Withdrawal | Skip
    number: int = 0
    whole: bool = False
    indexed: IndexedArticle | None = None
    unlike: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The record that is worked on now: its place in its file, its input and its line there."""

    number: int
    path: str
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Records of a file, or the one that is `begun`; and how many bytes have been read by now."""

    records: tuple[Read, ...]
    bytes_read: int
    begun: Begun | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFiles:
    """Makes the function that reads a file; `known` gives the array of `sorted_contents`."""

    passage_words: int
    known: Callable[[], NDArray[np.uint64]] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore_expiry: bool = False
    pages: bool = False

    def __call__(self) -> Callable[[Part], Iterator[Piece]]:
        """Return the function, in the process that will read."""
        known = _NOTHING if self.known is None else self.known()
        return lambda part: self._read(part, known)

    def _read(self, part: Part, known: NDArray[np.uint64]) -> Iterator[Piece]:
        counted = _CountedFile()
        records: list[Read] = []
        characters, began = 0, time.monotonic()
        source = replace(_counting_input(part.path, self.columns, counted), pages=self.pages)
        again = replace(Input.of_file(part.path, self.columns), pages=self.pages)
        order = DayOrder(lambda: read_input(again))
        for place, found in enumerate(read_input(source)):
            if part.has(place):
                if part.carefully:
                    begun = Begun(number=place, path=found.path, line=found.line)
                    yield Piece(records=(), bytes_read=counted.bytes_read, begun=begun)
                record = replace(self._record(found, known, order), number=place)
                records.append(record)
                characters += len(record.indexed.article.text) if record.indexed else 0
            late = part.carefully or time.monotonic() - began > _SECONDS
            if late or len(records) >= _RECORDS or characters >= _CHARACTERS:
                yield Piece(records=tuple(records), bytes_read=counted.bytes_read)
                records, characters, began = [], 0, time.monotonic()
        yield Piece(records=tuple(records), bytes_read=counted.bytes_read)

    def _record(
        self, found: FoundRecord | Skip, known: NDArray[np.uint64], order: DayOrder
    ) -> Read:
        """Return a record as it was prepared; what cannot be, for whatever reason, is a skip."""
        try:
            return self._prepared(found, known, order)
        except Exception as error:  # noqa: BLE001  one record must not cost the others
            why = _WHY.get(type(error), f"an error of Dateline's own came up: {error!r}")
            return Read(result=stuck_record(why, found.path, found.line))

    def _prepared(
        self, found: FoundRecord | Skip, known: NDArray[np.uint64], order: DayOrder
    ) -> Read:
        if isinstance(found, Skip):
            return Read(result=found)
        result = make_article(
            found, day_first=order.of(found.fields), ignore_expiry=self.ignore_expiry
        )
        indexed = None
        if isinstance(result, Made) and not _holds(known, result.article):
            indexed = index_article(result.article, words=self.passage_words)
        return Read(result=result, whole=found.line is None, indexed=indexed)


_WHY = {
    MemoryError: "there was not enough memory for it",
    RecursionError: "it is nested too deep",
}


def stuck_record(why: str, path: str, line: int | None) -> Skip:
    """Return the skip of a record that stopped, or would have stopped, what worked on it."""
    detail = f"{why}; this record was left out, and those around it were read"
    return Skip(reason=Reason.STUCK, detail=detail, path=path, line=line)


_NOTHING: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)


def sorted_contents(hashes: Iterator[str], count: int) -> NDArray[np.uint64]:
    """Return the first 64 bits of content hashes, sorted, for readers to look up."""
    numbers = np.fromiter((int(h[:16], 16) for h in hashes), dtype=np.uint64, count=count)
    numbers.sort()
    return numbers


def _holds(known: NDArray[np.uint64], article: Article) -> bool:
    """Say whether a content is known; a wrong yes costs no more than indexing it later."""
    number = np.uint64(int(article.content_hash[:16], 16))
    place = int(np.searchsorted(known, number))
    return place < len(known) and known[place] == number


class _CountedFile:
    """How much of a file was read, for progress."""

    def __init__(self) -> None:
        self.bytes_read = 0

    def open(self, path: Path) -> io.BufferedReader:
        # Each reader begins anew: looking at the head is not progress.
        self.bytes_read = 0
        return io.BufferedReader(_CountedRaw(path, self))


class _CountedRaw(io.FileIO):
    def __init__(self, path: Path, counted: _CountedFile) -> None:
        super().__init__(path)
        self._counted = counted

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        self._counted.bytes_read += count or 0
        return count

    def readall(self) -> bytes:
        data = super().readall()
        self._counted.bytes_read += len(data)
        return data


def _counting_input(path: Path, columns: Mapping[str, str], counted: _CountedFile) -> Input:
    named = Input.of_file(path, columns)
    return Input(name=named.name, opener=lambda: counted.open(path), columns=named.columns)
