"""Write records into the archive: the catalog decides about each, and what is new is written.

An article whose newer version comes keeps the older one as a version. Writing is in batches; a file
is marked as read when all that it gave is written.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ingest.articles import Made, Withdrawal
from ingest.catalog import Catalog
from ingest.decisions import Decision, Record, Recount
from ingest.found import Reason, Skip
from ingest.index import index_article
from ingest.interrupts import may_be_killed
from ingest.namesakes import Namesakes, have_nothing_in_common, with_article
from ingest.reading import Read
from ingest.tally import Tally
from rag.records import Article, Version
from rag.store.interface import Builder
from rag.store.model import ArticleHead, FileMark, IndexedArticle

# A batch is written when it has so many articles, or so many characters.
_BATCH_ARTICLES = 64
_BATCH_CHARACTERS = 4_000_000


class Intake:
    """Takes records in; what it was given is written for certain after `flush`."""

    def __init__(
        self, builder: Builder, catalog: Catalog, *, passage_words: int, dry_run: bool
    ) -> None:
        self._builder = builder
        self._catalog = catalog
        self._words = passage_words
        self._dry_run = dry_run
        self._waiting: dict[str, IndexedArticle] = {}
        self._withdrawn: dict[str, ArticleHead] = {}
        self._marks: list[FileMark] = []
        # Files that are being read, and those of them whose marks say so.
        self._begun: dict[str, FileMark] = {}
        self._marked_as_begun: set[str] = set()
        self._namesakes = Namesakes(catalog=catalog, current=self._current, rename=self._rename)
        # Earlier records that are counted otherwise for a later one.
        self.recounts: Counter[Recount] = Counter()
        self.written = 0

    def take(self, read: Read, tally: Tally) -> bool:
        """Decide about a record, count it, and write it if it is to be written.

        Say whether something is left to be done for it when all is read.
        """
        read = self._namesakes.settle(read)
        result = read.result
        if isinstance(result, Skip):
            self._skip(result, tally)
            return False
        record = _record(result, read, self._catalog.order_of(_path(result)))
        self._catalog.places.read(record.path, whole=read.whole)
        decision = self._catalog.decide(record)
        tally.count(decision.outcome)
        self.recounts.update(decision.recounts)
        if isinstance(result, Made):
            for note in result.notes:
                tally.note(note)
            if self._dry_run:
                if decision.write:
                    self._catalog.remember(result.article)
            elif decision.write or decision.keep_version:
                self._keep(result, read.indexed, decision)
        elif decision.write:
            self._withdraw(result)
        elif decision.forget_versions and not self._dry_run:
            self._forget_versions(result.id)
        return decision.unsettled

    def begin(self, mark: FileMark) -> None:
        """Mark a file as begun, before a part of what it gives is written."""
        if mark.path not in self._marked_as_begun:
            self._begun[mark.path] = mark

    def finish(self, mark: FileMark) -> None:
        """Mark a file as read, as soon as what it gave is written."""
        self._begun.pop(mark.path, None)
        self._marked_as_begun.discard(mark.path)
        self._marks.append(mark)

    def lose(self, skip: Skip, tally: Tally) -> None:
        """Count a file that was not read to its end."""
        tally.skip(skip)
        self._catalog.places.read_in_part(skip.path)

    def put_again(self, article_ids: Iterable[str]) -> None:
        """Write articles anew whose writing a kill cut off."""
        for article in self._builder.articles(list(article_ids)).values():
            self._wait(index_article(article, words=self._words))

    def flush(self) -> None:
        """Write what is waiting."""
        if self._dry_run:
            return
        entries = [
            replace(
                entry,
                paths=self._catalog.places.of(article_id),
                gone=self._catalog.gone(article_id),
            )
            for article_id, entry in self._waiting.items()
        ]
        if entries or self._withdrawn:
            self._builder.mark(list(self._begun.values()))
            self._marked_as_begun.update(self._begun)
            self._begun = {}
        self._builder.withdraw(list(self._withdrawn.values()))
        self._builder.put(entries)
        self._builder.mark(self._marks)
        self.written += len(entries) + len(self._withdrawn)
        self._waiting, self._withdrawn, self._marks = {}, {}, []
        with may_be_killed():
            self._builder.compact()

    def _skip(self, skip: Skip, tally: Tally) -> None:
        tally.skip(skip)
        places = self._catalog.places
        if skip.reason is Reason.NO_TEXT and skip.line is not None:
            places.read_empty(skip.path, nameless=not skip.article_id)
            if skip.article_id:
                places.keep(skip.article_id, skip.path)
        else:
            # What is empty as a whole may be an export that failed.
            places.read_in_part(skip.path)

    def _withdraw(self, withdrawal: Withdrawal) -> None:
        self._waiting.pop(withdrawal.id, None)
        self._withdrawn[withdrawal.id] = ArticleHead(
            id=withdrawal.id,
            content_hash=withdrawal.content_hash,
            rank=withdrawal.rank,
            paths=(withdrawal.path,),
            withdrawn=withdrawal.status,
        )

    def _keep(self, made: Made, indexed: IndexedArticle | None, decision: Decision) -> None:
        """Write a record's article, or the one before with this as a version of it."""
        article = made.article
        before = self._current(article.id) if decision.keep_version else None
        if not decision.write:
            if before is not None:
                older = _with_versions(before, [*before.versions, article.as_version()])
                self._wait(index_article(older, words=self._words))
            return
        if before is not None:
            # What it said before tells from which day its words count, so it is indexed anew.
            article = _with_versions(article, _versions_for(article, before))
            indexed = None
        entry = indexed or index_article(article, words=self._words)
        self._withdrawn.pop(article.id, None)
        self._wait(entry)

    def _forget_versions(self, article_id: str) -> None:
        """Write an article without the versions of it that were withdrawn."""
        article = self._current(article_id)
        if article is not None:
            gone = self._catalog.gone(article_id)
            kept = [version for version in article.versions if version.rank > gone]
            self._wait(index_article(_with_versions(article, kept), words=self._words))

    def _current(self, article_id: str) -> Article | None:
        waiting = self._waiting.get(article_id)
        if waiting is not None:
            return waiting.article
        remembered = self._catalog.remembered(article_id) if self._dry_run else None
        return remembered or self._builder.articles([article_id]).get(article_id)

    def _rename(self, article: Article, article_id: str) -> None:
        """Give another id to an article that this run wrote; what takes its id replaces it."""
        renamed = replace(article, id=article_id)
        self._catalog.rename(article.id, article_id, renamed.content_hash)
        waiting = self._waiting.pop(article.id, None)
        if self._dry_run:
            self._catalog.remember(renamed)
        elif waiting is not None:
            self._wait(with_article(waiting, renamed))
        else:
            self._wait(index_article(renamed, words=self._words))

    def _wait(self, entry: IndexedArticle) -> None:
        self._waiting[entry.article.id] = entry
        characters = sum(len(one.article.text) for one in self._waiting.values())
        if len(self._waiting) >= _BATCH_ARTICLES or characters >= _BATCH_CHARACTERS:
            self.flush()


def _path(result: Made | Withdrawal) -> str:
    return result.article.path if isinstance(result, Made) else result.path


def _record(result: Made | Withdrawal, read: Read, order: str) -> Record:
    one = result.article if isinstance(result, Made) else result
    return Record(
        id=one.id,
        rank=one.rank,
        content_hash=one.content_hash,
        path=one.path,
        number=read.number,
        order=order,
        withdrawn=isinstance(result, Withdrawal),
        unlike=read.unlike,
    )


def _versions_for(article: Article, before: Article) -> list[Version]:
    """Return what was said before of an article: nothing of one that merely had its id."""
    if not have_nothing_in_common(article, before, in_one_file=True):
        return [*before.versions, before.as_version()]
    return [
        version
        for version in before.versions
        if not have_nothing_in_common(
            article,
            replace(before, title=version.title, text=version.text, version="", url=""),
            in_one_file=True,
        )
    ]


def _with_versions(article: Article, versions: Iterable[Version]) -> Article:
    """Return an article with its history: each content once, in the order of versions.

    What says that it is newer is no version of it: it was mended (`history`).
    """
    # As a version it is ranked by the day alone.
    rank = max(article.rank, article.as_version().rank)
    kept = {
        version.content_hash: version
        for version in versions
        if version.content_hash != article.content_hash and version.rank <= rank
    }
    ordered = sorted(kept.values(), key=lambda version: (version.rank, version.content_hash))
    return replace(article, versions=tuple(ordered))
