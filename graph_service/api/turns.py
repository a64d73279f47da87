"""Heavy questions take turns: so many at once, so many waiting, the rest is told to come back."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

T = TypeVar("T")


class Overloaded(Exception):
    """Too many questions are waiting already."""


class Turns:
    """A bounded number of threads, and a bounded queue before them."""

    def __init__(self, *, concurrency: int, waiting: int) -> None:
        self._limiter = CapacityLimiter(concurrency)
        self._may_wait = waiting

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return self._limiter.statistics().tasks_waiting

    @property
    def working(self) -> int:
        """How many are being worked on."""
        return int(self._limiter.borrowed_tokens)

    async def take(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in a thread when it is its turn; raises `Overloaded`."""
        if self._limiter.available_tokens <= 0 and self.waiting >= self._may_wait:
            raise Overloaded
        return await run_sync(work, limiter=self._limiter)

    async def go_on(self, work: Callable[[], T]) -> T:
        """The same for the next part of work that has had its first turn: it waits as long as it
        must, since half of an answer is none."""
        return await run_sync(work, limiter=self._limiter)
