"""What is told of an import that runs on its own: how far it is, and what became of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_SHOWN = 100
"""So many refused rows are shown in a report; the rest is in a file of its own."""


class Stage(StrEnum):
    """Where an import stands: `refused` is what cannot be taken in, `failed` what was not finished
    for another reason."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken in: its line (from 1), the field if it is one, and why."""

    line: int
    field: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of a file: how many were read, taken, skipped (by reason), without a
    relation (by code) and refused; what its rows told of; what was new in the store and what was
    known already; in how many seconds."""

    rows: int
    taken: int
    skipped: Mapping[str, int]
    unmapped: Mapping[str, int]
    refused: int
    claims: int
    evidence: int
    new_actors: int
    relations: Mapping[str, int]
    written: int
    known: int
    seconds: float
    rows_per_second: int


@dataclass(frozen=True, slots=True)
class Report:
    """An import: what was asked for, how far it is in bytes and rows, and at its end the outcome,
    or the problem (RFC 9457) that stopped it. A question sees all of it from the entry `sequence`
    of the log on. The first refused rows are shown, all of them are at `refused_rows_url`."""

    id: str
    format: str
    name: str
    state: Stage
    dry_run: bool
    strict: bool
    by: str
    bytes_done: int
    bytes_total: int
    rows: int
    received_at: str
    started_at: str | None = None
    ended_at: str | None = None
    sequence: int | None = None
    summary: Tally | None = None
    refused_rows: tuple[RefusedRow, ...] = ()
    refused_rows_url: str | None = None
    problem: Mapping[str, Any] | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (Stage.WAITING, Stage.RUNNING)
