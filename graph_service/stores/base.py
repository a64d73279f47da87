"""The port of every store: an append-only log of records, and what can be asked of it.

Domain types go in and come out; nobody outside a store's own modules sees a row, a driver or a
statement. Every store passes the contract in `tests/stores/contract.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.records import Record

MAX_KEY = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: its place in the log, what changed, by whom, when, and the chain of hashes."""

    sequence: int
    record: Record
    by: str
    at: datetime
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: the last sequence number (0 when empty) and its hash."""

    sequence: int
    hash: str


class Line(NamedTuple):
    """One entry as it is kept: the payload as canonical JSON, the time as RFC 3339 text."""

    sequence: int
    kind: str
    payload: str
    by: str
    at: str
    previous: str
    hash: str


class Text(NamedTuple):
    """A text kept beside the log; salt and text are None once it has been erased."""

    commitment: str
    salt: bytes | None
    text: str | None


class Kept(NamedTuple):
    """A line with the texts that its payload commits to."""

    line: Line
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a log as it is kept, read as it is gone through, and the commitments of all
    texts that were erased before that, anywhere in the log."""

    kept: Iterable[Kept]
    erased: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a write did: the sequence after it, how many entries it made, how many records were
    already known, and the ids of the claims and of the evidence that the write was about (none
    are listed where there are more than 100,000). `replayed` says that all this was done by an
    earlier write of the same key."""

    sequence: int
    written: int
    known: int
    claims: tuple[str, ...]
    evidence: tuple[str, ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """Names one write among those of one writer, so that a retry of it is the same write.

    `key` is the writer's own name for it, of at most 200 printable characters; `digest` is the
    SHA-256 of what is asked to be written. Raises `InvalidRecord` for a key that cannot be one.
    """

    key: str
    digest: str

    def __post_init__(self) -> None:
        if not self.key.strip() or not self.key.isprintable() or len(self.key) > MAX_KEY:
            raise InvalidRecord(
                f"the key of a write has 1 to {MAX_KEY} printable characters", field="key"
            )


class Store(Protocol):
    """A log that can be appended to, followed and looked up; safe to use from several threads."""

    @property
    def url(self) -> str:
        """The URL that names this store, without credentials."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether writes are refused with `StoreReadOnly`."""
        ...

    @property
    def snapshot_folder(self) -> Path | None:
        """Where an index over this log may be kept between runs, None for nowhere."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether its head is at hand without a journey to another machine."""
        ...

    def append(
        self,
        records: Iterable[Record],
        *,
        by: str,
        keep_history: bool = False,
        once: Once | None = None,
    ) -> Receipt:
        """Write all of these records or none, durably; raises what `admit` raises, or
        `StoreError`. With `keep_history` the clocks and decisions of the records are kept.

        With `once` the write is remembered as durably as it is made: again under the same key it
        writes nothing and answers the first receipt, and with another digest it is a `Conflict`.
        """
        ...

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """The log from just after one sequence number up to and including another."""
        ...

    def lines(self, *, after: int = 0, until: int | None = None) -> Stretch:
        """The same stretch of the log as it is kept, for another store to take; it is not
        checked. The keys of writes that are remembered are no part of the log."""
        ...

    def take(self, stretch: Stretch) -> Head:
        """Append the lines of another store as they are, and erase the texts that were erased
        there; answers the end of the log then.

        Lines that are here already are passed over. The others are checked and written durably, some
        thousands at a time, so that what is broken off can be gone on with. Raises `Conflict`
        where they do not follow the last line here, and `StoreCorrupt` where they are not what
        was written.
        """
        ...

    def about(self, key: str) -> tuple[Entry, ...]:
        """Every entry about one thing, oldest first: `actor:ID`, `source:ID`, `episode:ID`, a
        claim's id or a piece of evidence's id (a decision is about its evidence and its claim).
        Empty when nothing is known."""
        ...

    def about_each(self, keys: Iterable[str]) -> Iterator[tuple[Entry, ...]]:
        """What `about` answers for each of these keys, in their order."""
        ...

    def head(self) -> Head:
        """The end of the log as it is now."""
        ...

    def verify(self) -> Head:
        """Read the whole log, recompute every hash; raises `StoreCorrupt` at the first fault."""
        ...

    def erase(self, key: str) -> int:
        """Erase every text (passages, reasons, descriptions, names of persons) in the entries
        about one thing, for good, and answer how many there were; the log still verifies."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...
