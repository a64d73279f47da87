"""How often a call is tried again, and how long it waits in between."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_ASKED = 30.0
FIRST_LOOK, LONGEST_LOOK = 0.05, 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Up to `attempts` tries. The pause before another one is random, up to a span that doubles
    from `first` to `longest` seconds, and never shorter than the service asks for."""

    attempts: int = 6
    first: float = 0.2
    longest: float = 5.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def pause(self, tried: int, *, asked: float = 0.0) -> None:
        """Wait after so many tries; `asked` is what the service asks for, in seconds."""
        span = min(self.longest, self.first * 2 ** (tried - 1))
        self.sleep(max(min(asked, LONGEST_ASKED), span * self.chance()))

    def look_again(self, looked: int) -> None:
        """Wait before looking again at what goes on by itself, after so many looks."""
        self.sleep(min(LONGEST_LOOK, FIRST_LOOK * 2 ** min(looked, 10)))
