"""The ingest run: sources -> articles found by their words -> the same with vectors, and a report.

    read      every file that changed, in processes of their own; what is new is written at once
    settle    articles that no input holds any more go, copies are put together
    serve     from here on the archive is searched, by its words
    embed     what has no vectors yet, in processes of their own; served again at the end

A run may be stopped anywhere, by a kill too: what was written stays, and the next run goes on.
"""

import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.catalog import Catalog
from ingest.copies import Signed, find_clusters
from ingest.embedding import Embed, passage_vectors, sentences_of
from ingest.files import File, Found, find
from ingest.found import Reason, Skip
from ingest.intake import Intake
from ingest.interrupts import may_be_killed
from ingest.pool import Ended, Gave, Pool
from ingest.progress import Progress
from ingest.reading import Part, Piece, ReadFiles, save_contents
from ingest.report import Report, Tally
from rag.embedding import Embedder, Vectors
from rag.errors import ModelError
from rag.event_times import TAGGER, with_times
from rag.store.model import ArticleHead, Builder, FileMark, Manifest, StoredArticle

# Change it when files are read otherwise than before: then all of them are read again.
_READING = 1
# A smaller file is read in less time than it takes to start a second process.
_WORTH_SHARING_BYTES = 1_000_000
# The mark that says by which tagger the times of the stored articles were read; no file's name.
_TIMES = "\0times"
# Articles embedded by one task, few so that no process waits long at the end, and written at once.
_TASK_ARTICLES = 4
# So many are embedded in the time that it takes to start a process.
_FEW_ARTICLES = 8
_BATCH_ARTICLES = 32
# With fewer to embed it takes about a minute, and one generation does.
_WORTH_SERVING_WORDS = 500
# A long embedding is served as it grows; beginning a generation copies the one before.
_SERVE_SECONDS = 3600.0
# A file with more skips than this is read again each time rather than remembered.
_SKIPS_REMEMBERED = 1000
# An embedding process may take this long for its few articles on a slow machine.
_EMBEDDING_SECONDS = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about it; none of this changes the archive, but for what is deleted.

    `workers` processes read; `embedding_workers` embed what is more than a few articles, each with
    an embedder that `load_embedder` gives it; 0 does it in this process. A record that
    takes longer than `record_seconds` costs its file, a file over `max_file_bytes` is skipped (0:
    none is). `columns` names the columns of tables. `delete_missing` removes articles whose inputs
    under the sources are gone, `dry_run` writes nothing.
    """

    workers: int = 0
    embedding_workers: int = 0
    load_embedder: Callable[[], Embedder] | None = None
    record_seconds: float = 120.0
    max_file_bytes: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    delete_missing: bool = False
    dry_run: bool = False

    @property
    def reading(self) -> str:
        """A name for how files are read: what else than a file's content decides what it gives."""
        decides = [_READING, sorted(self.columns.items()), self.max_file_bytes]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:12]


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
    """
    run = _Run(
        builder=builder,
        embedder=embedder,
        passage_words=passage_words,
        options=options,
        progress=progress or Progress(),
    )
    return run.run(list(sources))


@dataclass(slots=True)
class _Run:
    """One run: what it was given, and what it has counted so far."""

    builder: Builder
    embedder: Embedder
    passage_words: int
    options: Options
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    written: int = 0
    removed: int = 0
    embedded: int = 0
    embedded_sentences: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def run(self, sources: list[Path]) -> Report:
        """Do all of it."""
        files = self._find(sources)
        marks = {mark.path: mark for mark in self.builder.marks()}
        marked = [file for file in files if file.is_marked(marks)]
        changed = [file for file in files if not file.is_marked(marks)]
        for file in marked:
            self.tally.add(Tally.unread(marks[file.name].gave))
        there = Found(sources, files)
        gone = [path for path in marks if there.is_missing(path)] if self._may_delete(files) else []
        if changed or gone or self.builder.resumed:
            self._update(changed, marked, gone, there)
        if not self.options.dry_run:
            self._read_times_again(marks.get(_TIMES))
        self.seconds["read"] = time.monotonic() - self.began
        manifest = None if self.options.dry_run else self._serve()
        self.seconds["complete"] = time.monotonic() - self.began
        return self._report(len(files), len(marked), manifest)

    # -- read -----------------------------------------------------------------------------------

    def _find(self, sources: list[Path]) -> list[File]:
        """Return the files to read; those too large, and what is no file, are skips."""
        files: list[File] = []
        limit = self.options.max_file_bytes
        for found in find(sources, reading=self.options.reading):
            if isinstance(found, Skip):
                self.tally.skip(found)
            elif limit and found.size > limit:
                detail = f"it has {found.size / 1e6:,.1f} MB; raise DATELINE_MAX_FILE_MB to read it"
                self.tally.skip(Skip(reason=Reason.TOO_LARGE, detail=detail, path=found.name))
            else:
                files.append(found)
        return files

    def _may_delete(self, files: list[File]) -> bool:
        """Say whether what is not found is gone: not if a folder could not be read, or is empty."""
        unreadable = any(skip.reason is Reason.UNREADABLE for skip in self.tally.skips)
        return self.options.delete_missing and bool(files) and not unreadable

    def _update(
        self, changed: list[File], marked: list[File], gone: list[str], there: Found
    ) -> None:
        """Read what changed and settle what follows from it."""
        with tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
            catalog = Catalog(Path(scratch, "catalog.sqlite"))
            try:
                cut_off = self._load(catalog, marked, there)
                intake = Intake(
                    self.builder,
                    catalog,
                    passage_words=self.passage_words,
                    dry_run=self.options.dry_run,
                )
                intake.put_again(cut_off)
                known = save_contents(*catalog.hashes(), Path(scratch, "known.npy"))
                self.tally.add(self._read(changed, intake, known))
                self._settle(catalog, intake, gone, there, [*changed, *marked])
                self.tally.outcomes.update(intake.changes)
                self.written += intake.written
            finally:
                catalog.close()

    def _load(self, catalog: Catalog, marked: list[File], there: Found) -> list[str]:
        """Fill the catalog; return the articles whose writing was cut off."""
        cut_off: list[str] = []

        def heads() -> Iterator[ArticleHead]:
            for head in self.builder.heads():
                if head.writing:
                    cut_off.append(head.id)
                yield head

        catalog.load(heads())
        unchanged = {file.name for file in marked}
        for place in catalog.paths():
            if there.file_of(place) in unchanged:
                catalog.see(place)
        return cut_off

    def _read(self, files: list[File], intake: Intake, known: Path | None) -> Tally:
        """Take in what the files give; return the counts."""
        total = Tally()
        tallies = {file.path: Tally() for file in files}
        by_path = {file.path: file for file in files}
        parts = [part for file in files for part in self._parts(file, len(files))]
        left = Counter(part.path for part in parts)
        read_bytes = dict.fromkeys(parts, 0)
        readers: Pool[Part, Piece] = Pool(
            ReadFiles(passage_words=self.passage_words, known=known, columns=self.options.columns),
            workers=self.options.workers,
            patience_seconds=self.options.record_seconds,
        )
        size, records = sum(file.size for file in files), 0
        with readers, self.progress.step("reading", size, "B") as step:
            for event in readers.run(parts):
                part = event.task
                file, tally = by_path[part.path], tallies[part.path]
                if isinstance(event, Gave):
                    for read in event.value.records:
                        intake.take(read, tally)
                    now = min(event.value.bytes_read, file.size)
                    records += len(event.value.records)
                else:
                    left[part.path] -= 1
                    self._end_part(event, file, tally, intake, is_last=not left[part.path])
                    if not left[part.path]:
                        total.add(tally)
                    now = file.size
                step.advance(max(now - read_bytes[part], 0) // part.of, f"{records:,} records")
                read_bytes[part] = max(now, read_bytes[part])
            intake.flush()
        return total

    def _parts(self, file: File, files: int) -> list[Part]:
        """Return the shares in which a file is read: more than one where processes would idle."""
        of = self.options.workers // files if file.size >= _WORTH_SHARING_BYTES else 1
        return [Part(file.path, number, max(of, 1)) for number in range(max(of, 1))]

    def _end_part(
        self, event: Ended[Part], file: File, tally: Tally, intake: Intake, *, is_last: bool
    ) -> None:
        if event.failure:
            detail = f"{event.failure}; what it gave before that is kept, the next run tries again"
            intake.lose(Skip(reason=Reason.STUCK, detail=detail, path=file.name), tally)
        if not is_last:
            return
        stuck = any(skip.reason is Reason.STUCK for skip in tally.skips)
        if not stuck and len(tally.skips) + len(tally.notes) <= _SKIPS_REMEMBERED:
            mark = FileMark(path=file.name, state=file.state, gave=tally.to_dict())
            intake.finish(mark)

    # -- settle ---------------------------------------------------------------------------------

    def _settle(
        self,
        catalog: Catalog,
        intake: Intake,
        gone: list[str],
        there: Found,
        files: list[File],
    ) -> None:
        """Remove what no input holds, say where the rest is, and put copies together."""
        if gone:
            for place in catalog.paths():
                if there.is_missing(place):
                    catalog.drop_place(place)
        if self.options.delete_missing:
            for file in files:
                catalog.drop_members(file.name)
        catalog.drop_edited(records_too=self.options.delete_missing)
        homeless = catalog.homeless()
        self.removed = len(homeless)
        if self.options.dry_run:
            return
        older = self._files_of_versions(homeless, there, files)
        self.builder.remove(homeless)
        catalog.forget(homeless)
        if older:
            # A removed article had an older version in an input that is still there.
            self._read(older, intake, None)
        self.builder.set_paths(dict(catalog.moved()))
        self.builder.unmark(gone)
        if self.builder.unpublished:
            self._cluster()

    def _files_of_versions(
        self, article_ids: list[str], there: Found, files: list[File]
    ) -> list[File]:
        articles = self.builder.articles(article_ids).values()
        names = {there.file_of(v.path) for article in articles for v in article.versions}
        return [file for file in files if file.name in names]

    def _cluster(self) -> None:
        """Put near-identical articles together; a function of the articles, whatever came when."""
        current: dict[str, str] = {}

        def signed() -> Iterator[Signed]:
            for head in self.builder.heads():
                if head.cluster:
                    current[head.id] = head.cluster
                if head.signature and not head.withdrawn:
                    yield Signed(
                        article_id=head.id,
                        signature=head.signature,
                        source=head.source,
                        agency=head.agency,
                        published=head.published,
                        corrects=head.corrects,
                    )

        wanted = find_clusters(signed())
        changed = {i: wanted.get(i, "") for i in sorted(current.keys() | wanted.keys())}
        self.builder.set_clusters(
            {i: cluster for i, cluster in changed.items() if cluster != current.get(i, "")}
        )

    def _read_times_again(self, mark: FileMark | None) -> None:
        """Bring the times of stored articles up to date with the tagger, and only these."""
        if mark is not None and mark.state == str(TAGGER):
            return
        if mark is not None or self.builder.has_served:
            for stored in self.builder.everything():
                passages = with_times(stored.article, stored.passages)
                self.builder.set_times(
                    [new for new, old in zip(passages, stored.passages, strict=True) if new != old]
                )
        self.builder.mark([FileMark(path=_TIMES, state=str(TAGGER), gave={})])

    # -- serve and embed ------------------------------------------------------------------------

    def _serve(self) -> Manifest | None:
        """Serve what was read, embed what lacks vectors, and serve that."""
        waiting = self.builder.waiting()
        manifest: Manifest | None = None
        if (self.written or self.builder.resumed) and waiting >= _WORTH_SERVING_WORDS:
            manifest = self._publish()
            self.seconds["searchable"] = time.monotonic() - self.began
            self.progress.say(
                f"{manifest.articles:,} articles can be searched by their words now; "
                "the vectors follow"
            )
        if waiting:
            with self.progress.step("embedding", waiting, "articles") as step:
                while self._embed_for(_SERVE_SECONDS, step.advance):
                    manifest = self._publish()
        # A wrong path or a folder of pictures leaves no empty archive behind.
        if self.builder.unpublished or self.builder.has_served:
            manifest = self._publish()
        self.seconds.setdefault("searchable", time.monotonic() - self.began)
        return manifest

    def _publish(self) -> Manifest:
        with may_be_killed():
            return self.builder.publish()

    def _embed_for(self, seconds: float, advance: Callable[[int], None]) -> bool:
        """Embed until all is, or so long; say whether some is left."""
        end = time.monotonic() + seconds
        late = False

        def tasks() -> Iterator[_Task]:
            nonlocal late
            for articles in _grouped(self.builder.without_vectors(), _TASK_ARTICLES):
                late = time.monotonic() > end
                if late:
                    return
                yield _Task(articles)

        load, workers = self.options.load_embedder, self.options.embedding_workers
        if load is None or self.builder.waiting() <= _FEW_ARTICLES:
            load, workers = (lambda: self.embedder), 0
        pool: Pool[_Task, Vectors] = Pool(
            Embed(load=load),
            message=_Task.sentences,
            workers=workers,
            patience_seconds=_EMBEDDING_SECONDS,
        )
        batch: list[tuple[StoredArticle, Vectors]] = []
        with pool:
            for event in pool.run(tasks()):
                if isinstance(event, Gave):
                    event.task.vectors.append(event.value)
                    continue
                if event.failure:
                    raise ModelError(
                        f"embedding failed: {event.failure}; run the same command again: it goes "
                        "on where it was"
                    )
                batch += zip(event.task.articles, event.task.vectors, strict=True)
                if len(batch) >= _BATCH_ARTICLES:
                    self._add_vectors(batch)
                    advance(len(batch))
                    batch = []
            self._add_vectors(batch)
            advance(len(batch))
        return late

    def _add_vectors(self, batch: list[tuple[StoredArticle, Vectors]]) -> None:
        self.builder.add_vectors([passage_vectors(stored, vectors) for stored, vectors in batch])
        self.embedded += len(batch)
        self.embedded_sentences += sum(len(vectors) for _, vectors in batch)
        with may_be_killed():
            self.builder.compact()

    # -- report ---------------------------------------------------------------------------------

    def _report(self, files: int, unread: int, manifest: Manifest | None) -> Report:
        return Report(
            files=files,
            unread=unread,
            records=self.tally.records,
            outcomes=+self.tally.outcomes,
            removed=self.removed,
            embedded=self.embedded,
            embedded_sentences=self.embedded_sentences,
            skipped=tuple(self.tally.skips),
            notes=tuple(self.tally.notes),
            articles=manifest.articles if manifest else 0,
            passages=manifest.passages if manifest else 0,
            copies=manifest.copies if manifest else 0,
            clusters=manifest.clusters if manifest else 0,
            seconds=self.seconds,
            dry_run=self.options.dry_run,
        )


@dataclass(frozen=True, slots=True)
class _Task:
    """Articles to embed, and their vectors as they come, one array an article."""

    articles: tuple[StoredArticle, ...]
    vectors: list[Vectors] = field(default_factory=list)

    def sentences(self) -> list[list[str]]:
        return [sentences_of(stored) for stored in self.articles]


def _grouped(items: Iterable[StoredArticle], size: int) -> Iterator[tuple[StoredArticle, ...]]:
    group: list[StoredArticle] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
