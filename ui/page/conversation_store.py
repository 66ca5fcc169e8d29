"""Keep the conversations of the chat page in SQLite, so that a reload or a restart loses none.

One database in the user's state directory, for the user's eyes only. Each turn is a row of its own:
two tabs of one conversation, and two servers on one machine, add rows and overwrite none.

A turn is kept whole, as JSON of its record, so what it shows does not depend on the archive as it
is later. A new field with a default needs no change here. What cannot be read any more is left out
and counted. No failure of the database gets further than `NotKept`.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import platformdirs
from pydantic import TypeAdapter, ValidationError

from rag.errors import DatelineError
from ui.page.conversation import PageFilters, Turn, Waiting

# A turn of the sample archive takes 20 to 50 KB, so the size allows for some thousands of them.
MOST_CONVERSATIONS = 200
MOST_TURNS = 200
MOST_BYTES = 200_000_000

# How long the filters of a conversation are kept in which nothing was asked.
_UNASKED_SECONDS = 86_400
_VERSION = 1
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    archive TEXT NOT NULL,
    title TEXT NOT NULL,
    filters TEXT NOT NULL,
    changed REAL NOT NULL
);
CREATE TABLE turn (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (conversation, id)
);
CREATE TABLE waiting (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (conversation, id)
);
"""
_TABLES = ("conversation", "turn", "waiting")
# The newest conversations that fit, and whatever its size the one that was changed last.
_DROP_OLDEST = """
DELETE FROM conversation WHERE id IN (
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER newest AS place, SUM(size) OVER newest AS total FROM (
            SELECT c.id, c.changed, COALESCE(SUM(t.size), 0) AS size
            FROM conversation AS c LEFT JOIN turn AS t ON t.conversation = c.id GROUP BY c.id
        ) WINDOW newest AS (ORDER BY changed DESC, id)
    ) WHERE place > ? OR (total > ? AND place > 1)
)
"""

_Record = TypeVar("_Record", Turn, Waiting, PageFilters)
_FORMATS: Mapping[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Turn, Waiting, PageFilters)
}


class NotKept(DatelineError):
    """The database of conversations cannot be read or written; the page works without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A kept conversation as the list of them shows it; `changed` is in seconds since 1970."""

    id: str
    title: str
    changed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is kept of a conversation. `unread` turns or questions could not be read any more."""

    title: str
    filters: PageFilters
    turns: tuple[Turn, ...]
    waiting: tuple[Waiting, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A conversation that is in the database no more, with all that brings it back."""

    id: str
    title: str
    rows: Mapping[str, list[tuple[Any, ...]]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationStore:
    """The conversations with one archive.

    Every method raises `NotKept` if the database cannot be used.
    """

    path: Path
    archive: str
    most_conversations: int = MOST_CONVERSATIONS
    most_turns: int = MOST_TURNS
    most_bytes: int = MOST_BYTES
    clock: Callable[[], float] = time.time

    def conversations(self) -> list[Listed]:
        """Return the conversations in which something was asked, newest first."""
        query = (
            "SELECT id, title, changed FROM conversation WHERE archive = ? AND title != '' "
            "ORDER BY changed DESC, id"
        )
        with self._reading() as database:
            rows = database.execute(query, (self.archive,)).fetchall()
        return [Listed(id=row[0], title=row[1], changed=row[2]) for row in rows]

    def load(self, id: str, *, known: Collection[str] = ()) -> Stored | None:  # noqa: A002
        """Return a conversation without the turns that are `known`; None if there is none."""
        with self._reading() as database:
            head = database.execute(
                "SELECT title, filters FROM conversation WHERE id = ? AND archive = ?",
                (id, self.archive),
            ).fetchone()
            turns = database.execute(
                "SELECT id, content, number FROM turn WHERE conversation = ? ORDER BY number", (id,)
            ).fetchall()
            waiting = database.execute(
                "SELECT content FROM waiting WHERE conversation = ? ORDER BY rowid", (id,)
            ).fetchall()
        if head is None:
            return None
        wanted = [row for row in turns if row[0] not in known]
        read = [(_read(Turn, content), number) for _, content, number in wanted]
        asked = [_read(Waiting, content) for (content,) in waiting]
        return Stored(
            title=head[0],
            filters=_read(PageFilters, head[1]) or PageFilters(),
            turns=tuple(replace(turn, number=number) for turn, number in read if turn),
            waiting=tuple(one for one in asked if one),
            unread=sum(turn is None for turn, _ in read) + asked.count(None),
        )

    def keep(self, id: str, *, title: str, filters: PageFilters) -> None:  # noqa: A002
        """Keep the title and the filters of a conversation, which may be a new one."""
        with self._writing() as database:
            self._keep_head(database, id, title=title, filters=filters)
            database.execute(
                "DELETE FROM conversation WHERE title = '' AND changed < ?",
                (self.clock() - _UNASKED_SECONDS,),
            )

    def keep_waiting(
        self,
        id: str,  # noqa: A002
        waiting: Waiting,
        *,
        title: str,
        filters: PageFilters,
    ) -> None:
        """Keep a question that waits for its answer; its conversation may be a new one."""
        with self._writing() as database:
            self._keep_head(database, id, title=title, filters=filters)
            database.execute(
                "INSERT OR IGNORE INTO waiting VALUES (?, ?, ?)",
                (id, waiting.id, _write(waiting)),
            )

    def keep_turn(self, id: str, turn: Turn) -> Turn | None:  # noqa: A002
        """Keep a turn in place of its question that waited; None if that waits no more.

        The turn gets the number after the last one that is kept.
        """
        with self._writing() as database:
            waited = database.execute(
                "DELETE FROM waiting WHERE conversation = ? AND id = ?", (id, turn.id)
            ).rowcount
            if not waited:
                return None
            (last,) = database.execute(
                "SELECT COALESCE(MAX(number), 0) FROM turn WHERE conversation = ?", (id,)
            ).fetchone()
            kept = replace(turn, number=last + 1)
            content = _write(kept)
            database.execute(
                "INSERT INTO turn VALUES (?, ?, ?, ?, ?)",
                (id, kept.id, kept.number, len(content), content),
            )
            database.execute("UPDATE conversation SET changed = ? WHERE id = ?", (self.clock(), id))
            database.execute(
                "DELETE FROM turn WHERE conversation = ? AND number <= ?",
                (id, kept.number - self.most_turns),
            )
            database.execute(_DROP_OLDEST, (self.most_conversations, self.most_bytes))
        return kept

    def drop_waiting(self, id: str, waiting: Waiting) -> None:  # noqa: A002
        """Let a question wait no more."""
        with self._writing() as database:
            database.execute(
                "DELETE FROM waiting WHERE conversation = ? AND id = ?", (id, waiting.id)
            )

    def rename(self, id: str, title: str) -> None:  # noqa: A002
        """Give a conversation another title."""
        with self._writing() as database:
            database.execute("UPDATE conversation SET title = ? WHERE id = ?", (title, id))

    def delete(self, id: str) -> Deleted | None:  # noqa: A002
        """Delete a conversation from the disk; return what brings it back, None if it is gone."""
        with self._writing() as database:
            rows = {table: _rows_of(database, table, id) for table in _TABLES}
            database.execute("DELETE FROM conversation WHERE id = ?", (id,))
        with self._opened() as database:
            # Without this, its pages would stay readable in the write-ahead log.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        head = rows["conversation"]
        return Deleted(id=id, title=head[0][2], rows=rows) if head else None

    def restore(self, deleted: Deleted) -> None:
        """Bring a conversation back that was deleted."""
        with self._writing() as database:
            for table in _TABLES:
                for row in deleted.rows[table]:
                    places = ", ".join("?" * len(row))
                    # The name is one of ours.
                    statement = f"INSERT OR IGNORE INTO {table} VALUES ({places})"  # noqa: S608
                    database.execute(statement, row)

    def _keep_head(
        self,
        database: sqlite3.Connection,
        id: str,  # noqa: A002
        *,
        title: str,
        filters: PageFilters,
    ) -> None:
        """Keep title and filters. A title that was given before stays."""
        database.execute(
            "INSERT INTO conversation VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "title = CASE title WHEN '' THEN excluded.title ELSE title END, "
            "filters = excluded.filters, changed = excluded.changed",
            (id, self.archive, title, _write(filters), self.clock()),
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the database in one state for all that is read."""
        with self._opened() as database, database:
            database.execute("BEGIN")
            yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the database for one change, which is made as a whole or not at all."""
        with self._opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            _create_private(self.path)
            with closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as database:
                database.isolation_level = None
                _prepare(database)
                _stay_open(self.path)
                yield database
        # ValueError: a text that is none in UTF-8.
        except (OSError, sqlite3.Error, ValueError) as error:
            raise NotKept(f"conversations cannot be kept in {self.path}: {error}") from error


def state_path() -> Path:
    """Return where the conversations of this user are kept."""
    return Path(platformdirs.user_state_dir("dateline")) / "chat.sqlite3"


def _create_private(path: Path) -> None:
    """Make the file, which its owner alone may read; SQLite gives its other files the same mode."""
    if path.exists():
        return
    # What belongs to a database that somebody deleted would be taken for that of the new one.
    _close_idle()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(database: sqlite3.Connection) -> None:
    """Set what holds for a connection, and make the tables of a new database.

    Raises:
        ValueError: a newer version of Dateline made it.
    """
    database.execute("PRAGMA foreign_keys = ON")
    # A change is on the disk at the next checkpoint and need not be waited for: the end of this
    # process loses none, and after a loss of power the last ones may be missing.
    database.execute("PRAGMA synchronous = NORMAL")
    # What was deleted is overwritten.
    database.execute("PRAGMA secure_delete = ON")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise ValueError(f"it has version {version}, and this Dateline reads {_VERSION}")
    if version < _VERSION:
        database.execute("PRAGMA auto_vacuum = FULL")
        database.execute("PRAGMA journal_mode = WAL")
        # Another process may do the same now: the tables appear at once, or were there.
        schema = _SCHEMA.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
        database.executescript(f"BEGIN IMMEDIATE;{schema}PRAGMA user_version = {_VERSION};COMMIT;")


# The last connection that closes moves all changes into the database and waits for the disk, twice.
# So one that does nothing stays open.
_IDLE: dict[Path, sqlite3.Connection] = {}
_IDLE_LOCK = Lock()


def _stay_open(path: Path) -> None:
    """Let a connection to this database, and to no other, stay open."""
    if path in _IDLE:
        return
    _close_idle()
    with _IDLE_LOCK:
        idle = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
        idle.execute("PRAGMA user_version").fetchone()  # it is open when it has read
        _IDLE[path] = idle


def _close_idle() -> None:
    with _IDLE_LOCK:
        while _IDLE:
            _IDLE.popitem()[1].close()


def _rows_of(database: sqlite3.Connection, table: str, id: str) -> list[tuple[Any, ...]]:  # noqa: A002
    key = "id" if table == "conversation" else "conversation"
    # Both names are ours.
    found: Iterable[tuple[Any, ...]] = database.execute(
        f"SELECT * FROM {table} WHERE {key} = ? ORDER BY rowid",  # noqa: S608
        (id,),
    )
    return list(found)


def _write(record: Turn | Waiting | PageFilters) -> str:
    written: bytes = _FORMATS[type(record)].dump_json(record)
    return written.decode()


def _read(kind: type[_Record], content: str) -> _Record | None:
    try:
        record: _Record = _FORMATS[kind].validate_json(content)
    except ValidationError:
        return None
    return record
