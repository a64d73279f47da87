"""The index over a store, kept in step with its log."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice

from graph_service.domain.errors import (
    StoreCorrupt,
    StoreError,
    StoreRefused,
    StoreUnavailable,
)
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.stores.base import Entry, Head, Store
from graph_service.stores.damage import legible
from graph_service.stores.keeping import Keeping
from graph_service.stores.standing import as_they_stand, head_at

BATCH = 100_000


class Following:
    """An index that is brought up to the end of a log whenever somebody asks; safe to use from
    several threads. `heard` is told of every record that comes.

    Where the server of a store does not answer or refuses us, the index goes on with what was read
    before, and `unread_since` says when the log was last read to its end.
    """

    def __init__(
        self,
        store: Store,
        ontology: Ontology,
        *,
        clock: Callable[[], datetime],
        heard: Callable[[Record], None],
    ) -> None:
        self.lock = threading.RLock()
        self.unread_since: datetime | None = None
        self._store = store
        self._clock = clock
        self._heard = heard
        self._broken_off: StoreError | None = None
        self._keeping = Keeping(store, ontology)
        self.index = self._keeping.load()
        self.seen = self._reached = head_at(store, self.index.sequence)
        self._read_to_the_end()

    def refresh(self) -> int:
        """Follow the log to its end, and answer the sequence number there."""
        try:
            self._read_to_the_end()
        except (StoreUnavailable, StoreRefused):
            if self._store.is_local:
                raise
            self.unread_since = self._read_at
        return self.seen.sequence

    def save(self) -> None:
        """Keep the index for the next start."""
        with self.lock:
            self._keeping.save(self.index, self.seen.hash)

    def save_if_far(self) -> None:
        """Keep the index where much is new in it."""
        if self._keeping.is_far_behind(self.index):
            # The snapshot saves time and nothing else: a full disk must not fail a write.
            with suppress(StoreUnavailable):
                self.save()

    def _read_to_the_end(self) -> None:
        began = self._clock()
        if self._store.head() != self.seen:
            self._catch_up()
        self._read_at, self.unread_since = began, None

    def _catch_up(self) -> None:
        with self.lock:
            head = self._store.head()
            if head.sequence > self.seen.sequence:
                self._follow(head)
            if head != self.seen:
                raise self._replaced()

    def _follow(self, head: Head) -> None:
        entries = self._store.entries(after=self.seen.sequence, until=head.sequence)
        while self.seen.sequence < head.sequence:
            self._reached, self._broken_off = self.seen, None
            with legible(lambda: f"the log near entry {self._reached.sequence + 1}"):
                self.index.extend(self._changes(islice(entries, BATCH)))
            came, self.seen = self._reached != self.seen, self._reached
            if self._broken_off is not None:
                raise self._broken_off
            if not came:
                raise self._replaced()

    def _changes(self, entries: Iterable[Entry]) -> Iterator[tuple[int, Record, datetime]]:
        try:
            for entry, record in as_they_stand(self._store, entries):
                if entry.previous != self._reached.hash:
                    raise self._replaced()
                self._heard(entry.record)
                yield entry.sequence, record, entry.at
                self._reached = Head(entry.sequence, entry.hash)
        except StoreError as error:
            # The index keeps what came before: it cannot forget again what it half took in.
            self._broken_off = error

    def _replaced(self) -> StoreCorrupt:
        return StoreCorrupt(f"{self._store.url} was replaced by another log: open it again")
