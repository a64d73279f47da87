"""How long a question may take. A question that runs out answers what it has, and says so."""

import time
from collections.abc import Callable


class Budget:
    """Seconds that a question may take, by a clock that only goes forward. `heard` is told what share
    of long work is done.

    >>> Budget(0.0, clock=iter([0.0, 1.0]).__next__).is_spent()
    True
    """

    def __init__(
        self,
        seconds: float = float("inf"),
        *,
        clock: Callable[[], float] = time.monotonic,
        heard: Callable[[float], None] | None = None,
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._heard = heard

    def tell(self, done: float) -> None:
        """Tell whoever listens that so much of the work is done, from 0 to 1."""
        if self._heard is not None:
            self._heard(done)

    def is_spent(self) -> bool:
        """Whether the time is up."""
        return self._clock() > self._end
