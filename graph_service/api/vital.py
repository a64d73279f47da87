"""What the service says of its own state."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alive:
    """The process runs and its store answers; `sequence` is the end of the log."""

    status: str
    sequence: int
    version: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The index answers, with the log up to `sequence`: all of it that can be read now."""

    status: str
    sequence: int
