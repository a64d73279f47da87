"""How long a question may take. A question that runs out answers what it has, and says so."""

import time
from collections.abc import Callable


class Budget:
    """Seconds that a question may take, by a clock that only goes forward.

    >>> Budget(0.0, clock=iter([0.0, 1.0]).__next__).is_spent()
    True
    """

    def __init__(
        self, seconds: float = float("inf"), *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def is_spent(self) -> bool:
        """Whether the time is up."""
        return self._clock() > self._end
