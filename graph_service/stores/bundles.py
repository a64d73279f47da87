"""Group commit: writes that wait for the disk together are made durable together."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph_service.domain.errors import StoreError, StoreFull, StoreUnavailable
from graph_service.domain.records import Record
from graph_service.stores.base import Once, Receipt

MOST_TOGETHER = 1_000


@dataclass(slots=True, eq=False)
class Bundle:
    """Records that are written whole or not at all, and what became of them."""

    records: Iterable[Record]
    by: str
    keep_history: bool
    once: Once | None = None
    receipt: Receipt | None = None
    error: BaseException | None = None
    streams: bool = field(init=False)

    def __post_init__(self) -> None:
        self.streams = not isinstance(self.records, Sequence)

    @property
    def is_done(self) -> bool:
        return self.receipt is not None or self.error is not None

    def settle(self, outcome: Receipt | BaseException) -> None:
        """Say what became of it."""
        if isinstance(outcome, Receipt):
            self.receipt = outcome
        else:
            self.error = outcome

    def outcome(self) -> Receipt:
        """The receipt; raises what went wrong."""
        if self.receipt is None:
            raise self.error or StoreUnavailable("the write was not made: write it again")
        return self.receipt


class Bundles:
    """Bundles of several threads, committed by whichever thread comes first.

    `commit` is given the bundles that waited and sets the receipt or the error of each; it returns
    once they are durable. A bundle that streams its records is committed alone.
    """

    def __init__(self, commit: Callable[[list[Bundle]], None], *, patience: float) -> None:
        self._commit = commit
        self._patience = patience
        self._changed = threading.Condition()
        self._waiting: list[Bundle] = []
        self._busy = False

    @property
    def waiting(self) -> int:
        """How many bundles wait for the commit that is going on."""
        return len(self._waiting)

    def submit(self, bundle: Bundle) -> Receipt:
        """Commit the bundle, perhaps with others; raises `StoreUnavailable` if its turn does not
        come within the seconds of patience."""
        group = self._wait(bundle)
        if group:
            self._lead(group)
        return bundle.outcome()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody commits, and keep everybody from it; raises `StoreUnavailable`."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._busy, self._patience):
                raise self._too_long()
            self._busy = True
        try:
            yield
        finally:
            self._leave()

    def _wait(self, bundle: Bundle) -> list[Bundle]:
        end = time.monotonic() + self._patience
        with self._changed:
            self._waiting.append(bundle)
            while self._busy and not bundle.is_done:
                remaining = end - time.monotonic()
                if remaining <= 0 and bundle in self._waiting:
                    self._waiting.remove(bundle)
                    raise self._too_long()
                self._changed.wait(max(remaining, 0.001) if bundle in self._waiting else None)
            if bundle.is_done:
                return []
            self._busy = True
            return self._take(bundle)

    def _take(self, bundle: Bundle) -> list[Bundle]:
        if bundle.streams:
            group = [bundle]
        else:
            others = (b for b in self._waiting if not b.streams and b is not bundle)
            group = [bundle, *others][:MOST_TOGETHER]
        self._waiting = [b for b in self._waiting if b not in group]
        return group

    def _lead(self, group: list[Bundle]) -> None:
        try:
            self._commit_fairly(group)
        except Exception as error:  # noqa: BLE001 - each caller has it raised in its own thread
            self._fail(group, error)
        except BaseException:
            self._fail(group, StoreUnavailable("the write was interrupted: write it again"))
            raise
        finally:
            self._leave()

    def _commit_fairly(self, group: list[Bundle]) -> None:
        try:
            self._commit(group)
        except StoreFull:
            if len(group) == 1:
                raise
            # One large bundle must not take the room of the small ones beside it.
            for bundle in group:
                self._commit_alone(bundle)

    def _commit_alone(self, bundle: Bundle) -> None:
        try:
            self._commit([bundle])
        except StoreError as error:
            bundle.error = error

    def _leave(self) -> None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()

    def _too_long(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"another write has been going on for more than {self._patience:g} seconds: nothing "
            "was written, try again later"
        )

    @staticmethod
    def _fail(group: list[Bundle], error: Exception) -> None:
        for bundle in group:
            if not bundle.is_done:
                bundle.error = error
