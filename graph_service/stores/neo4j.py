"""A Neo4j server as the stores see it: transactions, routing, and what its errors mean.

The only module that imports the driver. What is run are the statements in `cypher/`, with
parameters; no text of a user ever becomes a part of one.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Result, Session, exceptions

from graph_service.domain.errors import (
    StoreError,
    StoreFull,
    StoreInDoubt,
    StoreMissing,
    StoreReadOnly,
    StoreRefused,
    StoreUnavailable,
    StoreUnreachable,
)
from graph_service.stores.cypher import statement
from graph_service.stores.deadline import within

T = TypeVar("T")
Row = Mapping[str, Any]

OLDEST = (5, 26)
PAUSE = 1.0
"""Seconds for which a server that did not answer is not asked again; longer where it took long."""
LONGEST_READ = 600.0
"""Seconds that the server may take for one statement that reads."""


class Run(Protocol):
    """Runs the statement of a name in one transaction. What it answers is fetched as it is read, and
    what was left unread by the next statement is kept until then."""

    def __call__(self, name: str, /, **parameters: object) -> Iterable[Row]: ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, and as whom it is spoken to."""

    uri: str
    database: str | None
    username: str
    password: str


class Neo4jServer:
    """One database of a server or cluster; safe to use from several threads.

    Reads are routed as reads and writes as writes, and every transaction sees those before it.
    Whatever goes wrong comes out as a `StoreError` that says what to do.
    """

    def __init__(self, address: Address, *, patience: float) -> None:
        self.address = address
        self.patience = patience
        self._quiet_until = 0.0
        self._bookmarks = GraphDatabase.bookmark_manager()
        # What goes wrong comes out as an error, and need not be written on stderr before.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        with self._told():
            self._driver: Driver = GraphDatabase.driver(
                address.uri,
                auth=(address.username, address.password),
                connection_timeout=patience,
                connection_acquisition_timeout=patience,
                # A connection that lay idle may have died with a server that came back since.
                liveness_check_timeout=2.0,
                max_connection_lifetime=600,
                keep_alive=True,
                telemetry_disabled=True,
                notifications_min_severity="OFF",
            )

    def check(self) -> None:
        """Raises `StoreUnreachable` where nobody answers, `StoreRefused` where we are not let in
        or the server is too old."""
        with self._told():
            self._driver.verify_connectivity()
            agent = self._driver.get_server_info().agent
        version = re.search(r"(\d+)\.(\d+)", agent)
        if version is None or (int(version[1]), int(version[2])) < OLDEST:
            raise StoreRefused(f"{self.address.uri} is {agent}: {_NEEDED}")

    def read(self, work: Callable[[Run], T]) -> T:
        """What `work` makes of one state of the database; asked of any server that can read."""

        def asked() -> T:
            with self._told(), self._session("READ") as session:
                return session.execute_read(lambda tx: work(_runner(tx, [])))

        return self._in_time(asked, 2 * self.patience)

    def ask(self, name: str, /, **parameters: object) -> Sequence[Row]:
        """The rows of one statement that reads, for which the server may take ten minutes."""
        return self.explore(statement(name), parameters, seconds=LONGEST_READ)

    def explore(
        self, text: str, parameters: Mapping[str, object], *, seconds: float
    ) -> Sequence[Row]:
        """The rows of a question in Cypher; raises `StoreUnavailable` where it takes longer than
        so many seconds, and `StoreFull` where it takes more memory than there is."""
        query = Query(cast("Any", text), timeout=seconds)
        with self._told(), self._session("READ") as session:
            return list(session.run(query, dict(parameters)))

    def ask_in_time(self, name: str, /) -> Sequence[Row]:
        """The same; raises `StoreUnreachable` once patience is at an end."""
        return self._in_time(lambda: self.ask(name), self.patience)

    def write(self, work: Callable[[Run], T]) -> T:
        """What `work` made of the database, durable once this returns. `work` may be called more
        than once, and has to find out for itself whether an earlier call was kept: a commit whose
        reply is lost is in doubt."""
        try:
            return self._write_once(work)
        except _ReplyLost as lost:
            error: StoreError = lost
        end = time.monotonic() + self.patience
        while isinstance(error, StoreUnavailable) and time.monotonic() < end:
            time.sleep(0.25)
            try:
                return self._write_once(work, in_doubt=True)
            except StoreError as another:
                error = another
        raise StoreInDoubt(
            f"{self.address.uri} went away while it was writing, and whether the write was kept is "
            "not known: repeat it, under the same key if it had one"
        ) from error

    def define(self, texts: Iterable[str]) -> None:
        """Run statements that change the schema, which stand in a transaction of their own."""

        def defined(tx: ManagedTransaction) -> None:
            for text in texts:
                tx.run(cast("Any", text)).consume()

        with self._told(), self._session("WRITE") as session:
            session.execute_write(defined)

    def close(self) -> None:
        """Give back every connection."""
        self._driver.close()

    def _session(self, mode: str) -> Session:
        patience = self.patience if mode == "WRITE" else 0.0
        return self._driver.session(
            database=self.address.database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            max_transaction_retry_time=patience,
            fetch_size=10_000,
        )

    def _write_once(self, work: Callable[[Run], T], *, in_doubt: bool = False) -> T:
        with self._told(at_once=in_doubt), self._session("WRITE") as session:
            try:
                return session.execute_write(lambda tx: self._worked(tx, work))
            except exceptions.IncompleteCommit as error:
                raise _ReplyLost(_first_line(error)) from error

    def _worked(self, tx: ManagedTransaction, work: Callable[[Run], T]) -> T:
        results: list[Result] = []
        try:
            outcome = work(_runner(tx, results))
            if results:
                results[-1].consume()
        except exceptions.TransientError as error:
            trouble = _trouble(error, self.address.uri)
            if isinstance(trouble, StoreFull):  # the driver would try it again, and in vain
                raise trouble from error
            raise
        return outcome

    def _in_time(self, ask: Callable[[], T], seconds: float) -> T:
        """What `ask` answers; raises `StoreUnreachable` after so many seconds, for a server or a
        network that went silent keeps the driver waiting for minutes."""
        try:
            return within(seconds, ask)
        except TimeoutError as error:
            self._quiet_until = self._quiet_after(seconds)
            raise self._away(f"no answer in {seconds:g} seconds") from error

    @contextmanager
    def _told(self, *, at_once: bool = False) -> Iterator[None]:
        started = time.monotonic()
        if started < self._quiet_until and not at_once:
            raise self._away("it is asked again shortly")
        if self._quiet_until:
            # One finds out whether it answers again; the others need not wait for that.
            self._quiet_until = started + self.patience
        quiet = 0.0
        try:
            yield
        except (exceptions.DriverError, exceptions.Neo4jError, OSError) as error:
            trouble = _trouble(error, self.address.uri)
            if isinstance(trouble, StoreUnreachable):
                quiet = self._quiet_after(time.monotonic() - started)
            raise trouble from error
        finally:
            self._quiet_until = quiet

    def _quiet_after(self, waited: float) -> float:
        return time.monotonic() + PAUSE + min(waited, self.patience)

    def _away(self, why: str) -> StoreUnreachable:
        return StoreUnreachable(f"{_AWAY_ADVICE.format(uri=self.address.uri)} ({why})")


class _ReplyLost(StoreUnreachable):
    """The reply to a commit was lost."""


def _runner(tx: ManagedTransaction, results: list[Result]) -> Run:
    def run(name: str, /, **parameters: object) -> Iterable[Row]:
        results.append(tx.run(cast("Any", statement(name)), parameters))
        return results[-1]

    return run


_CANNOT_WRITE = (
    exceptions.ForbiddenOnReadOnlyDatabase,
    exceptions.NotALeader,
    exceptions.WriteServiceUnavailable,
)
_REFUSED = (exceptions.AuthConfigurationError, exceptions.CertificateConfigurationError)
_AWAY = (
    exceptions.ServiceUnavailable,
    exceptions.SessionExpired,
    exceptions.ConnectionAcquisitionTimeoutError,
    exceptions.DatabaseUnavailable,
    OSError,
)
_NEEDED = f"the store needs Neo4j {'.'.join(map(str, OLDEST))} or later"
_AWAY_ADVICE = "{uri} does not answer: start it, or check its address"

_TROUBLES: tuple[tuple[tuple[type[Exception] | str, ...], type[StoreError], str], ...] = (
    (
        ("TransactionTimedOut", "LockAcquisitionTimeout", "LockClientStopped", "Terminated"),
        StoreUnavailable,
        "{uri} took longer than it may, and changed nothing: try again later",
    ),
    (
        ("OutOfMemory", "TransactionMemoryLimit"),
        StoreFull,
        "this is more than {uri} has memory for, and changed nothing: ask or write less at once",
    ),
    (
        (*_CANNOT_WRITE, "ReadOnly"),
        StoreReadOnly,
        "{uri} can be read, not written: name a server that may write, or the cluster as neo4j://",
    ),
    (
        ("Security.Forbidden",),
        StoreReadOnly,
        "this user may not write to {uri}: ask whoever runs it",
    ),
    (
        ("DatabaseNotFound",),
        StoreMissing,
        "there is no such database at {uri}: name another one behind the last slash",
    ),
    (
        (*_REFUSED, "Security"),
        StoreRefused,
        "{uri} refuses us: check NEO4J_USERNAME and NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE",
    ),
    ((exceptions.ConfigurationError,), StoreRefused, f"{{uri}} is not understood: {_NEEDED}"),
    (_AWAY, StoreUnreachable, _AWAY_ADVICE),
    (("TransientError",), StoreUnavailable, "{uri} is busy, and changed nothing: try again"),
)
"""By the classes of the driver's errors and words in the server's codes; the first that fits."""


def _trouble(error: Exception, uri: str) -> StoreError:
    """The error of the driver as one of the store, with what to do."""
    code = getattr(error, "code", None) or ""
    for signs, kind, advice in _TROUBLES:
        if any(
            sign in code if isinstance(sign, str) else isinstance(error, sign) for sign in signs
        ):
            return kind(f"{advice.format(uri=uri)} ({_first_line(error)})")
    return StoreError(f"Neo4j at {uri} fails: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    told = error.message if isinstance(error, exceptions.Neo4jError) else str(error)
    return (told or type(error).__name__).strip().splitlines()[0]
