"""Time expressions found and normalised in TimeBank and AQUAINT texts, scored as in TempEval-3.

The files are split in two halves by the checksum of their names. Rules were written looking at the
errors on the first half only, so the second says what they are worth on news not seen.
"""

import re
import time
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bench import data
from bench.tables import Table
from rag.text.calendar import WHOLE_MONTH
from rag.text.sentences import split_sentences
from rag.timex import find_times

_SPEED_ROUNDS = 3
# What one would write without a tagger: a month and its day, or a year.
_PLAIN_DATES = re.compile(
    rf"\b{WHOLE_MONTH}"
    r" \d{1,2}(?:, \d{4})?\b|\b(?:19|20)\d\d\b"
)


class Timex(NamedTuple):
    """A time expression as the scorer sees it; offsets into the text, end exclusive."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """An annotated news text with the day it was written."""

    name: str
    text: str
    created: date | datetime
    gold: tuple[Timex, ...]


@dataclass(slots=True)
class Scores:
    """Counts over texts, and the TempEval-3 measures that follow from them, all 0 to 1.

    Source: UzZaman et al. 2013, "SemEval-2013 Task 1: TempEval-3", section 4, and the entity
    scorer of its toolkit. `type` and `value` are F1: relaxed F1 times the attribute's accuracy
    over the expressions that match relaxed.
    """

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    types: int = 0
    values: int = 0

    def add(self, gold: Iterable[Timex], found: Iterable[Timex]) -> None:
        """Count one text."""
        gold, found = list(gold), list(found)
        pairs = matches(gold, found)
        self.gold += len(gold)
        self.found += len(found)
        self.relaxed += len(pairs)
        self.strict += sum(g[:2] == f[:2] for g, f in pairs)
        self.types += sum(g.type == f.type for g, f in pairs)
        self.values += sum(g.value == f.value for g, f in pairs)

    def precision(self, matched: int) -> float:
        """Return the share of the found expressions."""
        return matched / self.found if self.found else 0.0

    def recall(self, matched: int) -> float:
        """Return the share of the expressions that are there."""
        return matched / self.gold if self.gold else 0.0

    def f1(self, matched: int) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.found + self.gold
        return 2 * matched / both if both else 0.0


def measure() -> list[Table]:
    """Return the scores of both halves and of all texts, and the speed."""
    texts = list(timed_texts())
    return [scored(texts), _speed(texts)]


def scored(texts: list[TimedText]) -> Table:
    """Return the scores of both halves of some texts and of all."""
    halves = {
        "tuned on": [text for text in texts if is_tuning(text.name)],
        "not looked at": [text for text in texts if not is_tuning(text.name)],
        "all": texts,
    }
    table = Table(
        title=f"Time expressions, {len(texts)} texts of TimeBank and AQUAINT (TempEval-3 measures)",
        columns=[
            *("half", "texts", "gold", "strict P", "strict R", "strict F1"),
            *("relaxed P", "relaxed R", "relaxed F1", "type F1", "value F1"),
        ],
    )
    for name, half in halves.items():
        _add_scores(table, name, half)
    table.notes.append(
        "Published on the related TempEval-3 platinum texts: HeidelTime 90.3 relaxed, 81.3 strict, "
        "77.6 value; UWTime 82.4 value."
    )
    return table


def timed_texts() -> Iterator[TimedText]:
    """Yield the annotated texts in the order of their names.

    Raises:
        DataMissing: the folder is not there.
    """
    folder = data.DATA / "timeml"
    paths = sorted(folder.glob("*.tml"))
    if not paths:
        raise data.DataMissing(f"{folder} has no .tml; set DATELINE_BENCH_DATA to its parent")
    yield from map(read_timeml, paths)


def read_timeml(path: Path) -> TimedText:
    """Return the body of a TimeML file as plain text, with the TIMEX3 in it and its DCT."""
    root = ET.parse(path).getroot()
    created = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if created is None or body is None:
        raise ValueError(f"{path} has no creation time or no text")
    pieces: list[str] = []
    gold: list[Timex] = []
    _flatten(body, pieces, gold)
    value = created.get("value", "")
    return TimedText(
        name=path.name,
        text="".join(pieces),
        created=datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value),
        gold=tuple(gold),
    )


def is_tuning(name: str) -> bool:
    """Say whether a file belongs to the half on which the rules were tuned."""
    return zlib.crc32(name.encode()) % 2 == 1


def matches(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Return pairs that overlap, each expression in one pair at most, equal extents first."""
    by_extent = {f[:2]: f for f in found}
    pairs = [(g, by_extent[g[:2]]) for g in gold if g[:2] in by_extent]
    left = [g for g in gold if g[:2] not in by_extent]
    taken = {f[:2] for _, f in pairs}
    for g in left:
        for f in found:
            if f[:2] not in taken and f.start < g.end and g.start < f.end:
                taken.add(f[:2])
                pairs.append((g, f))
                break
    return pairs


def tag(text: TimedText) -> list[Timex]:
    """Return what the tagger finds in a text."""
    found = find_times(text.text, text.created)
    return [Timex(e.start, e.end, e.type, e.value) for e in found]


def _flatten(element: ET.Element, pieces: list[str], gold: list[Timex]) -> None:
    """Append the text below an element, and the TIMEX3 with the offsets they have in it."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _flatten(child, pieces, gold)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3":
        end = sum(map(len, pieces))
        gold.append(Timex(start, end, element.get("type", ""), element.get("value", "")))


def _add_scores(table: Table, name: str, texts: list[TimedText]) -> None:
    scores = Scores()
    for text in texts:
        scores.add(text.gold, tag(text))
    numbers = [
        measured(matched)
        for matched in (scores.strict, scores.relaxed)
        for measured in (scores.precision, scores.recall, scores.f1)
    ]
    numbers += [scores.f1(scores.types), scores.f1(scores.values)]
    table.add(name, str(len(texts)), str(scores.gold), *(f"{100 * n:.1f}" for n in numbers))


def _speed(texts: list[TimedText]) -> Table:
    """Return the speed sentence by sentence, as ingest calls it, beside one plain pattern."""
    sentences = [
        (text.text[span.start : span.end], text.created)
        for text in texts
        for span in split_sentences(text.text)
    ]
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(_SPEED_ROUNDS):
        start = time.perf_counter()
        for sentence, created in sentences:
            find_times(sentence, created)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        for sentence, _ in sentences:
            _PLAIN_DATES.findall(sentence)
        plain.append(time.perf_counter() - start)
    table = Table(
        title="Time expressions, speed on one core",
        columns=["what", "value", "beside", "ratio"],
    )
    table.add(
        "sentences/s",
        f"{len(sentences) / min(ours):,.0f}",
        f"a pattern for months and years: {len(sentences) / min(plain):,.0f}",
        f"{min(plain) / min(ours):.2f}",
    )
    return table
