"""One SQLite file that holds a log: its tables, its connections, and what its errors mean.

The only module that speaks to SQLite, through apsw, because the library that Python and Debian
carry can corrupt a file when its write-ahead log is reset.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import apsw

from graph_service.domain.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    StoreUnavailable,
)
from graph_service.stores.base import Entry, Head
from graph_service.stores.log import GENESIS, Line, Text
from graph_service.stores.sealing import unseal

APPLICATION_ID = 0x61637467  # "actg"
FORMAT_VERSION = 1
BATCH = 1_000
MOST_IDLE = 8
END = 2**62

_LINE = "e.sequence, e.kind, e.payload, e.by, e.at, e.previous, e.hash"
_ABOUT = f"SELECT {_LINE} FROM about a CROSS JOIN entries e USING (sequence) WHERE a.key = ?"  # noqa: S608 - constants
_RANGE = f"SELECT {_LINE} FROM entries e WHERE sequence > ? AND sequence <= ? ORDER BY sequence"  # noqa: S608 - constants

_TROUBLES: tuple[tuple[tuple[type[apsw.Error], ...], type[StoreError], str], ...] = (
    (
        (apsw.BusyError, apsw.LockedError),
        StoreUnavailable,
        "another program has been writing to {path} for too long: nothing was written, try again",
    ),
    (
        (apsw.FullError,),
        StoreFull,
        "no room is left for {path}: nothing of this write was kept, free some space and repeat it",
    ),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError),
        StoreReadOnly,
        "{path} can be read, not written: check its permissions and those of its directory",
    ),
    (
        (apsw.CorruptError, apsw.NotADBError),
        StoreCorrupt,
        "{path} is damaged, or was never a store: restore it from a backup, or name another file",
    ),
    (
        (apsw.CantOpenError,),
        StoreUnavailable,
        "{path} cannot be opened: its directory must be writable, as SQLite keeps two files beside",
    ),
    (
        (apsw.IOError,),
        StoreUnavailable,
        "the disk failed under {path}: the write was not acknowledged, check the disk and repeat it",
    ),
    ((apsw.ConnectionClosedError,), StoreUnavailable, "{path} was closed: open it again"),
)


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite that apsw brings."""
    return tuple(int(part) for part in apsw.sqlite_lib_version().split("."))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        for kinds, trouble, advice in _TROUBLES:
            if isinstance(error, kinds):
                raise trouble(f"{advice.format(path=path)} ({error})") from error
        raise StoreError(f"SQLite refuses {path}: {error}") from error


class Tables:
    """The tables of one connection, in the terms that both stores share."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def lay_out(self) -> None:
        """Make the tables of an empty file; of two processes, the second finds them made."""
        if _is_empty(self._db):
            schema = files("graph_service.stores").joinpath("schema.sql").read_text("utf-8")
            self._db.execute(schema)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {FORMAT_VERSION}")

    def head(self) -> Head:
        sql = "SELECT sequence, hash FROM entries ORDER BY sequence DESC LIMIT 1"
        return Head(*(self._db.execute(sql).get or (0, GENESIS)))

    def lines_about(self, key: str) -> list[Line]:
        return self._about(f"{_ABOUT} ORDER BY a.sequence", key)

    def last_about(self, key: str) -> Line | None:
        found = self._about(f"{_ABOUT} ORDER BY a.sequence DESC LIMIT 1", key)
        return found[0] if found else None

    def _about(self, sql: str, key: str) -> list[Line]:
        try:
            return [Line(*row) for row in self._db.execute(sql, (key,))]
        except UnicodeEncodeError:  # half a surrogate pair, which nothing is called by
            return []

    def find_text(self, commitment: str) -> Text | None:
        sql = "SELECT commitment, salt, text FROM texts WHERE commitment = ?"
        row = self._db.execute(sql, (commitment,)).get
        return None if row is None else Text(*row)

    def put(self, line: Line, keys: list[str], texts: list[Text]) -> None:
        execute = self._db.execute
        execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", line)
        for key in keys:
            execute("INSERT INTO about VALUES (?, ?)", (key, line.sequence))
        for text in texts:
            execute("INSERT INTO texts VALUES (?, ?, ?)", text)

    def erase_text(self, commitment: str) -> None:
        sql = "UPDATE texts SET salt = NULL, text = NULL WHERE commitment = ?"
        self._db.execute(sql, (commitment,))

    def lines(self) -> Iterator[Line]:
        return (Line(*row) for row in self._db.execute(_RANGE, (0, END)))

    def batch(self, after: int, until: int) -> list[Entry]:
        rows = self._db.execute(f"{_RANGE} LIMIT {BATCH}", (after, until))
        return [unseal(Line(*row), self.find_text) for row in rows]

    def is_about(self, key: str, sequence: int) -> bool:
        sql = "SELECT 1 FROM about WHERE key = ? AND sequence = ?"
        return self._db.execute(sql, (key, sequence)).get is not None

    def count_keys(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM about").get)

    def count_texts(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM texts").get)

    def check_file(self) -> None:
        found = self._db.execute("PRAGMA integrity_check(1)").get
        if found != "ok":
            raise StoreCorrupt(f"the file is damaged, restore it from a backup: {found}")


class SqliteFile:
    """A file with the tables of a log. Every error of SQLite comes out as a `StoreError` that says
    what to do. A file that may not be written is opened for reading."""

    def __init__(self, path: Path, *, create: bool, read_only: bool, patience: float) -> None:
        self.path = path
        self._patience = patience
        self._flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
        self._idle: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._head: tuple[int, Head] | None = None
        with _told(path):
            self._writer = self._open_first(create=create)
            if _is_empty(self._writer):
                with self.writing() as tables:
                    tables.lay_out()
            _check_format(self._writer, path)
            self.read_only = self._writer.readonly("main")
            self._watcher = self._connect(self._flags)

    def head(self) -> Head:
        """The end of the log, read only when some connection has committed since."""
        with self._lock, _told(self.path):
            version = self._watcher.execute("PRAGMA data_version").get
            if self._head is None or self._head[0] != version:
                self._head = version, Tables(self._watcher).head()
            return self._head[1]

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """One state of the file, however long it is read."""
        with _told(self.path):
            db = self._borrow()
            try:
                db.execute("BEGIN")
                yield Tables(db)
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                self._give_back(db)

    @contextmanager
    def writing(self) -> Iterator[Tables]:
        """The only writer of the file, for one transaction: durable at the end, or undone. One
        thread at a time."""
        with _told(self.path):
            db = self._writer
            db.execute("BEGIN IMMEDIATE")
            try:
                yield Tables(db)
                db.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back where the disk is full or fails.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of a transaction that is undone alone when something is raised in it."""
        with _told(self.path):
            self._writer.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK TO part")
                    self._writer.execute("RELEASE part")
                raise
            self._writer.execute("RELEASE part")

    def forget(self) -> None:
        """Leave no copy of what was overwritten in the write-ahead log."""
        with _told(self.path):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection; the last one of all processes folds the write-ahead log in."""
        with self._lock, _told(self.path):
            self._closed = True
            for db in (*self._idle, self._watcher, self._writer):
                db.close()
            self._idle.clear()

    def _connect(self, flags: int) -> apsw.Connection:
        db = apsw.Connection(str(self.path), flags=flags)
        db.set_busy_timeout(int(self._patience * 1_000))
        # The setting belongs to a connection, and any weaker one loses acknowledged writes.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        return db

    def _open_first(self, *, create: bool) -> apsw.Connection:
        db = self._connect(self._flags | (apsw.SQLITE_OPEN_CREATE if create else 0))
        empty = _is_empty(db)
        if empty and not create:
            raise StoreMissing(f"{self.path} is empty: import records to make it a store")
        if not empty:
            _check_format(db, self.path)
        if not db.readonly("main"):
            # A copy may have lost it, and FULL without it is weaker.
            db.execute("PRAGMA journal_mode = WAL")
        return db

    def _borrow(self) -> apsw.Connection:
        with self._lock:
            if self._closed:
                raise StoreUnavailable(f"{self.path} was closed: open it again")
            if self._idle:
                return self._idle.pop()
        return self._connect(self._flags)

    def _give_back(self, db: apsw.Connection) -> None:
        with self._lock:
            if len(self._idle) < MOST_IDLE and not self._closed:
                self._idle.append(db)
                return
        db.close()


def _is_empty(db: apsw.Connection) -> bool:
    tables = db.execute("SELECT count(*) FROM sqlite_schema").get
    return not tables and not db.pragma("application_id") and not db.pragma("user_version")


def _check_format(db: apsw.Connection, path: Path) -> None:
    if db.pragma("application_id") != APPLICATION_ID:
        raise StoreCorrupt(
            f"{path} is a database of another program, not a store of claims: name another file"
        )
    version = db.pragma("user_version")
    if version > FORMAT_VERSION:
        raise StoreTooNew(
            f"{path} has the format {version}, and this program reads up to {FORMAT_VERSION}: "
            "install a newer version"
        )
