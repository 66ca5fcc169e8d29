"""The ingest run: sources -> plan -> embedded passages -> the next generation, and a report.

Everything is read twice. The first reading decides: which records are articles, which of two with
one id is newer, what the archive holds already. Only what is new is read again, embedded and
written, in batches that a kill cannot undo. Reading is a few per cent of embedding, and in return
the count is known before the work begins and the order of the input changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from tqdm import tqdm

from ingest.articles import Made, make_article
from ingest.found import Found, Note, Reason, Skip
from ingest.passages import split_article
from ingest.sources import find_files, read_file
from rag.embedding import Embedder
from rag.records import Article
from rag.store.model import ArticleHead, Builder, IndexedArticle, IndexedPassage
from rag.terms import passage_terms

_BATCH_ARTICLES = 32

Outcome = Literal["new", "updated", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did; `records` is always the sum of the outcomes and the skips of records."""

    files: int
    records: int
    new: int
    updated: int
    unchanged: int
    duplicate: int
    removed: int
    embedded_sentences: int
    skipped: tuple[Skip, ...]
    notes: tuple[Note, ...]
    articles: int
    passages: int

    @property
    def indexed(self) -> int:
        """Articles written in this run."""
        return self.new + self.updated

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        counted = (
            "files records new updated unchanged duplicate removed embedded_sentences "
            "articles passages"
        )
        counts = {name: getattr(self, name) for name in counted.split()}
        by_reason = Counter(str(skip.reason) for skip in self.skipped)
        return counts | {
            "indexed": self.indexed,
            "skipped": dict(sorted(by_reason.items())),
            "skips": [
                {
                    "path": skip.path,
                    "line": skip.line,
                    "reason": str(skip.reason),
                    "detail": skip.detail,
                }
                for skip in self.skipped
            ],
            "notes": [str(note) for note in self.notes],
        }


@dataclass(slots=True)
class _Plan:
    """The first reading: for each id the content to keep, and everything that fell out."""

    records: int = 0
    duplicate: int = 0
    keep: dict[str, tuple[tuple[date, date, str], str]] = field(default_factory=dict)
    whole_files: dict[str, str] = field(default_factory=dict)
    skips: list[Skip] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, made: Made, found: Found) -> None:
        """Keep an article unless a newer one with its id was read."""
        article = made.article
        self.notes.extend(made.notes)
        content = article.content_hash
        rank = (article.updated or date.min, article.published or date.min, content)
        kept = self.keep.get(article.id)
        if kept is not None:
            self._settle(article, found, older=rank < kept[0], same=content == kept[1])
        if kept is None or rank > kept[0]:
            self.keep[article.id] = (rank, content)
        if found.line is None:
            self.whole_files[found.path] = article.id

    def _settle(self, article: Article, found: Found, *, older: bool, same: bool) -> None:
        if same:
            self.duplicate += 1
            return
        which = "this one is older" if older else "the one read before is older"
        detail = f"two records have the id {article.id!r}; {which} and is left out"
        self.skips.append(
            Skip(reason=Reason.SUPERSEDED, detail=detail, path=found.path, line=found.line)
        )


def ingest(
    sources: Iterable[Path],
    *,
    builder: Builder,
    embedder: Embedder,
    passage_words: int,
    show_progress: bool = False,
) -> Report:
    """Bring the archive up to date with the sources and serve it; return what was done.

    May be stopped anywhere, by a kill too: what was written stays, and the next run goes on. The
    served archive changes only at the end.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    files = list(find_files(sources))
    plan = _read_plan(files, show_progress=show_progress)
    known = builder.contents()
    outcomes = {
        article_id: _outcome(known.get(article_id), content)
        for article_id, (_, content) in plan.keep.items()
    }
    wanted = {i for i, outcome in outcomes.items() if outcome in ("new", "updated")}
    replaced = _replaced(plan, known)
    written, embedded = 0, 0
    with tqdm(total=len(wanted), unit=" articles", disable=not show_progress) as progress:
        for batch in _batches(_reread(files, plan, wanted), _BATCH_ARTICLES):
            entries = [_index(article, embedder, words=passage_words) for article in batch]
            builder.put(entries)
            written += len(entries)
            embedded += sum(len(p.vectors) for entry in entries for p in entry.passages)
            progress.update(len(entries))
    builder.remove(replaced)
    # A wrong path or a folder of pictures leaves no empty archive behind.
    manifest = builder.publish() if known or written else None
    counts = Counter(outcomes.values())
    return Report(
        files=len(files),
        records=plan.records,
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        duplicate=plan.duplicate,
        removed=len(replaced),
        embedded_sentences=embedded,
        skipped=tuple(plan.skips),
        notes=tuple(plan.notes),
        articles=manifest.articles if manifest else 0,
        passages=manifest.passages if manifest else 0,
    )


def _read_plan(files: list[Path | Skip], *, show_progress: bool) -> _Plan:
    """Read everything once and decide what is to be kept."""
    plan = _Plan()
    with tqdm(unit=" records", desc="reading", disable=not show_progress) as progress:
        for found in _read_all(files):
            progress.update()
            plan.records += 1
            made = make_article(found) if isinstance(found, Found) else found
            if isinstance(made, Skip):
                plan.skips.append(made)
            elif isinstance(found, Found):
                plan.add(made, found)
    return plan


def _read_all(files: list[Path | Skip]) -> Iterator[Found | Skip]:
    for path in files:
        if isinstance(path, Skip):
            yield path
        else:
            yield from read_file(path)


def _outcome(head: ArticleHead | None, content: str) -> Outcome:
    if head is None:
        return "new"
    return "unchanged" if head.content_hash == content else "updated"


def _replaced(plan: _Plan, known: Mapping[str, ArticleHead]) -> list[str]:
    """Return the articles that a file gave before and gives no longer: its text was edited."""
    return sorted(
        head.id
        for head in known.values()
        if plan.whole_files.get(head.path, head.id) != head.id and head.id not in plan.keep
    )


def _reread(files: list[Path | Skip], plan: _Plan, wanted: set[str]) -> Iterator[Article]:
    """Yield the wanted articles; one whose file changed since the first reading is a skip."""
    left = set(wanted)
    for found in _read_all(files) if wanted else ():
        made = make_article(found) if isinstance(found, Found) else found
        if isinstance(made, Skip) or made.article.id not in left:
            continue
        if made.article.content_hash == plan.keep[made.article.id][1]:
            left.remove(made.article.id)
            yield made.article
    for article_id in sorted(left):
        detail = f"article {article_id!r} was there at first and then was not; ingest again"
        plan.skips.append(Skip(reason=Reason.CHANGED, detail=detail, path=article_id))


def _index(article: Article, embedder: Embedder, *, words: int) -> IndexedArticle:
    """Return an article with its passages, terms and vectors; one call embeds all its sentences."""
    passages = split_article(article, words=words)
    sentences = [article.text[s.start : s.end] for p in passages for s in p.sentences]
    vectors = embedder.embed(sentences)
    indexed: list[IndexedPassage] = []
    first = 0
    for passage in passages:
        last = first + len(passage.sentences)
        text = f"{article.title}\n{article.text[passage.start : passage.end]}"
        indexed.append(
            IndexedPassage(passage=passage, terms=passage_terms(text), vectors=vectors[first:last])
        )
        first = last
    return IndexedArticle(article=article, passages=tuple(indexed))


def _batches(articles: Iterator[Article], size: int) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def describe(report: Report) -> str:
    """Return the report as the lines a person reads, each skip and note with its place."""
    counts = (
        f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.duplicate} repeated, {len(report.skipped)} skipped"
    )
    lines = [
        f"read {report.records} records from {report.files} files: {counts}",
        f"the archive holds {report.articles} articles in {report.passages} passages",
    ]
    if report.removed:
        lines.append(f"{report.removed} articles were replaced by their files' new text")
    lines += [f"skipped {skip}" for skip in report.skipped]
    lines += [f"note {note}" for note in report.notes]
    return "\n".join(lines)
