"""What the values cost: the time of an answer with and without who reported what.

Both are asked in turn in one process with one thread, and what counts is the processor time of the
process. So other programs on the machine change little.
"""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial

from bench import data
from bench.invented import BEATS
from bench.machine import spent
from bench.tables import Table
from rag.answering import Answering
from rag.answering_parts import PartAnswering
from rag.archive import Archive
from rag.evidence.reader import best_of_each_article
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import Decided
from rag.evidence.values.notices import find_notices
from rag.evidence.values.opinions import news_first
from rag.evidence.values.restating import restate
from rag.evidence.values.weighing import Weighed
from rag.models.embedding import load_embedder
from rag.models.reading import load_reading_model
from rag.question.asked import AskedPart, AskedQuestion
from rag.settings import load_settings
from rag.store import open_store

_EVERY = 3


class _PartsWithoutValues(PartAnswering):
    """Answers a part with corrections, and without looking for who else reported what."""

    def _weigh(
        self, part: AskedPart, asked: AskedQuestion, found: Sequence[FoundPassage]
    ) -> Weighed:
        searching = self.searching
        read, _ = self._read(part, found)
        sure = [piece for piece in read.sentences if piece.confidence >= self.threshold]
        notices = find_notices(
            part, sure, found, searching.store, searching.embedder, where=asked.where
        )
        every = [*found, *self._readable(notices)]
        corrections = Corrections.of(every)
        restated = restate(part, corrections.noted(read.sentences), corrections, every)
        evidence = news_first(
            part, best_of_each_article(restated.sentences), threshold=self.threshold
        )
        return Weighed(evidence=evidence, decided=Decided())


class _WithoutValues(Answering):
    """Answers so each part of a question."""

    @property
    def parts(self) -> PartAnswering:
        return _PartsWithoutValues(self.searching, self.reader, self.threshold)


def time_table() -> Table:
    """Return the median processor time of an answer with and without its values."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for location, questions, now in _asked():
        settings = load_settings(archive=location, threads=1)
        with closing(open_store(settings)) as store:
            answerers = {
                is_with: Archive(
                    kind(
                        store=store,
                        embedder=load_embedder(settings),
                        threshold=settings.answer_threshold,
                        reader=load_reading_model(settings),
                    )
                )
                for is_with, kind in ((True, Answering), (False, _WithoutValues))
            }
            for archive in answerers.values():
                archive.ask(questions[0], now=now)
            for number, question in enumerate(questions):
                # Each comes first half of the time, as what was read by the other is warm.
                for is_with in (True, False) if number % 2 else (False, True):
                    archive = answerers[is_with]
                    times[is_with].append(spent(partial(archive.ask, question, now=now)))
    differences = [ours - plain for ours, plain in zip(times[True], times[False], strict=True)]
    return _table(times, differences)


def _table(times: dict[bool, list[float]], differences: Sequence[float]) -> Table:
    table = Table(
        title=f"Who reported what: processor time of {len(differences)} answers, one thread",
        columns=["what", "with", "without", "ratio", "ms more"],
    )
    for name, of in (("median", statistics.median), ("mean", statistics.fmean)):
        ours, plain = of(times[True]), of(times[False])
        table.add(
            name,
            f"{1000 * ours:.0f} ms",
            f"{1000 * plain:.0f} ms",
            f"{ours / plain:.2f}",
            f"{1000 * of(differences):.0f}",
        )
    return table


def _asked() -> Iterator[tuple[str, list[str], str | None]]:
    """Yield each archive with some of its questions and the day on which they are asked."""
    planted = data.read_lines(data.ROOT / "bench" / "sample-values.jsonl")
    some = data.sample_questions()[::_EVERY]
    yield data.sample_archive(), [record["question"] for record in (*some, *planted)], None
    for name in BEATS.names:
        questions = [record["question"] for _, record in BEATS.records(name, "questions")][::_EVERY]
        yield BEATS.location(name), questions, BEATS.now(name)
