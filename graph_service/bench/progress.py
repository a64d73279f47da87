"""How far a run of the benchmark is."""

import sys
from collections.abc import Callable


class Progress:
    """Says on standard error what is being done, and how far into the run it is."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()

    def __call__(self, text: str) -> None:
        sys.stderr.write(f"{self.seconds():4.0f} s  {text}\n")
        sys.stderr.flush()

    def seconds(self) -> float:
        """Seconds since the run began."""
        return self._clock() - self._began
