"""Says what is going on when a call takes longer than a moment."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TextIO

WIDTH = 20
Done = Callable[[], float | None]
"""How much is done, from 0 to 1; None where nobody knows."""


def bar(share: float) -> str:
    """A share as a bar.

    >>> bar(0.42)
    '████████░░░░░░░░░░░░ 42 %'
    """
    filled = int(WIDTH * share)
    return f"{'█' * filled}{'░' * (WIDTH - filled)} {100 * share:.0f} %"


class Progress:
    """Writes a line to a stream every so many seconds that a call takes, and wipes it after it;
    without a stream it is silent."""

    def __init__(self, stream: TextIO | None, *, every: float = 1.0) -> None:
        self._stream = stream
        self._every = every

    @contextmanager
    def on(self, what: str, done: Done | None = None) -> Iterator[None]:
        """While this is being waited for; with `done`, how much of it is done, as a bar."""
        if self._stream is None:
            yield
            return
        over = Event()
        teller = Thread(target=self._tell, args=(self._stream, what, done, over), daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()

    def _tell(self, stream: TextIO, what: str, done: Done | None, over: Event) -> None:
        started, widest = time.monotonic(), 0
        while not over.wait(self._every):
            share = None if done is None else done()
            drawn = "" if share is None else f" {bar(share)}"
            line = f"waiting for {what}:{drawn} {time.monotonic() - started:.0f} s"
            widest = max(widest, len(line))
            stream.write(f"\r{line}")
            stream.flush()
        if widest:
            stream.write(f"\r{' ' * widest}\r")
            stream.flush()


def where_somebody_looks() -> TextIO | None:
    """Standard error, where it is a terminal or a notebook; else None."""
    seen = sys.stderr.isatty() or "ipykernel" in sys.modules
    return sys.stderr if seen else None
