"""Waiting for what may never come."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` answers or raises; `TimeoutError` after so many seconds, while it goes on in a
    thread of its own."""
    found: Future[T] = Future()
    Thread(target=_settle, args=(found, work), daemon=True).start()
    return found.result(seconds)


def _settle(found: "Future[T]", work: Callable[[], T]) -> None:
    try:
        found.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
        found.set_exception(error)
