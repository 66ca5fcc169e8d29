"""Remember which inputs hold which articles, now or when they were last read.

Of what is stored only the inputs of the article are known, of what a run reads those of every
content. It is a part of the catalog's database, whose articles say which content is theirs.
"""

import sqlite3
from collections.abc import Iterable, Iterator

# What stands between an id and the rest of the ids that were made of it (`namesakes`).
APART = "~"

PLACES_SCHEMA = """
    CREATE TABLE places (
        id TEXT, hash TEXT, path TEXT, given INT, PRIMARY KEY (id, hash, path)
    ) WITHOUT ROWID;
    CREATE INDEX places_by_path ON places (path);
    CREATE TABLE inputs (path TEXT PRIMARY KEY, whole INT) WITHOUT ROWID;
    CREATE TABLE damaged (path TEXT PRIMARY KEY) WITHOUT ROWID;
    -- Inputs with records that have no text, and maybe no id, by which they would be known.
    CREATE TABLE textless (path TEXT PRIMARY KEY, nameless INT) WITHOUT ROWID;
    -- Inputs whose files are gone: moved, deleted, or on a disk that is not mounted.
    CREATE TABLE absent (path TEXT PRIMARY KEY) WITHOUT ROWID;
    -- Contents that an input was read without.
    CREATE TABLE dropped (id TEXT, hash TEXT, PRIMARY KEY (id, hash)) WITHOUT ROWID;
    CREATE TABLE moved (id TEXT PRIMARY KEY) WITHOUT ROWID;
    -- Inputs that were read and gave a content no more. Where a part of one could not be read, what
    -- is missing may be there.
    CREATE VIEW left_places AS
        SELECT id, hash, path, whole FROM places NATURAL JOIN inputs
        WHERE NOT given AND NOT EXISTS (
            SELECT 1 FROM damaged WHERE places.path = damaged.path
            OR substr(places.path, 1, length(damaged.path) + 1) = damaged.path || '!'
            OR substr(damaged.path, 1, length(places.path) + 1) = places.path || '!'
        );
"""


class Places:
    """The places in a catalog's database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    # -- what stands where ----------------------------------------------------------------------

    def store(self, article_id: str, content_hash: str, path: str) -> None:
        """Take in where the archive has an article from."""
        row = (article_id, content_hash, path)
        self._database.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, 0)", row)

    def see(self, path: str) -> None:
        """Take what an input gave before as given again."""
        self._database.execute("UPDATE places SET given = 1 WHERE path = ?", (path,))

    def give(self, article_id: str, content_hash: str, path: str) -> bool:
        """Remember that an input gives a content; say whether that is news."""
        row = (article_id, content_hash, path)
        added = self._database.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, 1)", row)
        if not added.rowcount:
            given = "UPDATE places SET given = 1 WHERE id = ? AND hash = ? AND path = ?"
            self._database.execute(given, row)
        return bool(added.rowcount)

    def keep(self, article_id: str, path: str) -> None:
        """Take what has an id as given again by an input that names it and lacks its text."""
        start = f"{article_id}{APART}"
        self._database.execute(
            "UPDATE places SET given = 1 WHERE path = ? AND (id = ? OR id >= ? AND id < ?)",
            (path, article_id, start, start + chr(0x10FFFF)),
        )

    def take_back(self, article_id: str, content_hash: str) -> None:
        """Forget that inputs give a content."""
        row = (article_id, content_hash)
        self._database.execute("DELETE FROM places WHERE id = ? AND hash = ?", row)

    def write(self, article_id: str) -> None:
        """Take an article as written with the inputs that give it, and no others."""
        one = (article_id,)
        self._database.execute("DELETE FROM places WHERE id = ? AND NOT given", one)
        self._database.execute("DELETE FROM moved WHERE id = ?", one)

    def move(self, article_id: str) -> None:
        """Take an article's inputs as others than those written with it."""
        self._database.execute("INSERT OR IGNORE INTO moved VALUES (?)", (article_id,))

    def of(self, article_id: str) -> tuple[str, ...]:
        """Return the inputs that hold an article's content, sorted; those that are there first."""
        query = (
            "SELECT path FROM places JOIN articles ON places.id = articles.id AND hash = written "
            "WHERE articles.id = ? ORDER BY path IN (SELECT path FROM absent), path"
        )
        return tuple(row[0] for row in self._database.execute(query, (article_id,)))

    def paths(self) -> list[str]:
        """Return every input that holds an article."""
        query = "SELECT DISTINCT path FROM places ORDER BY path"
        return [row[0] for row in self._database.execute(query)]

    def moved(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the articles whose inputs are others than those written with them."""
        query = "SELECT id FROM moved JOIN articles USING (id) WHERE NOT withdrawn ORDER BY id"
        rows = self._database.execute(query).fetchall()
        return ((article_id, self.of(article_id)) for (article_id,) in rows)

    # -- inputs that were read ------------------------------------------------------------------

    def read(self, path: str, *, whole: bool) -> None:
        """Remember that an input was read in this run, and whether it is one record as a whole."""
        self._database.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", (path, whole))

    def read_empty(self, path: str, *, nameless: bool) -> None:
        """Remember that an input was read, and a record in it had no text, or no id either."""
        self._database.execute("INSERT OR IGNORE INTO inputs VALUES (?, 0)", (path,))
        self._database.execute(
            "INSERT INTO textless VALUES (?1, ?2) ON CONFLICT (path) DO UPDATE SET "
            "nameless = max(nameless, excluded.nameless)",
            (path, nameless),
        )

    def read_in_part(self, path: str) -> None:
        """Remember that an input was not read in full: it may hold more than it gave."""
        self._database.execute("INSERT OR IGNORE INTO damaged VALUES (?)", (path,))

    def miss(self, paths: Iterable[str]) -> None:
        """Take inputs as absent; a content is lost with them only where another input lost it."""
        rows = [(path,) for path in paths]
        self._database.executemany("INSERT OR IGNORE INTO absent VALUES (?)", rows)

    def have_left(self, article_id: str, content_hash: str) -> bool:
        """Say whether all inputs of a stored content are absent, or gave it no more when read."""
        still = (
            "SELECT path FROM places WHERE id = ?1 AND hash = ?2 EXCEPT SELECT path FROM absent "
            "EXCEPT SELECT path FROM left_places WHERE id = ?1 AND hash = ?2"
        )
        return not self._database.execute(still, (article_id, content_hash)).fetchone()

    def absent(self, article_id: str, content_hash: str) -> list[str]:
        """Return the absent inputs of a content."""
        query = "SELECT path FROM places NATURAL JOIN absent WHERE id = ? AND hash = ? ORDER BY 1"
        rows = self._database.execute(query, (article_id, content_hash))
        return [row[0] for row in rows]

    def were_mended(self, article_id: str, content_hash: str) -> bool:
        """Say whether an input of a stored content gives another content of the article now."""
        query = (
            "SELECT 1 FROM places AS old JOIN places AS new USING (id, path) WHERE id = ? "
            "AND old.hash = ? AND new.hash <> old.hash AND new.given"
        )
        return bool(self._database.execute(query, (article_id, content_hash)).fetchone())

    def is_lacking(self, file: str) -> bool:
        """Say whether a file that was read gave more before, in itself or in its members."""
        query = "SELECT 1 FROM places WHERE (path = ? OR path >= ? AND path < ?) AND NOT given"
        return bool(self._database.execute(query, (file, *_members(file))).fetchone())

    # -- what is gone ---------------------------------------------------------------------------

    def drop(self, path: str) -> None:
        """Forget an input that is gone."""
        self._drop("SELECT id, hash, path FROM places WHERE path = ? AND NOT given", path)

    def drop_members(self, file: str) -> None:
        """Forget the members of a container that was read again and lacked them."""
        self._drop(
            "SELECT id, hash, path FROM places WHERE path >= ?2 AND path < ?3 AND NOT given "
            "AND path NOT IN (SELECT path FROM inputs) AND NOT EXISTS (SELECT 1 FROM damaged "
            "WHERE damaged.path = ?1 OR damaged.path >= ?2 AND damaged.path < ?3)",
            file,
            *_members(file),
        )

    def drop_edited(self, *, records_too: bool) -> None:
        """Forget the places whose input was read and did not give the article again.

        That is an input which is one record, edited; with `records_too` also one of many records.
        What a record that has no text and no id was is not known: it may be what is missing.
        """
        self._drop(
            "SELECT id, hash, path FROM left_places WHERE whole OR (? AND path NOT IN "
            "(SELECT path FROM textless WHERE nameless))",
            records_too,
        )

    def drop_records(self, file: str, *, edited: bool) -> bool:
        """Forget what a file and its members gave before and, read again, did not give.

        Not if a record in it has no text, or it gave nothing: it may be read by wrong columns now.
        Nor if it was `edited` and gives less now. Say whether that is why something stays.
        """
        within = (file, *_members(file))
        doubt = (
            "SELECT 1 WHERE EXISTS "
            "(SELECT 1 FROM textless WHERE path = ?1 OR path >= ?2 AND path < ?3) OR NOT EXISTS "
            "(SELECT 1 FROM places WHERE given AND (path = ?1 OR path >= ?2 AND path < ?3))"
        )
        gives_less = (
            "SELECT 1 FROM (SELECT count(DISTINCT CASE WHEN given THEN id END) AS now, "
            "count(DISTINCT CASE WHEN NOT given THEN id END) AS before FROM places "
            "WHERE path = ? OR path >= ? AND path < ?) WHERE now < before"
        )
        queries = (doubt, gives_less) if edited else (doubt,)
        if any(self._database.execute(query, within).fetchone() for query in queries):
            return self.is_lacking(file)
        self._drop(
            "SELECT id, hash, path FROM left_places WHERE path = ? OR (path >= ? AND path < ?)",
            *within,
        )
        return False

    def drop_absent(self) -> list[str]:
        """Forget the absent inputs of what was dropped elsewhere, where there are no others.

        A file that was moved and then edited is one of these. Return the inputs.
        """
        return self._drop(
            "SELECT id, hash, path FROM places NATURAL JOIN dropped NATURAL JOIN absent "
            "WHERE NOT EXISTS (SELECT 1 FROM places AS other WHERE other.id = places.id "
            "AND other.hash = places.hash AND other.path NOT IN (SELECT path FROM absent))"
        )

    def forget(self, articles: list[tuple[str]]) -> None:
        """Forget removed articles, each as a row that is its id."""
        self._database.executemany("DELETE FROM places WHERE id = ?", articles)
        self._database.executemany("DELETE FROM moved WHERE id = ?", articles)

    def _drop(self, query: str, *values: object) -> list[str]:
        places = self._database.execute(query, values).fetchall()
        self._database.executemany(
            "DELETE FROM places WHERE id = ? AND hash = ? AND path = ?", places
        )
        for article_id, content_hash, _ in places:
            self.move(article_id)
            row = (article_id, content_hash)
            self._database.execute("INSERT OR IGNORE INTO dropped VALUES (?, ?)", row)
        return [path for _, _, path in places]


def _members(file: str) -> tuple[str, str]:
    """Return between which names those of a file's members are."""
    return f"{file}!", f'{file}"'  # the next character
