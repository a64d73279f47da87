"""A claim as answers show it: its evidence as it stands, and everything that happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph_service.domain.claims import (
    ClaimRecord,
    Decision,
    Evidence,
    State,
    claim_fields,
    state_of,
)
from graph_service.domain.records import Record
from graph_service.stores.base import Entry


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """What one source says of a claim, as a native record has it."""

    id: str
    source: str
    locator: str | None
    passage: str | None
    stance: str
    modality: str
    attributed_to: str | None
    confidence: float
    strength: str | None
    outcome: str | None
    amount: float | None
    unit: str | None
    coder: str | None
    status: str
    recorded_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    retracted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log about a claim; `hash` is its link of the chain."""

    sequence: int
    at: datetime
    by: str
    what: str
    evidence: tuple[str, ...]
    reason: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class ClaimInFull:
    """A claim with its evidence as it stands now, and everything that happened to it."""

    id: str
    subject: str
    relation: str
    object: str
    when: str
    episode: str | None
    state: State | None
    evidence: tuple[EvidenceShown, ...]
    history: tuple[Change, ...]


def evidence_shown(piece: Evidence) -> EvidenceShown:
    """A piece of evidence, but for the claim that it stands under."""
    names = EvidenceShown.__dataclass_fields__
    return EvidenceShown(**{name: getattr(piece, name) for name in names})


def claim_in_full(record: ClaimRecord, history: Iterable[Entry]) -> ClaimInFull:
    """A claim with evidence and history."""
    return ClaimInFull(
        **claim_fields(record.claim),
        state=state_of(record.evidence),
        evidence=tuple(evidence_shown(piece) for piece in record.evidence),
        history=tuple(change(entry) for entry in history),
    )


def change(entry: Entry) -> Change:
    """One entry about a claim."""
    record = entry.record
    what, reason = "recorded", None
    if isinstance(record, Decision):
        what, reason = record.verdict.value, record.reason
    return Change(entry.sequence, entry.at, entry.by, what, _about(record), reason, entry.hash)


def changes_after(entries: Iterable[Entry], seen: int) -> list[Change]:
    """What came after somebody had seen entry `seen`."""
    return [change(entry) for entry in entries if entry.sequence > seen]


def _about(record: Record) -> tuple[str, ...]:
    if isinstance(record, Decision):
        return (record.evidence,)
    return tuple(piece.id for piece in record.evidence) if isinstance(record, ClaimRecord) else ()
