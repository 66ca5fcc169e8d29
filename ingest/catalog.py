"""Keep what a run knows of every article and input, in a database on disk.

Built anew for each run from what the archive holds, so it cannot disagree with it, and kept out of
memory, so that an archive may be of any size. `history` decides by it what becomes of a record,
`places` is the part of it that tells where contents stand.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.decisions import Decision, Outcome, Record, RecordPlace, Recount, name_order
from ingest.history import Content, History, Origin
from ingest.places import PLACES_SCHEMA, Places
from rag.records import Article
from rag.store.model import ArticleHead

_SCHEMA = """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY, written TEXT, withdrawn INT, gone TEXT, abandoned INT, stored INT
    ) WITHOUT ROWID;
    CREATE TABLE contents (
        id TEXT, hash TEXT, rank TEXT, withdrawn INT, origin INT, kept INT, path TEXT, number INT,
        comes TEXT, PRIMARY KEY (id, hash)
    ) WITHOUT ROWID;
    CREATE TABLE unsettled (id TEXT PRIMARY KEY) WITHOUT ROWID;
    -- What a dry run would have written.
    CREATE TABLE texts (
        id TEXT PRIMARY KEY, path TEXT, title TEXT, url TEXT, text TEXT
    ) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Trial:
    """Changes to a catalog; they are undone if it is not `kept`."""

    kept: bool = True


class Catalog:
    """The database; close it when the run ends."""

    def __init__(self, path: Path, order_of: Callable[[str], str] = name_order) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        speed = "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;"
        self._database.executescript(f"{speed}{_SCHEMA}{PLACES_SCHEMA}")
        self.places = Places(self._database)
        # By what inputs are ordered.
        self.order_of = order_of
        self.all_read = False
        # By the inputs that gave them, what counts otherwise since all is read.
        self.recounted: list[tuple[str, Recount]] = []
        # Inputs that are absent and held what gave way: they are read if they come back.
        self.given_up: set[str] = set()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    # -- what the archive holds -----------------------------------------------------------------

    def load(self, heads: Iterable[ArticleHead]) -> None:
        """Take in what the archive holds."""
        self._database.execute("BEGIN")
        for head in heads:
            versions = {content: rank for rank, content in head.versions}
            contents = [
                # By the day alone, a version may seem to be newer than the hour of the article.
                Content(hash=content, rank=min(rank, head.rank), origin=Origin.VERSION, kept=True)
                for content, rank in versions.items()
            ]
            article = Content(
                hash=head.content_hash,
                rank=head.rank,
                withdrawn=bool(head.withdrawn),
                origin=Origin.ARTICLE,
                kept=True,
            )
            for content in (*contents, article):
                self._save_content(head.id, content)
            row = (head.id, article.hash, article.withdrawn, head.gone)
            self._database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, 0, 1)", row)
            for path in head.paths:
                self.places.store(head.id, article.hash, path)
        self._database.execute("COMMIT")

    def see(self, path: str) -> None:
        """Take what an input gave before as given again: its file did not change."""
        self.places.see(path)
        self._database.execute(
            "UPDATE contents SET path = ?1, number = 0, comes = ?2 "
            "WHERE (path IS NULL OR comes > ?2) "
            "AND (id, hash) IN (SELECT id, hash FROM places WHERE path = ?1)",
            (path, self.order_of(path)),
        )

    def hashes(self) -> tuple[Iterator[str], int]:
        """Return the content hashes of what is stored, versions too, and their number."""
        count = "SELECT count(*) FROM contents WHERE kept AND NOT withdrawn"
        rows = self._database.execute("SELECT hash FROM contents WHERE kept AND NOT withdrawn")
        return (row[0] for row in rows), int(self._database.execute(count).fetchone()[0])

    def knows(self, article_id: str) -> bool:
        """Say whether there is an article of this id, withdrawn or not."""
        query = "SELECT 1 FROM articles WHERE id = ?"
        return self._database.execute(query, (article_id,)).fetchone() is not None

    def is_contested(self, article_id: str, content_hash: str) -> bool:
        """Say whether the article of an id has another content."""
        query = "SELECT 1 FROM articles WHERE id = ? AND NOT withdrawn AND written <> ?"
        row = self._database.execute(query, (article_id, content_hash)).fetchone()
        return row is not None

    def gives(self, article_id: str, path: str) -> bool | None:
        """Say whether an input gave the article of an id again; None if it never gave it."""
        query = (
            "SELECT given FROM places JOIN articles ON places.id = articles.id AND hash = written "
            "WHERE articles.id = ? AND path = ?"
        )
        row = self._database.execute(query, (article_id, path)).fetchone()
        return None if row is None else bool(row[0])

    def replaces(self, article_id: str, content_hash: str) -> bool:
        """Say whether a content takes the place of the article, which no input holds any more."""
        history = self._history(article_id)
        is_newest = history.standing().newest.hash == content_hash
        return is_newest and self.places.have_left(article_id, history.written)

    def release(self, article_id: str, content_hash: str) -> None:
        """Forget that an input gave a content under an id, as it gets another id."""
        before = self._history(article_id)
        content = before.contents.get(content_hash)
        if content is None or content.kept or content.place is None:
            return
        after = before.without(content_hash)
        was = before.standing().outcome(content)
        self.recounted += [
            (content.place.path, Recount(was, Outcome.NEW)),
            *((place.path, recount) for place, recount in before.recounts_by_place(after)),
        ]
        row = (article_id, content_hash)
        self._database.execute("DELETE FROM contents WHERE id = ? AND hash = ?", row)
        self.places.take_back(article_id, content_hash)

    def is_movable(self, article_id: str, path: str) -> bool:
        """Say whether an article is of this run alone, and from inputs after `path` by name."""
        query = (
            "SELECT 1 FROM articles WHERE id = ?1 AND NOT stored AND NOT withdrawn "
            "AND (SELECT count(*) FROM contents WHERE id = ?1) = 1 "
            "AND NOT EXISTS (SELECT 1 FROM places WHERE id = ?1 AND path < ?2)"
        )
        return self._database.execute(query, (article_id, path)).fetchone() is not None

    def is_movable_in(self, article_id: str, path: str, number: int) -> bool:
        """Say whether an article is of this run and one input alone, from after a record in it."""
        query = (
            "SELECT 1 FROM articles WHERE id = ?1 AND NOT stored "
            "AND (SELECT count(*) FROM contents WHERE id = ?1) = 1 "
            "AND (SELECT count(*) FROM places WHERE id = ?1) = 1 "
            "AND EXISTS (SELECT 1 FROM contents WHERE id = ?1 AND path = ?2 AND number > ?3)"
        )
        return self._database.execute(query, (article_id, path, number)).fetchone() is not None

    def rename(self, article_id: str, other_id: str, content_hash: str) -> None:
        """Give an article of one content another id, of which its content hash is a part."""
        row = (article_id, other_id, content_hash)
        self._database.execute("UPDATE contents SET id = ?2, hash = ?3 WHERE id = ?1", row)
        self._database.execute("UPDATE places SET id = ?2, hash = ?3 WHERE id = ?1", row)
        self._database.execute("UPDATE articles SET id = ?2, written = ?3 WHERE id = ?1", row)

    def beginning_with(self, start: str, *, stored: bool, limit: int) -> list[str]:
        """Return some ids of articles that begin so, of those that are as they were if `stored`."""
        query = (
            "SELECT id FROM articles WHERE id >= ? AND id < ? AND NOT withdrawn "
            "AND (stored OR NOT ?) LIMIT ?"
        )
        values = (start, start + chr(0x10FFFF), stored, limit)
        rows = self._database.execute(query, values).fetchall()
        return [row[0] for row in rows]

    def remember(self, article: Article) -> None:
        """Keep an article that a dry run does not write."""
        row = (article.id, article.path, article.title, article.url, article.text)
        self._database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", row)

    def remembered(self, article_id: str) -> Article | None:
        """Return the article that a dry run would have written."""
        query = "SELECT id, path, title, url, text FROM texts WHERE id = ?"
        row = self._database.execute(query, (article_id,)).fetchone()
        return row and Article(id=row[0], path=row[1], title=row[2], url=row[3], text=row[4])

    # -- deciding -------------------------------------------------------------------------------

    def decide(self, record: Record) -> Decision:
        """Return what becomes of a record, and remember it."""
        before = self._history(record.id)
        after, decision = before.take(record, all_read=self.all_read)
        self._save_content(record.id, after.contents[record.content_hash])
        if (after.written, after.gone) != (before.written, before.gone):
            self._save_article(record, after)
        is_news = self.places.give(record.id, record.content_hash, record.path)
        if decision.write:
            self.places.write(record.id)
        elif is_news and record.content_hash == after.written:
            self.places.move(record.id)
            return replace(decision, unsettled=True)
        elif decision.unsettled:
            self._database.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", (record.id,))
        return decision

    def gone(self, article_id: str) -> str:
        """Return the rank up to which versions of an article were withdrawn, empty if none was."""
        query = "SELECT gone FROM articles WHERE id = ?"
        row = self._database.execute(query, (article_id,)).fetchone()
        return row[0] if row else ""

    def settle(self) -> tuple[list[str], list[Recount]]:
        """Decide what was left until all is read, which it is from here on.

        Return the inputs to read once more, as they hold contents that are to be written, and what
        is counted otherwise now.
        """
        self.all_read = True
        paths: set[str] = set()
        recounts: list[Recount] = []
        for (article_id,) in self._database.execute("SELECT id FROM unsettled").fetchall():
            history = self._history(article_id)
            if self._gives_way(article_id, history):
                abandoned = replace(history, abandoned=True)
                changed = history.recounts_by_place(abandoned)
                recounts += [recount for _, recount in changed]
                self.recounted += [(place.path, recount) for place, recount in changed]
                history = abandoned
                query = "UPDATE articles SET abandoned = 1 WHERE id = ?"
                self._database.execute(query, (article_id,))
            paths |= {content.place.path for content in history.unwritten() if content.place}
        return sorted(paths), recounts

    def _gives_way(self, article_id: str, history: History) -> bool:
        """Say whether what is stored gives way to what its inputs, which lack it now, gave."""
        if not history.may_give_way() or not self.places.have_left(article_id, history.written):
            return False
        absent = self.places.absent(article_id, history.written)
        is_equal = history.may_give_way_to_equal() and not absent
        gives_way = is_equal or self.places.were_mended(article_id, history.written)
        if gives_way:
            self.given_up.update(absent)
        return gives_way

    def homeless(self) -> list[str]:
        """Return the stored articles that no input holds any more."""
        query = (
            "SELECT id FROM moved JOIN articles USING (id) WHERE stored AND NOT withdrawn "
            "AND NOT EXISTS (SELECT 1 FROM places WHERE places.id = articles.id AND hash = written)"
            " ORDER BY id"
        )
        return [row[0] for row in self._database.execute(query)]

    @contextmanager
    def trial(self) -> Iterator[Trial]:
        """Let the changes within be undone."""
        # Without a journal, which is faster, nothing can be undone.
        self._database.execute("PRAGMA journal_mode=MEMORY")
        self._database.execute("BEGIN")
        trial = Trial()
        yield trial
        self._database.execute("COMMIT" if trial.kept else "ROLLBACK")

    def forget(self, article_ids: Iterable[str]) -> None:
        """Forget removed articles."""
        rows = [(article_id,) for article_id in article_ids]
        self._database.executemany("DELETE FROM articles WHERE id = ?", rows)
        self._database.executemany("DELETE FROM contents WHERE id = ?", rows)
        self.places.forget(rows)

    # -- rows -----------------------------------------------------------------------------------

    def _history(self, article_id: str) -> History:
        query = (
            "SELECT written, gone, abandoned, hash, rank, contents.withdrawn, origin, kept, path, "
            "number, comes FROM articles JOIN contents USING (id) WHERE id = ?"
        )
        rows = self._database.execute(query, (article_id,)).fetchall()
        if not rows:
            return History()
        written, gone, abandoned = rows[0][:3]
        contents = [_content(*row[3:]) for row in rows]
        return History(
            contents={content.hash: content for content in contents},
            written=written,
            gone=gone,
            abandoned=bool(abandoned),
        )

    def _save_content(self, article_id: str, content: Content) -> None:
        place = content.place
        self._database.execute(
            "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                content.hash,
                content.rank,
                content.withdrawn,
                content.origin,
                content.kept,
                place.path if place else None,
                place.number if place else None,
                place.comes[0] if place else None,
            ),
        )

    def _save_article(self, record: Record, history: History) -> None:
        """Save what is written; what this run wrote is not what was stored."""
        written = history.contents[history.written]
        self._database.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET "
            "stored = stored AND written = excluded.written, written = excluded.written, "
            "withdrawn = excluded.withdrawn, gone = excluded.gone",
            (record.id, written.hash, written.withdrawn, history.gone, history.abandoned),
        )


def _content(
    content_hash: str,
    rank: str,
    withdrawn: int,
    origin: int,
    kept: int,
    path: str | None,
    number: int,
    comes: str,
) -> Content:
    return Content(
        hash=content_hash,
        rank=rank,
        withdrawn=bool(withdrawn),
        origin=Origin(origin),
        kept=bool(kept),
        place=None if path is None else RecordPlace(path, number, comes),
    )
