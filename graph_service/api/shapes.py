"""The nouns as answers show them. Nothing is left out: what is not known is null."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, State, claim_fields, state_of
from graph_service.domain.episodes import Episode
from graph_service.queries.summary import TieCount
from graph_service.stores.judging import Judged


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
    """An actor with its names and identifiers, and how many ties it has of each relation.
    `neo4j_browser` is where Neo4j Browser opens with a guide to it, None where there is none."""

    id: str
    name: str
    kind: str
    aliases: tuple[AliasShown, ...]
    ids: Mapping[str, str]
    description: str | None
    ties: tuple[TieCount, ...]
    referents: tuple["ReferentShown", ...]
    neo4j_browser: str | None


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """Somebody's judgement on whether two actors are one; `holds` is false once a later one on the
    same two replaced it."""

    sequence: int
    left: str
    right: str
    verdict: str
    by: str | None
    at: datetime | None
    reason: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class ReferentShown:
    """An actor that goes by the id of another, and the judgement that made it so."""

    id: str
    name: str
    judgement: JudgementShown


@dataclass(frozen=True, slots=True)
class Moved:
    """The id that an actor goes by, and every other id that goes by it."""

    id: str
    referents: tuple[str, ...]


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
class EpisodeInFull:
    """An episode with the claims that belong to it."""

    id: str
    kind: str
    name: str
    when: str
    claims: tuple[ClaimShown, ...]


def actor_shown(
    actor: Actor,
    ties: Iterable[TieCount],
    joined: Iterable[tuple[Actor, Judged]],
    neo4j_browser: str | None,
) -> ActorShown:
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
        referents=tuple(
            ReferentShown(other.id, other.name, judgement_shown(one)) for other, one in joined
        ),
        neo4j_browser=neo4j_browser,
    )


def judgement_shown(judged: Judged) -> JudgementShown:
    """A judgement as a list has it."""
    one = judged.record
    return JudgementShown(
        judged.sequence, one.left, one.right, one.verdict, one.by, one.at, one.reason, judged.holds
    )


def claim_shown(record: ClaimRecord) -> ClaimShown:
    """A claim in a list."""
    return ClaimShown(
        **claim_fields(record.claim),
        state=state_of(record.evidence),
        sources=tuple(dict.fromkeys(piece.source for piece in record.evidence)),
    )


def episode_in_full(episode: Episode, claims: Iterable[ClaimRecord]) -> EpisodeInFull:
    """An episode with its claims."""
    shown = tuple(claim_shown(record) for record in claims)
    return EpisodeInFull(episode.id, episode.kind, episode.name, episode.when, shown)
