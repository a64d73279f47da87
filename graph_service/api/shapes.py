"""The nouns as answers show them. Nothing is left out: what is not known is null."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Decision, Evidence, State, state_of
from graph_service.domain.episodes import Episode
from graph_service.domain.records import Record
from graph_service.queries.summary import TieCount
from graph_service.stores.base import Entry


@dataclass(frozen=True, slots=True)
class ActorFound:
    """An actor in a list; with a search, the name that matched, and how well (0 to 1)."""

    id: str
    name: str
    kind: str
    matched: str | None = None
    scope: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class AliasShown:
    """Another name of an actor, valid between two dates where they are given."""

    text: str
    scope: str
    lang: str | None
    from_: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class ActorShown:
    """An actor with its names and identifiers, and how many ties it has of each relation."""

    id: str
    name: str
    kind: str
    aliases: tuple[AliasShown, ...]
    ids: Mapping[str, str]
    description: str | None
    ties: tuple[TieCount, ...]


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim in a list: its state, and the sources of all evidence on it, by id."""

    id: str
    subject: str
    relation: str
    object: str
    when: str
    episode: str | None
    state: State | None
    sources: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class EpisodeInFull:
    """An episode with the claims that belong to it."""

    id: str
    kind: str
    name: str
    when: str
    claims: tuple[ClaimShown, ...]


def actor_shown(actor: Actor, ties: Iterable[TieCount]) -> ActorShown:
    """An actor in full."""
    aliases = (AliasShown(a.text, a.scope, a.lang, a.since, a.until) for a in actor.aliases)
    return ActorShown(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        aliases=tuple(aliases),
        ids=dict(actor.ids),
        description=actor.description,
        ties=tuple(ties),
    )


def claim_shown(record: ClaimRecord) -> ClaimShown:
    """A claim in a list."""
    claim = record.claim
    return ClaimShown(
        id=claim.id,
        subject=claim.subject,
        relation=claim.relation,
        object=claim.object,
        when=claim.when.text,
        episode=claim.episode,
        state=state_of(record.evidence),
        sources=tuple(dict.fromkeys(piece.source for piece in record.evidence)),
    )


def episode_in_full(episode: Episode, claims: Iterable[ClaimRecord]) -> EpisodeInFull:
    """An episode with its claims."""
    shown = tuple(claim_shown(record) for record in claims)
    return EpisodeInFull(episode.id, episode.kind, episode.name, episode.when, shown)


def evidence_shown(piece: Evidence) -> EvidenceShown:
    """A piece of evidence, but for the claim that it stands under."""
    names = EvidenceShown.__dataclass_fields__
    return EvidenceShown(**{name: getattr(piece, name) for name in names})


def claim_in_full(record: ClaimRecord, history: Iterable[Entry]) -> ClaimInFull:
    """A claim with evidence and history."""
    claim = record.claim
    return ClaimInFull(
        id=claim.id,
        subject=claim.subject,
        relation=claim.relation,
        object=claim.object,
        when=claim.when.text,
        episode=claim.episode,
        state=state_of(record.evidence),
        evidence=tuple(evidence_shown(piece) for piece in record.evidence),
        history=tuple(_change(entry) for entry in history),
    )


def _change(entry: Entry) -> Change:
    record = entry.record
    what, reason = "recorded", None
    if isinstance(record, Decision):
        what, reason = record.verdict.value, record.reason
    return Change(entry.sequence, entry.at, entry.by, what, _about(record), reason, entry.hash)


def _about(record: Record) -> tuple[str, ...]:
    if isinstance(record, Decision):
        return (record.evidence,)
    return tuple(piece.id for piece in record.evidence) if isinstance(record, ClaimRecord) else ()
