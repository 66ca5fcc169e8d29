"""Keep what a run knows of every article and input, in a database on disk.

Built anew for each run from what the archive holds, so it cannot disagree with it, and kept out of
memory, so that an archive may be of any size. `history` decides by it what becomes of a record,
`places` is the part of it that tells where contents stand.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.decisions import Decision, Record, RecordPlace, Recount
from ingest.history import Content, History, Origin
from ingest.places import PLACES_SCHEMA, Places
from rag.store.model import ArticleHead

_SCHEMA = """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY, written TEXT, withdrawn INT, gone TEXT, abandoned INT, stored INT
    ) WITHOUT ROWID;
    CREATE TABLE contents (
        id TEXT, hash TEXT, rank TEXT, withdrawn INT, origin INT, kept INT, path TEXT, number INT,
        PRIMARY KEY (id, hash)
    ) WITHOUT ROWID;
    CREATE TABLE unsettled (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Catalog:
    """The database; close it when the run ends."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        speed = "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;"
        self._database.executescript(f"{speed}{_SCHEMA}{PLACES_SCHEMA}")
        self.places = Places(self._database)
        self._all_read = False

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
                Content(hash=content, rank=rank, origin=Origin.VERSION, kept=True)
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
            "UPDATE contents SET path = ?1, number = 0 WHERE (path IS NULL OR path > ?1) "
            "AND (id, hash) IN (SELECT id, hash FROM places WHERE path = ?1)",
            (path,),
        )

    def hashes(self) -> tuple[Iterator[str], int]:
        """Return the content hashes of what is stored, versions too, and their number."""
        count = "SELECT count(*) FROM contents WHERE kept AND NOT withdrawn"
        rows = self._database.execute("SELECT hash FROM contents WHERE kept AND NOT withdrawn")
        return (row[0] for row in rows), int(self._database.execute(count).fetchone()[0])

    # -- deciding -------------------------------------------------------------------------------

    def decide(self, record: Record) -> Decision:
        """Return what becomes of a record, and remember it."""
        before = self._history(record.id)
        after, decision = before.take(record, all_read=self._all_read)
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
        self._all_read = True
        paths: set[str] = set()
        recounts: list[Recount] = []
        for (article_id,) in self._database.execute("SELECT id FROM unsettled").fetchall():
            history = self._history(article_id)
            if history.may_give_way() and self.places.have_left(article_id, history.written):
                abandoned = replace(history, abandoned=True)
                recounts += history.recounts(abandoned)
                history = abandoned
                query = "UPDATE articles SET abandoned = 1 WHERE id = ?"
                self._database.execute(query, (article_id,))
            paths |= {content.place.path for content in history.unwritten() if content.place}
        return sorted(paths), recounts

    def homeless(self) -> list[str]:
        """Return the stored articles that no input holds any more."""
        query = (
            "SELECT id FROM moved JOIN articles USING (id) WHERE stored AND NOT withdrawn "
            "AND NOT EXISTS (SELECT 1 FROM places WHERE places.id = articles.id AND hash = written)"
            " ORDER BY id"
        )
        return [row[0] for row in self._database.execute(query)]

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
            "number FROM articles JOIN contents USING (id) WHERE id = ?"
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
            "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                content.hash,
                content.rank,
                content.withdrawn,
                content.origin,
                content.kept,
                place.path if place else None,
                place.number if place else None,
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
) -> Content:
    return Content(
        hash=content_hash,
        rank=rank,
        withdrawn=bool(withdrawn),
        origin=Origin(origin),
        kept=bool(kept),
        place=None if path is None else RecordPlace(path, number),
    )
