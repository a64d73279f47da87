"""Says what is going on when a call takes longer than a moment."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TextIO


class Progress:
    """Writes a line to a stream every so many seconds that a call takes, and wipes it after it;
    without a stream it is silent."""

    def __init__(self, stream: TextIO | None, *, every: float = 1.0) -> None:
        self._stream = stream
        self._every = every

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """While this is being waited for."""
        if self._stream is None:
            yield
            return
        over = Event()
        teller = Thread(target=self._tell, args=(self._stream, what, over), daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()

    def _tell(self, stream: TextIO, what: str, over: Event) -> None:
        started, widest = time.monotonic(), 0
        while not over.wait(self._every):
            line = f"waiting for {what}: {time.monotonic() - started:.0f} s"
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
