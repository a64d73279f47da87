"""One SQLite file that holds a log, and its connections.

With `tables`, `layout` and `troubles` all that speaks to SQLite; through apsw, because the library
that Python and Debian carry can corrupt a file when its write-ahead log is reset.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from graph_service.domain.errors import StoreMissing, StoreUnavailable
from graph_service.domain.records import Record
from graph_service.stores.base import Head
from graph_service.stores.layout import bring_up, check_format, is_empty, is_older
from graph_service.stores.place import Place
from graph_service.stores.tables import Tables
from graph_service.stores.troubles import told

MOST_IDLE = 8
MOST_NOUNS = 10_000


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite that apsw brings."""
    return tuple(int(part) for part in apsw.sqlite_lib_version().split("."))


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
        self._nouns: dict[str, Record] = {}
        self._version = 0
        with told(path):
            self._writer = self._open_first(create=create)
            self.read_only = self._writer.readonly("main")
            self._place = Place(path)
            if not self.read_only and is_older(self._writer):
                with self.writing():
                    bring_up(self._writer)
            check_format(self._writer, path)
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
                tables = Tables(db, self._nouns_now())
                yield tables
                tables.flush()
                db.execute("COMMIT")
            except BaseException:
                self._nouns.clear()
                # SQLite has already rolled back where the disk is full or fails.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def part(self, tables: Tables) -> Iterator[None]:
        """A part of a transaction that is undone alone when something is raised in it."""
        with told(self.path):
            tables.flush()
            self._writer.execute("SAVEPOINT part")
            try:
                yield
                tables.flush()
            except BaseException:
                tables.drop()
                self._nouns.clear()
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK TO part")
                    self._writer.execute("RELEASE part")
                raise
            self._writer.execute("RELEASE part")

    def _nouns_now(self) -> dict[str, Record]:
        """The nouns that are known, none of them once another program has written."""
        version = self._writer.execute("PRAGMA data_version").get
        if version != self._version or len(self._nouns) > MOST_NOUNS:
            self._nouns.clear()
        self._version = version
        return self._nouns

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
        empty = is_empty(db)
        if empty and not create:
            raise StoreMissing(f"{self.path} is empty: import records to make it a store")
        if not empty:
            check_format(db, self.path)
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
