"""What a record must agree with before a store takes it in.

`admit` answers the record as it will stand in the log (stamped, without what is already known), or
None where nothing of it is new, so that writing the same thing twice changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from graph_service.domain.actors import Actor
from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Decision,
    Evidence,
    Status,
    reasoned,
    recorded,
)
from graph_service.domain.clocks import check_clock, check_published
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import Conflict, InvalidRecord, LostUpdate, NotFound
from graph_service.domain.fields import check_text
from graph_service.domain.identity import Identities, Judgement, Verdict, check_fits
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import instant
from graph_service.domain.records import Record
from graph_service.domain.sources import Source

ANEW = "to propose it anew, cite another place (locator) or name another coder"
_STEPS = "proposed evidence is accepted or rejected, accepted evidence is retracted"


class Known(Protocol):
    """What the store already holds, as `admit` asks for it."""

    def actor(self, id_: str) -> Actor | None: ...
    def source(self, id_: str) -> Source | None: ...
    def episode(self, id_: str) -> Episode | None: ...
    def evidence(self, id_: str) -> Evidence | None: ...
    def identities(self) -> Identities: ...
    def last_change(self, claim: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Admission:
    """The terms of one write: the vocabulary, the time, whether a file's clocks are kept, and who
    writes."""

    ontology: Ontology
    at: datetime
    keep_history: bool = False
    by: str | None = None


def admit(record: Record, known: Known, terms: Admission) -> Record | None:
    """The record as it enters the log, or None if it says nothing new.

    Raises `InvalidRecord` where it refers to what is not there or does not fit, `Conflict` where
    it contradicts what is recorded under the same id.
    """
    match record:
        case ClaimRecord():
            return _admit_claim(record, known, terms)
        case Actor():
            return _admit_actor(record, known)
        case Source():
            return _admit_source(record, known, terms)
        case Episode():
            return None if known.episode(record.id) == record else record
        case Decision():
            return _admit_decision(record, known, terms)
        case _:
            return _admit_judgement(record, known, terms)


def _check_reason(reason: str | None) -> None:
    """Raises `InvalidRecord` for one that an export could not give back."""
    # Options and forms make decisions and judgements of their own, which no file's reader saw.
    if reason is not None:
        check_text(reason, "reason", lines=True)


def decide(piece: Evidence, decision: Decision) -> Evidence:
    """The evidence after a decision; raises `Conflict` where its life does not allow that step."""
    allowed = {
        Status.PROPOSED: (Status.ACCEPTED, Status.REJECTED),
        Status.ACCEPTED: (Status.RETRACTED,),
    }.get(piece.status, ())
    if decision.verdict not in allowed:
        is_wanted = not allowed and decision.verdict is Status.ACCEPTED
        raise Conflict(
            f"evidence {piece.id} is {piece.status} and cannot become {decision.verdict}: "
            f"{_how_it_came(piece)}; {ANEW if is_wanted else _STEPS}"
        )
    if decision.verdict is Status.RETRACTED:
        return replace(
            piece,
            status=Status.RETRACTED,
            decided_at=piece.accepted_at,
            decided_by=decision.by,
            reason=decision.reason,
            retracted_at=decision.at,
        )
    return replace(
        piece,
        status=decision.verdict,
        decided_at=decision.at,
        decided_by=decision.by,
        reason=decision.reason,
    )


def _how_it_came(piece: Evidence) -> str:
    time = piece.retracted_at or piece.decided_at or piece.recorded_at
    what = f"{piece.decided_by} decided so" if piece.decided_by else "it was recorded so"
    return what if time is None else f"{what} at {instant(time)}"


def _admit_actor(actor: Actor, known: Known) -> Actor | None:
    there = known.actor(actor.id)
    if there is not None and there.kind != actor.kind:
        raise Conflict(
            f"actor {actor.id!r} is a {there.kind}, not a {actor.kind}: "
            "an actor keeps its kind, give another one another id"
        )
    return None if there == actor else actor


def _admit_source(source: Source, known: Known, terms: Admission) -> Source | None:
    there = known.source(source.id)
    if there == source:
        return None
    if there is not None and there.published is not None and source.published is None:
        raise Conflict(
            f"source {source.id!r} is dated {there.published}: claims may rest on that date, so it "
            "can be corrected but not withdrawn"
        )
    check_published(source, terms.at)
    return source


def _admit_judgement(judgement: Judgement, known: Known, terms: Admission) -> Judgement | None:
    _check_reason(judgement.reason)
    for field, id_ in (("left", judgement.left), ("right", judgement.right)):
        actor = known.actor(id_)
        if actor is None:
            raise InvalidRecord(f"no actor {id_!r} is known: add its record", field=field)
        if actor.kind == "unknown" and judgement.verdict is Verdict.SAME:
            raise InvalidRecord(
                f"{id_!r} is of the kind unknown and stands for nobody in particular: it is never "
                "the same as anybody",
                field=field,
            )
    identities = known.identities()
    if identities.has(judgement):
        return None
    by, at = (judgement.by, judgement.at) if terms.keep_history else (None, None)
    check_clock("at", at, terms.at)
    if at is None and _says_again(judgement, identities):
        return None
    check_fits(judgement, identities)
    return replace(judgement, by=by or terms.by, at=at or terms.at)


def _says_again(judgement: Judgement, identities: Identities) -> bool:
    held = identities.on(judgement.left, judgement.right)
    return held is not None and (held.verdict, held.reason) == (judgement.verdict, judgement.reason)


def _admit_claim(record: ClaimRecord, known: Known, terms: Admission) -> ClaimRecord | None:
    _check_ends(record.claim, known, terms.ontology)
    if record.claim.episode is not None and known.episode(record.claim.episode) is None:
        raise InvalidRecord(
            f"no episode {record.claim.episode!r} is known: add its record", field="episode"
        )
    fresh = []
    for place, piece in enumerate(record.evidence):
        try:
            new = _admit_piece(piece, record.claim, known, terms)
        except InvalidRecord as error:
            raise error.within(f"evidence[{place}]") from None
        fresh += [] if new is None else [new]
    if len(fresh) > 1 and len({piece.id for piece in fresh}) < len(fresh):
        raise InvalidRecord("the same evidence stands twice in one record", field="evidence")
    return ClaimRecord(record.claim, tuple(fresh)) if fresh else None


def _admit_piece(piece: Evidence, claim: Claim, known: Known, terms: Admission) -> Evidence | None:
    _check_source(piece, claim, known)
    there = known.evidence(piece.id)
    if there is None:
        return _stamp(piece, terms)
    _check_same(there, piece)
    return None


def _check_ends(claim: Claim, known: Known, ontology: Ontology) -> None:
    relation = ontology.relation(claim.relation)
    _check_end("subject", claim.subject, relation.subject, claim, known)
    _check_end("object", claim.object, relation.object, claim, known)


def _check_end(field: str, id_: str, kinds: tuple[str, ...], claim: Claim, known: Known) -> None:
    actor = known.actor(id_)
    if actor is None:
        raise InvalidRecord(f"no actor {id_!r} is known: add its record", field=field)
    if actor.kind not in kinds:
        raise InvalidRecord(
            f"{id_!r} is a {actor.kind}, and the {field} of {claim.relation} is one of: "
            + ", ".join(kinds),
            field=field,
        )


def _check_source(piece: Evidence, claim: Claim, known: Known) -> None:
    source = known.source(piece.source)
    if source is None:
        raise InvalidRecord(f"no source {piece.source!r} is known: add its record", field="source")
    if claim.when.has_unknown_side and source.published is None:
        raise InvalidRecord(
            f"{claim.when.text!r} has an unknown side, which only a dated source can bound: "
            f"give source {source.id!r} a date of publication",
            field="source",
        )


def _stamp(piece: Evidence, terms: Admission) -> Evidence:
    if terms.keep_history:
        _check_life(piece, terms.at)
        return replace(piece, recorded_at=piece.recorded_at or terms.at)
    if piece.status is Status.ACCEPTED or piece.status is Status.PROPOSED:
        return recorded(piece, terms.at)
    return replace(
        piece,
        recorded_at=terms.at,
        decided_at=terms.at,
        decided_by=None,
        retracted_at=terms.at if piece.status is Status.RETRACTED else None,
    )


def _check_life(piece: Evidence, now: datetime) -> None:
    if (piece.status is Status.RETRACTED) != (piece.retracted_at is not None):
        raise InvalidRecord(
            "evidence is retracted at a time, and only retracted evidence is: "
            "give both the status retracted and retracted_at, or neither",
            field="retracted_at",
        )
    if piece.status is Status.PROPOSED and (piece.decided_at or piece.decided_by):
        raise InvalidRecord("nothing is decided of proposed evidence", field="decided_at")
    times = {"recorded_at": piece.recorded_at, "decided_at": piece.decided_at,
             "retracted_at": piece.retracted_at}  # fmt: skip
    given = [(name, time) for name, time in times.items() if time is not None]
    for (name, time), (later, after) in pairwise(given):
        if time > after:
            raise InvalidRecord(f"{name} is after {later}", field=name)
    for name, time in given:
        check_clock(name, time, now)


def _check_same(there: Evidence, piece: Evidence) -> None:
    for field in ("confidence", "passage", "strength", "outcome", "amount", "unit"):
        old, new = getattr(there, field), getattr(piece, field)
        if old != new:
            raise Conflict(
                f"evidence {piece.id} is recorded with {field} {old!r}, here it is {new!r}: "
                "retract it, or code it under another coder or locator"
            )


def _admit_decision(decision: Decision, known: Known, terms: Admission) -> Decision | None:
    _check_reason(decision.reason)
    piece = known.evidence(decision.evidence)
    if piece is None:
        raise NotFound("evidence", decision.evidence)
    told = (piece.status, piece.decided_by, piece.reason)
    if told == (decision.verdict, decision.by, decision.reason):
        return None
    if decision.expected is not None:
        _check_seen(piece.claim, decision.expected, known)
    kept = decision.at if terms.keep_history else None
    check_clock("at", kept, terms.at)
    stamped = replace(decision, at=kept or terms.at)
    decide(piece, stamped)
    return reasoned(stamped)


def _check_seen(claim: str, seen: int, known: Known) -> None:
    latest = known.last_change(claim)
    if latest > seen:
        raise LostUpdate(
            f"claim {claim} is at {latest}, and this decision had seen {seen}: look at it again",
            claim=claim,
            seen=seen,
        )
