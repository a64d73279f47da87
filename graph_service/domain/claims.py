"""The atom of knowledge: a claim, the evidence for and against it, and the life of that evidence."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json.encoder import encode_basestring as encode_text
from typing import Any

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When


class Stance(StrEnum):
    """Whether a source says that a claim is so, or that it is not."""

    ASSERTED = "asserted"
    DENIED = "denied"


class Modality(StrEnum):
    """Whether the act is told as done, intended, demanded or supposed."""

    DONE = "done"
    INTENDED = "intended"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"


class Strength(StrEnum):
    """The degree that the source itself gives."""

    WEAK = "weak"
    ORDINARY = "ordinary"
    STRONG = "strong"
    EXCEPTIONAL = "exceptional"


class Outcome(StrEnum):
    """How a mediation went."""

    LIVE = "live"
    SUCCEEDED = "succeeded"
    STALLED = "stalled"
    FAILED = "failed"


class Status(StrEnum):
    """The life of a piece of evidence: proposed, then accepted or rejected; accepted, then retracted."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class State(StrEnum):
    """The state of a claim, derived from its evidence and never stored."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    DENIED = "denied"
    RETRACTED = "retracted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Claim:
    """*Subject – relation – object, when*, in canonical form; `id` is derived from the other fields."""

    id: str
    subject: str
    relation: str
    object: str
    when: When
    episode: str | None = None


def claim_fields(claim: Claim) -> dict[str, Any]:
    """The fields of a claim by name, its period as text: how files and answers show it."""
    return {
        "id": claim.id,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "when": claim.when.text,
        "episode": claim.episode,
    }


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's statement about one claim; `id` is derived, see `evidence_id`.

    `recorded_at` is None until a store has stamped it. For retracted evidence `decided_at` is the
    time of its acceptance.
    """

    id: str
    claim: str
    source: str
    confidence: float
    locator: str | None = None
    passage: str | None = None
    stance: Stance = Stance.ASSERTED
    modality: Modality = Modality.DONE
    attributed_to: str | None = None
    strength: Strength | None = None
    outcome: Outcome | None = None
    amount: float | None = None
    unit: str | None = None
    coder: str | None = None
    status: Status = Status.PROPOSED
    recorded_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None
    retracted_at: datetime | None = None

    @property
    def accepted_at(self) -> datetime | None:
        """When it was accepted: its decision, or, accepted on import, its recording."""
        if self.status not in (Status.ACCEPTED, Status.RETRACTED):
            return None
        return self.decided_at or self.recorded_at

    def status_at(self, known_at: datetime | None) -> Status | None:
        """Its status as known at a time (None: everything known); None if not yet recorded."""
        if known_at is None:
            return self.status
        if self.recorded_at is None or self.recorded_at > known_at:
            return None
        if self.retracted_at is not None and self.retracted_at <= known_at:
            return Status.RETRACTED
        decided = self.decided_at or self.recorded_at
        if self.status is Status.PROPOSED or decided > known_at:
            return Status.PROPOSED
        return Status.REJECTED if self.status is Status.REJECTED else Status.ACCEPTED


def recorded(piece: Evidence, at: datetime) -> Evidence:
    """The same evidence, recorded at a time and not decided on."""
    # Written out, since `replace` takes three times as long and this is done by the million.
    return Evidence(
        piece.id,
        piece.claim,
        piece.source,
        piece.confidence,
        piece.locator,
        piece.passage,
        piece.stance,
        piece.modality,
        piece.attributed_to,
        piece.strength,
        piece.outcome,
        piece.amount,
        piece.unit,
        piece.coder,
        piece.status,
        at,
        reason=piece.reason,
    )


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with evidence about it: what a file carries on one line and a store keeps."""

    claim: Claim
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody's decision on a piece of evidence: accepted, rejected or retracted, and why.

    `expected` is the sequence number that the decider had seen; a claim that changed after it
    makes the decision a conflict.
    """

    evidence: str
    verdict: Status
    by: str
    at: datetime | None = None
    reason: str | None = None
    expected: int | None = None


def reasoned(decision: Decision) -> Decision:
    """The same decision; raises `InvalidRecord` for a retraction that does not say why."""
    if decision.verdict is Status.RETRACTED and decision.reason is None:
        raise InvalidRecord("a retraction has a reason: say why", field="reason")
    return decision


def derive_id(prefix: str, fields: list[str | None]) -> str:
    """`prefix` and the first 26 characters of the lower-case base32 of the SHA-256 of the fields.

    The fields are hashed as a compact JSON array in UTF-8, without ASCII escapes.
    """
    text = ",".join(["null" if field is None else encode_text(field) for field in fields])
    digest = hashlib.sha256(f"[{text}]".encode()).digest()
    return prefix + _base32(int.from_bytes(digest[:17]) >> 6)


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(a + b for a in _BASE32 for b in _BASE32)
_SHIFTS = tuple(range(120, -1, -10))


def _base32(bits: int) -> str:
    """130 bits as 26 characters; two at a time, since ids are made by the million."""
    return "".join([_PAIRS[bits >> shift & 1023] for shift in _SHIFTS])


def claim_id(subject: str, relation: str, object_: str, when: str, episode: str | None) -> str:
    """The id of a claim whose ends and `when` are already canonical.

    >>> claim_id("iran", "backs", "hamas", "/..", None)
    'c_zmkik5n6mvssngcsh2bbwykulm'
    """
    return derive_id("c_", [subject, relation, object_, when, episode])


def evidence_id(evidence: Evidence) -> str:
    """The id of a piece of evidence, from what it is about, who says it and who coded it."""
    return derive_id(
        "e_",
        [
            evidence.claim,
            evidence.source,
            evidence.locator,
            evidence.stance,
            evidence.modality,
            evidence.attributed_to,
            evidence.coder,
        ],
    )


def evidence_id_of(
    claim: str, source: str, locator: str | None, coder: str | None, more: Mapping[str, Any]
) -> str:
    """The same of evidence that is not made yet; `more` are its other fields by name."""
    stance = more.get("stance", Stance.ASSERTED)
    modality = more.get("modality", Modality.DONE)
    by = more.get("attributed_to")
    return derive_id("e_", [claim, source, locator, stance, modality, by, coder])


def state_of(evidence: Iterable[Evidence], known_at: datetime | None = None) -> State | None:
    """The state of a claim at a time, from all its evidence; None if nothing was recorded yet.

    Accepted while some accepted evidence asserts it, disputed when accepted evidence also denies
    it, denied when all that is accepted denies it; else proposed, retracted or rejected, in this
    order of what there is.
    """
    seen = {(piece.status_at(known_at), piece.stance) for piece in evidence}
    asserted = (Status.ACCEPTED, Stance.ASSERTED) in seen
    denied = (Status.ACCEPTED, Stance.DENIED) in seen
    if asserted:
        return State.DISPUTED if denied else State.ACCEPTED
    if denied:
        return State.DENIED
    statuses = {status for status, _ in seen}
    for status in (Status.PROPOSED, Status.RETRACTED, Status.REJECTED):
        if status in statuses:
            return State(status)
    return None
