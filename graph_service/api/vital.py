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
    """The index has taken in the whole log, up to `sequence`."""

    status: str
    sequence: int
