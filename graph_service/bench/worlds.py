"""Worlds: the claims that a benchmark is run on, as columns, told record by record.

A world is held as columns because a million claims are drawn in seconds that way; `records` turns
them into the records of the trade one at a time, so that no engine is fed from anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.actors import Actor
from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Evidence,
    Modality,
    Outcome,
    Stance,
    Status,
    Strength,
    claim_id,
    derive_id,
)
from graph_service.domain.episodes import Episode
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When
from graph_service.domain.records import Record
from graph_service.domain.sources import Source

Integers = NDArray[np.int64]

RECORDED = datetime(2025, 1, 1, tzinfo=UTC)
TOLD = datetime(2028, 1, 1, tzinfo=UTC)
"""By when everything that a synthetic world tells has been published."""
MODALITIES = tuple(Modality)
STATUSES = tuple(Status)
STRENGTHS = (None, *Strength)
OUTCOMES = (None, *Outcome)
DECIDED = (Status.REJECTED, Status.RETRACTED)
CODER = "bench"


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Who does what to whom, when: places in the world's tables; `episode` is -1 for none."""

    subject: Integers
    relation: Integers
    object: Integers
    when: Integers
    episode: Integers

    def __len__(self) -> int:
        return len(self.subject)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Evidence, sorted by the claim it is about; every column is as long as there are pieces.

    `modality`, `status`, `strength` and `outcome` are places in the tuples above.
    """

    claim: Integers
    source: Integers
    denied: NDArray[np.bool_]
    confidence: NDArray[np.float64]
    modality: Integers
    status: Integers
    strength: Integers
    outcome: Integers


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Claims with their evidence, and the day `as_of` that the questions are asked about."""

    name: str
    as_of: int
    ontology: Ontology
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    episodes: tuple[Episode, ...]
    whens: tuple[When, ...]
    claims: Claims
    pieces: Pieces

    def records(self) -> Iterator[Record]:
        """Every record: first who acts and who says so, then claim after claim."""
        yield from self.sources
        yield from self.episodes
        yield from self.actors
        yield from self._claim_records()

    def degrees(self) -> Integers:
        """How many claims each actor takes part in."""
        both = np.concatenate([self.claims.subject, self.claims.object])
        return np.bincount(both, minlength=len(self.actors))

    def _claim_records(self) -> Iterator[ClaimRecord]:
        bounds = np.searchsorted(self.pieces.claim, np.arange(len(self.claims) + 1)).tolist()
        for place, claim in enumerate(self._claims()):
            pieces = range(bounds[place], bounds[place + 1])
            yield ClaimRecord(claim, tuple(self._piece(n, claim) for n in pieces))

    def _claims(self) -> Iterator[Claim]:
        relations = tuple(self.ontology.relations)
        columns = self.claims
        for s, r, o, w, e in zip(
            columns.subject.tolist(),
            columns.relation.tolist(),
            columns.object.tolist(),
            columns.when.tolist(),
            columns.episode.tolist(),
            strict=True,
        ):
            subject, object_ = self.actors[s].id, self.actors[o].id
            when = self.whens[w]
            episode = None if e < 0 else self.episodes[e].id
            id_ = claim_id(subject, relations[r], object_, when.text, episode)
            yield Claim(id_, subject, relations[r], object_, when, episode)

    def _piece(self, place: int, claim: Claim) -> Evidence:
        columns = self.pieces
        source = self.sources[columns.source[place]].id
        stance = Stance.DENIED if columns.denied[place] else Stance.ASSERTED
        modality = MODALITIES[columns.modality[place]]
        status = STATUSES[columns.status[place]]
        return Evidence(
            id=derive_id("e_", [claim.id, source, None, stance, modality, None, CODER]),
            claim=claim.id,
            source=source,
            confidence=float(columns.confidence[place]),
            stance=stance,
            modality=modality,
            strength=STRENGTHS[columns.strength[place]],
            outcome=OUTCOMES[columns.outcome[place]],
            coder=CODER,
            status=status,
            recorded_at=RECORDED,
            decided_at=RECORDED if status in DECIDED else None,
            retracted_at=RECORDED if status is Status.RETRACTED else None,
        )
