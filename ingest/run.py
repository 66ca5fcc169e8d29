"""Run an ingest: these are its steps, in order.

    plan      which files changed, and which are gone
    words     every file that changed, in processes of their own; what is new is written at once
    settle    ties are decided, what no input holds any more goes, copies are put together
    serve     from here on the archive is searched, by its words
    vectors   what has none yet, in processes of their own; served again at the end

A run may be stopped anywhere, by a kill too: what was written stays, and the next run goes on.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.catalog import Catalog
from ingest.intake import Intake
from ingest.interrupts import may_be_killed
from ingest.plan import Options, Plan, make_plan
from ingest.progress import Progress
from ingest.removal import Removal
from ingest.report import Report
from ingest.resplitting import SENTENCES_MARK, split_again
from ingest.retagging import TIMES_MARK, read_times_again
from ingest.scratch import scratch_folder
from ingest.settling import settle
from ingest.tally import Tally
from ingest.vector_pass import VectorPass
from ingest.word_pass import WordPass
from rag.errors import ArchiveError
from rag.models.embedding import Embedder
from rag.store.copying import COPY_MARK
from rag.store.interface import Builder
from rag.store.model import ArticleHead, FileMark, Hidden, Manifest

__all__ = ["Options", "ingest"]

# With fewer to embed it takes about a minute, and one generation does.
_WORTH_SERVING_WORDS = 500
# A long embedding is served as it grows; beginning a generation copies some of the one before.
_SERVE_SECONDS = 3600.0

_DEFAULTS = Options()


def ingest(
    sources: Iterable[Path],
    *,
    builder: Builder,
    embedder: Embedder,
    passage_words: int,
    options: Options = _DEFAULTS,
    progress: Progress | None = None,
) -> Report:
    """Bring the archive up to date with the sources and serve it; return what was done.

    Raises:
        ArchiveError: the archive cannot be written, or there is no room for the next step.
        ModelError: the embedder fails.
    """
    run = _Run(
        builder=builder,
        passage_words=passage_words,
        options=options,
        progress=progress or Progress(),
        vectors=VectorPass(builder=builder, embedder=embedder, options=options),
    )
    return run.run(list(sources))


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run: what it was given, and what it has counted so far."""

    builder: Builder
    passage_words: int
    options: Options
    progress: Progress
    vectors: VectorPass
    tally: Tally = field(default_factory=Tally)
    written: int = 0
    removal: Removal = field(default_factory=Removal)
    replaced: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def run(self, sources: list[Path]) -> Report:
        """Do all of it."""
        marks = {mark.path: mark for mark in self.builder.marks()}
        if COPY_MARK in marks:
            raise ArchiveError(
                "a copy into this archive was not finished, so it has only a part of the articles; "
                "run 'dateline copy' again, and ingest then"
            )
        plan = make_plan(sources, marks, self.options)
        for skip in plan.skips:
            self.tally.skip(skip)
        for note in plan.notes:
            self.tally.note(note)
        for file in plan.marked:
            self.tally.add(Tally.unread(marks[file.name].gave))
        if plan.changed or plan.gone or self.builder.resumed:
            self._update(plan)
        if not self.options.dry_run:
            self._split_again(marks)
            read_times_again(self.builder, marks.get(TIMES_MARK))
        self._note_time("read")
        manifest = None if self.options.dry_run else self._serve()
        self._note_time("complete")
        return self._report(plan, manifest)

    def _note_time(self, name: str) -> None:
        self.seconds[name] = time.monotonic() - self.began

    def _update(self, plan: Plan) -> None:
        """Read what changed and settle what follows from it."""
        with (
            scratch_folder() as scratch,
            closing(Catalog(scratch / "catalog.sqlite", plan.there.order_of)) as catalog,
        ):
            cut_off = self._load(catalog, plan)
            intake = Intake(
                self.builder,
                catalog,
                passage_words=self.passage_words,
                dry_run=self.options.dry_run,
            )
            words = WordPass(
                catalog=catalog,
                intake=intake,
                options=self.options,
                passage_words=self.passage_words,
                progress=self.progress,
                scratch=scratch,
            )
            intake.put_again(cut_off)
            self.tally.add(words.read(plan.changed, plan.begun))
            # What is read again after that was counted.
            self.tally.recount(intake.recounts)
            settled = settle(
                plan, builder=self.builder, catalog=catalog, words=words, options=self.options
            )
            self.tally.recount(settled.recounts)
            for note in settled.notes:
                self.tally.note(note)
            for skip in words.lost:
                self.tally.skip(skip)
            self.removal, self.replaced = settled.removal, settled.replaced
            self.written = intake.written

    def _split_again(self, marks: Mapping[str, FileMark]) -> None:
        split = split_again(
            self.builder, marks.get(SENTENCES_MARK), passage_words=self.passage_words
        )
        if split:
            self.progress.say(f"{split:,} stored articles were cut into other sentences")
        self.written += split

    def _load(self, catalog: Catalog, plan: Plan) -> list[str]:
        """Fill the catalog; return the articles whose writing was cut off."""
        cut_off: list[str] = []

        def heads() -> Iterator[ArticleHead]:
            for head in self.builder.heads():
                if head.writing:
                    cut_off.append(head.id)
                yield head

        catalog.load(heads())
        catalog.places.miss(plan.missing(catalog.places.paths()))
        unchanged = {file.name for file in plan.marked}
        for path in catalog.places.paths():
            if plan.there.file_of(path) in unchanged:
                catalog.see(path)
        return cut_off

    # -- serve ----------------------------------------------------------------------------------

    def _serve(self) -> Manifest | None:
        """Serve what was read, embed what lacks vectors, and serve that."""
        waiting = self.builder.waiting()
        manifest: Manifest | None = None
        if (self.written or self.builder.resumed) and waiting >= _WORTH_SERVING_WORDS:
            manifest = self._publish()
            self._note_time("searchable")
            self.progress.say(
                f"{manifest.articles:,} articles can be searched by words now; "
                "their vectors are being computed"
            )
        if waiting:
            with self.progress.step("embedding", waiting, "articles") as step:
                while self.vectors.embed_for(_SERVE_SECONDS, step.advance):
                    manifest = self._publish()
        # A wrong path or a folder of pictures leaves no empty archive behind.
        if self.builder.unpublished or self.builder.has_served:
            manifest = self._publish()
        self.seconds.setdefault("searchable", time.monotonic() - self.began)
        return manifest

    def _publish(self) -> Manifest:
        with may_be_killed():
            return self.builder.publish()

    # -- report ---------------------------------------------------------------------------------

    def _report(self, plan: Plan, manifest: Manifest | None) -> Report:
        is_done = self.options.dry_run or not self.removal.refused
        return Report(
            files=len(plan.files) + plan.unread,
            unread=len(plan.marked),
            records=self.tally.records,
            outcomes=+self.tally.outcomes,
            removed=self.replaced + (len(self.removal.articles) if is_done else 0),
            embedded=self.vectors.articles,
            embedded_sentences=self.vectors.sentences,
            skipped=tuple(self.tally.skips),
            notes=tuple(self.tally.notes),
            articles=manifest.articles if manifest else 0,
            passages=manifest.passages if manifest else 0,
            copies=manifest.copies if manifest else 0,
            clusters=manifest.clusters if manifest else 0,
            hidden=Hidden() if manifest is None else self.builder.hidden(datetime.now(UTC)),
            removal=self.removal,
            passed=plan.passed,
            seconds=self.seconds,
            dry_run=self.options.dry_run,
        )
