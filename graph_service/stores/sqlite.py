"""One SQLite file that holds a log: its tables and its connections.

The only module that speaks to SQLite, beside `troubles`; through apsw, because the library that Python and Debian
carry can corrupt a file when its write-ahead log is reset.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw

from graph_service.domain.errors import (
    StoreCorrupt,
    StoreMissing,
    StoreTooNew,
    StoreUnavailable,
)
from graph_service.stores.base import Entry, Head
from graph_service.stores.damage import legible
from graph_service.stores.log import GENESIS, Line, Text, check_hash
from graph_service.stores.place import Place
from graph_service.stores.sealing import unseal
from graph_service.stores.troubles import told

APPLICATION_ID = 0x61637467  # "actg"
FORMAT_VERSION = 1
BATCH = 1_000
MOST_IDLE = 8
END = 2**62

_LINE = "e.sequence, e.kind, e.payload, e.by, e.at, e.previous, e.hash"
_ABOUT = f"SELECT {_LINE} FROM about a CROSS JOIN entries e USING (sequence) WHERE a.key = ?"  # noqa: S608 - constants
_LAST = f"SELECT {_LINE} FROM entries e ORDER BY sequence DESC LIMIT 1"  # noqa: S608 - constants
_RANGE = f"SELECT {_LINE} FROM entries e WHERE sequence > ? AND sequence <= ? ORDER BY sequence"  # noqa: S608 - constants


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite that apsw brings."""
    return tuple(int(part) for part in apsw.sqlite_lib_version().split("."))


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
        found = list(self._lines(_LAST, ()))
        for line in found:
            check_hash(line)
        return Head(found[0].sequence, found[0].hash) if found else Head(0, GENESIS)

    def lines_about(self, key: str) -> list[Line]:
        return self._about(f"{_ABOUT} ORDER BY a.sequence", key)

    def last_about(self, key: str) -> Line | None:
        found = self._about(f"{_ABOUT} ORDER BY a.sequence DESC LIMIT 1", key)
        return found[0] if found else None

    def _about(self, sql: str, key: str) -> list[Line]:
        try:
            key.encode()
        except UnicodeEncodeError:  # half a surrogate pair, which nothing is called by
            return []
        return list(self._lines(sql, (key,)))

    def find_text(self, commitment: str) -> Text | None:
        sql = "SELECT commitment, salt, text FROM texts WHERE commitment = ?"
        row = self._get(sql, (commitment,))
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
        return self._lines(_RANGE, (0, END))

    def batch(self, after: int, until: int) -> list[Entry]:
        lines = self._lines(f"{_RANGE} LIMIT {BATCH}", (after, until))
        return [unseal(line, self.find_text) for line in lines]

    def is_about(self, key: str, sequence: int) -> bool:
        sql = "SELECT 1 FROM about WHERE key = ? AND sequence = ?"
        return self._get(sql, (key, sequence)) is not None

    def count_keys(self) -> int:
        return int(self._get("SELECT count(*) FROM about"))

    def count_texts(self) -> int:
        return int(self._get("SELECT count(*) FROM texts"))

    def check_file(self) -> None:
        found = self._get("PRAGMA integrity_check(1)")
        if found != "ok":
            raise StoreCorrupt(f"the file is damaged, restore it from a backup: {found}")

    def _lines(self, sql: str, values: tuple[object, ...]) -> Iterator[Line]:
        last = 0
        with legible(lambda: f"an entry after entry {last}" if last else "an entry"):
            for row in self._db.execute(sql, values):
                line = Line(*row)
                yield line
                last = line.sequence

    def _get(self, sql: str, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a row
        with legible(lambda: "a row of the store"):
            return self._db.execute(sql, values).get


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
        with told(path):
            self._writer = self._open_first(create=create)
            self.read_only = self._writer.readonly("main")
            self._place = Place(path)
            if _is_empty(self._writer):
                with self.writing() as tables:
                    tables.lay_out()
            _check_format(self._writer, path)
            self._watcher = self._connect(self._flags)

    def head(self) -> Head:
        """The end of the log, read only when some connection has committed since."""
        with self._lock, told(self.path):
            self._check_open()
            self._check_place()
            version = self._watcher.execute("PRAGMA data_version").get
            if self._head is None or self._head[0] != version:
                self._head = version, Tables(self._watcher).head()
            return self._head[1]

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """One state of the file, however long it is read."""
        with told(self.path):
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
        with told(self.path):
            self._check_place()
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
        with told(self.path):
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
        with told(self.path):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection; the last one of all processes folds the write-ahead log in."""
        with self._lock, told(self.path):
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
            self._check_open()
            if self._idle:
                return self._idle.pop()
        self._check_place()
        return self._connect(self._flags)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailable(f"{self.path} was closed: open it again")

    def _check_place(self) -> None:
        if not self.read_only:
            self._place.check()

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
