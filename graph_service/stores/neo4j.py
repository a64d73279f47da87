"""A Neo4j server as the stores see it: transactions, routing, and what its errors mean.

The only module that imports the driver. What is run are the statements in `cypher/`, with
parameters; no text of a user ever becomes a part of one.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any, Protocol, TypeVar, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Session, exceptions

from graph_service.domain.errors import (
    StoreError,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    StoreRefused,
    StoreUnavailable,
    StoreUnreachable,
)
from graph_service.stores.cypher import statement

T = TypeVar("T")
Row = Mapping[str, Any]

OLDEST = (5, 26)
PAUSE = 1.0
"""Seconds for which a server that did not answer is not asked again; longer where it took long."""
LONGEST_READ = 60.0
IN_DOUBT_PAUSE = 0.25


class Run(Protocol):
    """Runs the statement of a name in one transaction."""

    def __call__(self, name: str, /, **parameters: object) -> Sequence[Row]: ...


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
        version = tuple(int(part) for part in agent.partition("/")[2].split(".")[:2])
        if version < OLDEST:
            raise StoreRefused(
                f"{self.address.uri} is {agent}: the store needs Neo4j "
                f"{'.'.join(map(str, OLDEST))} or later"
            )

    def read(self, work: Callable[[Run], T]) -> T:
        """What `work` makes of one state of the database; asked of any server that can read."""
        with self._told(), self._session("READ") as session:
            return session.execute_read(lambda tx: work(_runner(tx)))

    def ask(self, name: str, /, **parameters: object) -> Sequence[Row]:
        """The rows of one statement that reads."""
        query = Query(cast("Any", statement(name)), timeout=LONGEST_READ)
        with self._told(), self._session("READ") as session:
            return list(session.run(query, parameters))

    def ask_in_time(self, name: str, /) -> Sequence[Row]:
        """The same; raises `StoreUnreachable` once patience is at an end, for a network that went
        silent can keep the driver waiting for hours."""
        found: Future[Sequence[Row]] = Future()
        Thread(target=_settle, args=(found, lambda: self.ask(name)), daemon=True).start()
        try:
            return found.result(self.patience)
        except TimeoutError as error:
            with self._told():
                raise exceptions.ServiceUnavailable("no answer in time") from error

    def write(self, work: Callable[[Run], T]) -> T:
        """What `work` made of the database, durable once this returns. `work` may be called more
        than once, and has to find out for itself whether an earlier call was kept: a commit whose
        reply is lost is in doubt."""
        end = time.monotonic() + self.patience
        in_doubt = False
        while True:
            try:
                with self._told(at_once=in_doubt), self._session("WRITE") as session:
                    return session.execute_write(lambda tx: work(_runner(tx)))
            except StoreUnreachable as error:
                in_doubt = in_doubt or isinstance(error, _InDoubt)
                if not in_doubt:
                    raise
                if time.monotonic() > end:
                    raise StoreUnreachable(
                        f"{self.address.uri} went away while it was writing, and whether the write "
                        "was kept is not known: repeat it, under the same key if it had one"
                    ) from error
                time.sleep(IN_DOUBT_PAUSE)

    def define(self, text: str) -> None:
        """Run one statement that changes the schema, which no transaction can hold."""
        with self._told(), self._session("WRITE") as session:
            session.run(cast("Any", text)).consume()

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

    @contextmanager
    def _told(self, *, at_once: bool = False) -> Iterator[None]:
        started = time.monotonic()
        if started < self._quiet_until and not at_once:
            raise StoreUnreachable(f"{self.address.uri} does not answer: it is asked again shortly")
        try:
            yield
        except exceptions.IncompleteCommit as error:
            raise _InDoubt(str(error)) from error
        except (exceptions.DriverError, exceptions.Neo4jError, OSError) as error:
            trouble = _trouble(error, self.address.uri)
            if isinstance(trouble, StoreUnreachable):
                now = time.monotonic()
                self._quiet_until = now + PAUSE + (now - started)
            raise trouble from error


def _settle(found: "Future[T]", work: Callable[[], T]) -> None:
    try:
        found.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
        found.set_exception(error)


class _InDoubt(StoreUnreachable):
    """The reply to a commit was lost."""


def _runner(tx: ManagedTransaction) -> Run:
    def run(name: str, /, **parameters: object) -> Sequence[Row]:
        return list(tx.run(cast("Any", statement(name)), parameters))

    return run


_AWAY = (
    exceptions.ServiceUnavailable,
    exceptions.SessionExpired,
    exceptions.ConnectionAcquisitionTimeoutError,
    exceptions.DatabaseUnavailable,
    OSError,
)
_CANNOT_WRITE = (
    exceptions.ForbiddenOnReadOnlyDatabase,
    exceptions.NotALeader,
    exceptions.WriteServiceUnavailable,
)
_REFUSED = (
    exceptions.AuthError,
    exceptions.ConfigurationError,
    exceptions.AuthConfigurationError,
    exceptions.CertificateConfigurationError,
    exceptions.UnsupportedServerProduct,
)

_TROUBLES: tuple[tuple[Callable[[Exception, str], bool], type[StoreError], str], ...] = (
    (
        lambda error, code: "TransactionTimedOut" in code or "LockAcquisitionTimeout" in code,
        StoreUnavailable,
        "{uri} took longer than it may: nothing was written, try again later",
    ),
    (
        lambda error, code: "OutOfMemory" in code or "TransactionMemoryLimit" in code,
        StoreFull,
        (
            "this is more than {uri} can write at once, and nothing of it was kept: write it in parts, "
            "or into a file first and from there with graph-service copy"
        ),
    ),
    (
        lambda error, code: isinstance(error, _CANNOT_WRITE) or "ReadOnly" in code,
        StoreReadOnly,
        "{uri} can be read, not written: name a server that may write, or the cluster as neo4j://",
    ),
    (
        lambda error, code: code.endswith("Security.Forbidden"),
        StoreReadOnly,
        "this user may not write to {uri}: ask whoever runs it",
    ),
    (
        lambda error, code: "DatabaseNotFound" in code,
        StoreMissing,
        "there is no such database at {uri}: name another one behind the last slash",
    ),
    (
        lambda error, code: isinstance(error, _REFUSED) or "Security" in code,
        StoreRefused,
        "{uri} refuses us: check NEO4J_USERNAME and NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE",
    ),
    (
        lambda error, code: isinstance(error, _AWAY),
        StoreUnreachable,
        "{uri} does not answer: start it, or check its address",
    ),
    (
        lambda error, code: "TransientError" in code,
        StoreUnavailable,
        "{uri} is busy: nothing was written, try again",
    ),
)


def _trouble(error: Exception, uri: str) -> StoreError:
    """The error of the driver as one of the store, with what to do."""
    code = getattr(error, "code", None) or ""
    for fits, kind, advice in _TROUBLES:
        if fits(error, code):
            return kind(f"{advice.format(uri=uri)} ({_first_line(error)})")
    return StoreError(f"Neo4j at {uri} fails: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    return str(text).strip().splitlines()[0]
