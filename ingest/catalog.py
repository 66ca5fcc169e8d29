"""What a run knows while it reads: every article and input, in a database on disk.

Built anew for each run from what the archive holds, so it cannot disagree with it, and kept out of
memory, so that an archive may be of any size. It decides what becomes of a record:

    new         no article of its id, or its outlet had withdrawn an older version
    updated     newer than what is stored, which becomes a version of it
    unchanged   what is stored
    repeated    what another record of this run gave
    earlier     older than what is stored: a version of that
    withdrawn   its outlet took it back, or took back this or a newer version before

By version number and dates; where these are equal a changed input replaces what is stored, and of
two that are both there now the greater content hash wins. So neither the order of the inputs nor a
run that was cut off and begun again makes a difference.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rag.store.model import ArticleHead

_SCHEMA = """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY, rank TEXT, hash TEXT, withdrawn INT, versions TEXT, gone TEXT,
        outcome TEXT, stored INT, moved INT
    ) WITHOUT ROWID;
    CREATE TABLE places (id TEXT, path TEXT, given INT, PRIMARY KEY (id, path)) WITHOUT ROWID;
    CREATE INDEX places_by_path ON places (path);
    CREATE TABLE inputs (path TEXT PRIMARY KEY, whole INT) WITHOUT ROWID;
    CREATE TABLE damaged (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Outcome(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What decides about a record: whose it is, which version, with what content, from where."""

    id: str
    rank: str
    content_hash: str
    path: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome; whether the record is to be written, or kept as a version, or one is beside it.

    `before` is the outcome that another record of this run had, which is now a version of this one
    or withdrawn with it. `forget_versions` says that versions which are stored were withdrawn.
    """

    outcome: Outcome
    write: bool = False
    keep_version: bool = False
    before: Outcome | None = None
    forget_versions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of an article; `outcome` is empty until a record of this run gave it.

    `versions` are ranks and content hashes, `gone` the rank up to which versions were withdrawn.
    """

    rank: str
    content_hash: str
    withdrawn: bool
    versions: tuple[tuple[str, str], ...]
    gone: str
    outcome: str

    def is_older_than(self, record: Record) -> bool:
        if record.rank != self.rank:
            return record.rank > self.rank
        if not self.outcome:
            return True
        return (record.withdrawn, record.content_hash) > (self.withdrawn, self.content_hash)


class Catalog:
    """The database; close it when the run ends."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(f"PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;{_SCHEMA}")

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    # -- what the archive holds -----------------------------------------------------------------

    def load(self, heads: Iterable[ArticleHead]) -> None:
        """Take in what the archive holds."""
        self._database.execute("BEGIN")
        for head in heads:
            versions = json.dumps(head.versions)
            self._database.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, '', 1, 0)",
                (head.id, head.rank, head.content_hash, bool(head.withdrawn), versions, head.gone),
            )
            self._database.executemany(
                "INSERT OR IGNORE INTO places VALUES (?, ?, 0)",
                [(head.id, path) for path in head.paths],
            )
        self._database.execute("COMMIT")

    def see(self, path: str) -> None:
        """Take what an input gave before as given again: its file did not change."""
        self._database.execute("UPDATE places SET given = 1 WHERE path = ?", (path,))
        self._database.execute(
            "UPDATE articles SET outcome = CASE WHEN withdrawn THEN ? ELSE ? END "
            "WHERE id IN (SELECT id FROM places WHERE path = ?)",
            (Outcome.WITHDRAWN, Outcome.UNCHANGED, path),
        )

    def hashes(self) -> tuple[Iterator[str], int]:
        """Return the content hashes of stored articles, and their number."""
        count = self._database.execute("SELECT count(*) FROM articles WHERE NOT withdrawn")
        rows = self._database.execute("SELECT hash FROM articles WHERE NOT withdrawn")
        return (row[0] for row in rows), int(count.fetchone()[0])

    def paths(self) -> list[str]:
        """Return every input that holds a stored article."""
        return self._column("SELECT DISTINCT path FROM places ORDER BY path")

    # -- deciding -------------------------------------------------------------------------------

    def decide(self, record: Record) -> Decision:
        """Return what becomes of a record, and remember it."""
        known = self._known(record.id)
        if known is None:
            outcome = Outcome.WITHDRAWN if record.withdrawn else Outcome.NEW
            self._take(record, outcome, versions=(), gone="")
            return Decision(outcome=outcome, write=True)
        if known.content_hash == record.content_hash:
            return self._see_again(record, known)
        if known.is_older_than(record):
            return self._replace(record, known)
        return self._keep_as_older(record, known)

    def _keep_as_older(self, record: Record, known: _Known) -> Decision:
        """Decide about a record that is older than what is known."""
        if record.withdrawn and not known.withdrawn and record.rank > known.gone:
            self._set_history(record.id, known.versions, gone=record.rank)
            return Decision(outcome=Outcome.WITHDRAWN, forget_versions=True)
        if known.withdrawn or record.withdrawn or record.rank <= known.gone:
            return Decision(outcome=Outcome.WITHDRAWN)
        if record.content_hash in (content for _, content in known.versions):
            return Decision(outcome=Outcome.EARLIER)
        versions = [*known.versions, (record.rank, record.content_hash)]
        self._set_history(record.id, versions, gone=known.gone)
        return Decision(outcome=Outcome.EARLIER, keep_version=True)

    def gone(self, article_id: str) -> str:
        """Return the rank up to which versions of an article were withdrawn, empty if none was."""
        return next(iter(self._column("SELECT gone FROM articles WHERE id = ?", article_id)), "")

    def _set_history(
        self, article_id: str, versions: Iterable[tuple[str, str]], *, gone: str
    ) -> None:
        kept = sorted(version for version in versions if version[0] > gone)
        self._database.execute(
            "UPDATE articles SET versions = ?, gone = ? WHERE id = ?",
            (json.dumps(kept), gone, article_id),
        )

    def _known(self, article_id: str) -> _Known | None:
        row = self._database.execute(
            "SELECT rank, hash, withdrawn, versions, gone, outcome FROM articles WHERE id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            return None
        rank, content_hash, withdrawn, versions, gone, outcome = row
        return _Known(
            rank=rank,
            content_hash=content_hash,
            withdrawn=bool(withdrawn),
            versions=tuple((rank, content) for rank, content in json.loads(versions)),
            gone=gone,
            outcome=outcome,
        )

    def _see_again(self, record: Record, known: _Known) -> Decision:
        if self._place(record):
            self._database.execute("UPDATE articles SET moved = 1 WHERE id = ?", (record.id,))
        if known.outcome:
            return Decision(outcome=Outcome.WITHDRAWN if known.withdrawn else Outcome.REPEATED)
        outcome = Outcome.WITHDRAWN if known.withdrawn else Outcome.UNCHANGED
        self._database.execute("UPDATE articles SET outcome = ? WHERE id = ?", (outcome, record.id))
        return Decision(outcome=outcome)

    def _replace(self, record: Record, known: _Known) -> Decision:
        """Take a record in place of what is known, which becomes a version unless withdrawn."""
        before = Outcome(known.outcome) if known.outcome else None
        if record.withdrawn:
            outcome = Outcome.WITHDRAWN
        elif known.withdrawn or before is Outcome.NEW:
            outcome = Outcome.NEW
        else:
            outcome = Outcome.UPDATED
        keeps = not (record.withdrawn or known.withdrawn)
        before_it = {*known.versions, (known.rank, known.content_hash)} if keeps else set()
        versions = {version for version in before_it if version[1] != record.content_hash}
        gone = max(known.gone, known.rank) if known.withdrawn else known.gone
        self._take(record, outcome, versions=versions, gone=gone)
        return Decision(outcome=outcome, write=True, keep_version=keeps, before=before)

    def _take(
        self, record: Record, outcome: Outcome, versions: Iterable[tuple[str, str]], *, gone: str
    ) -> None:
        self._database.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT (id) DO UPDATE "
            "SET rank = excluded.rank, hash = excluded.hash, withdrawn = excluded.withdrawn, "
            "versions = excluded.versions, gone = excluded.gone, outcome = excluded.outcome, "
            "moved = 0",
            (
                record.id,
                record.rank,
                record.content_hash,
                record.withdrawn,
                json.dumps(sorted(versions)),
                gone,
                outcome,
            ),
        )
        # What held the content before holds a version now.
        self._database.execute("DELETE FROM places WHERE id = ?", (record.id,))
        self._place(record)

    def _place(self, record: Record) -> bool:
        """Remember where a content is; say whether that is news."""
        place = (record.id, record.path)
        added = self._database.execute("INSERT OR IGNORE INTO places VALUES (?, ?, 1)", place)
        if added.rowcount:
            return True
        self._database.execute("UPDATE places SET given = 1 WHERE id = ? AND path = ?", place)
        return False

    # -- inputs ---------------------------------------------------------------------------------

    def read(self, path: str, *, whole: bool) -> None:
        """Remember that an input was read in this run, and whether it is one record as a whole."""
        self._database.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", (path, whole))

    def read_empty(self, path: str) -> None:
        """Remember that an input was read and gave nothing."""
        self._database.execute("INSERT OR IGNORE INTO inputs VALUES (?, 0)", (path,))

    def read_in_part(self, path: str) -> None:
        """Remember that an input was not read in full: it may hold more than it gave."""
        self._database.execute("INSERT OR IGNORE INTO damaged VALUES (?)", (path,))

    def places(self, article_id: str) -> tuple[str, ...]:
        """Return the inputs that hold an article's content, sorted."""
        query = "SELECT path FROM places WHERE id = ? ORDER BY path"
        return tuple(self._column(query, article_id))

    def drop_place(self, path: str) -> None:
        """Forget an input that is gone."""
        self._drop("SELECT id, path FROM places WHERE path = ? AND NOT given", path)

    def drop_members(self, file: str) -> None:
        """Forget the members of a container that was read again and lacked them."""
        self._drop(
            "SELECT id, path FROM places WHERE path >= ?1 AND path < ?2 AND NOT given "
            "AND path NOT IN (SELECT path FROM inputs) AND NOT EXISTS (SELECT 1 FROM damaged "
            "WHERE damaged.path = ?3 OR damaged.path >= ?1 AND damaged.path < ?2)",
            f"{file}!",
            f'{file}"',  # the next character
            file,
        )

    def drop_edited(self, *, records_too: bool) -> None:
        """Forget the places whose input was read and did not give the article again.

        That is an input which is one record, edited; with `records_too` also one of many records.
        Where a part of it could not be read, what is missing may be there: nothing is forgotten.
        """
        self._drop(
            "SELECT id, path FROM places NATURAL JOIN inputs WHERE NOT given AND (whole OR ?) "
            "AND NOT EXISTS (SELECT 1 FROM damaged WHERE places.path = damaged.path "
            "OR substr(places.path, 1, length(damaged.path) + 1) = damaged.path || '!' "
            "OR substr(damaged.path, 1, length(places.path) + 1) = places.path || '!')",
            records_too,
        )

    def _drop(self, query: str, *values: object) -> None:
        places = self._database.execute(query, values).fetchall()
        self._database.executemany("DELETE FROM places WHERE id = ? AND path = ?", places)
        self._database.executemany(
            "UPDATE articles SET moved = 1 WHERE id = ?", [(place[0],) for place in places]
        )

    def homeless(self) -> list[str]:
        """Return the stored articles that no input holds any more."""
        return self._column(
            "SELECT id FROM articles WHERE stored AND moved AND NOT withdrawn "
            "AND id NOT IN (SELECT id FROM places) ORDER BY id"
        )

    def moved(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the articles whose inputs are others than those written with them."""
        query = "SELECT id FROM articles WHERE moved AND NOT withdrawn ORDER BY id"
        return ((article_id, self.places(article_id)) for article_id in self._column(query))

    def forget(self, article_ids: Iterable[str]) -> None:
        """Forget removed articles."""
        for article_id in article_ids:
            self._database.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def _column(self, query: str, *values: str) -> list[str]:
        return [row[0] for row in self._database.execute(query, values)]
