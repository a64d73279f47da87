"""The naive view: `docs/method.md` §2 over plain claims, in dicts and loops, as oracle for tests.

Slow and readable on purpose: whatever a faster view answers, this one must answer too.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property
from math import fsum
from typing import TypeVar

import numpy as np

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Modality, Stance, Strength, state_of
from graph_service.domain.errors import NotFound
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import (
    Cluster,
    Tie,
    bucket,
    cluster,
    either,
    flows,
    pair,
    said,
    tie_of,
)
from graph_service.graph.reading import Reading, attested, read
from graph_service.graph.view import Citation, CitedSource, Codes, Credit, Frame, Links, Supply

SourceVersion = Source | tuple[datetime, Source]
ALWAYS = datetime.min.replace(tzinfo=UTC)


class Roll:
    """The actors by code, in the order in which they first came; a later record replaces one."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._ids = list(self._actors)
        self._codes = {id_: code for code, id_ in enumerate(self._ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def code(self, id_: str) -> int:
        if id_ not in self._codes:
            near = get_close_matches(id_, self._ids, n=3)
            raise NotFound("actor", id_, suggestions=near)
        return self._codes[id_]

    def id(self, code: int) -> str:
        return self._ids[code]

    def name(self, code: int) -> str:
        return self._actors[self._ids[code]].name

    def kind(self, code: int) -> str:
        return self._actors[self._ids[code]].kind

    def of_kind(self, kind: str) -> Sequence[int]:
        return [code for code in range(len(self)) if self.kind(code) == kind]


class NaiveView:
    """A `View` computed from nothing but domain values; for tests and small worlds.

    `sources` may hold several versions of a source, each with the time at which it was recorded;
    one without a time was always there. Evidence given again replaces the piece given before.
    """

    def __init__(
        self,
        ontology: Ontology,
        frame: Frame,
        *,
        actors: Iterable[Actor],
        sources: Iterable[SourceVersion],
        claims: Iterable[ClaimRecord],
        sequence: int = 0,
    ) -> None:
        self.ontology = ontology
        self.frame = frame
        self.sequence = sequence
        self.actors = Roll(actors)
        self._records = merged(claims)
        known = sources_at(sources, frame.known_at)
        self._readings = [read(one, ontology, frame, known) for one in self._records.values()]

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Every cluster of every tie, p above 0."""
        groups: dict[tuple[Tie, object], list[Reading]] = {}
        for reading in self._readings:
            groups.setdefault((tie_of(reading), bucket(reading)), []).append(reading)
        found = (cluster(self.ontology, tie, group) for (tie, _), group in groups.items())
        return [one for one in found if one.p > 0]

    @cached_property
    def masses(self) -> dict[tuple[str, str], dict[str, float]]:
        """S_f(x→y) as `masses[x, y][f]`, above 0."""
        credited = (
            ((giver, taker, one.relation.family), one.mass)
            for one in self.clusters
            for giver, taker in flows(one)
        )
        masses: dict[tuple[str, str], dict[str, float]] = {}
        for (giver, taker, family), mass in summed(credited).items():
            if mass > 0:
                masses.setdefault((giver, taker), {})[family] = mass
        return masses

    @cached_property
    def hostility(self) -> dict[frozenset[str], float]:
        """H(a,b) = Σ h·σ·p, by unordered pair."""
        return summed(
            (pair(one), one.relation.hostility * one.strength * one.p) for one in self.clusters
        )

    @cached_property
    def inducement(self) -> dict[frozenset[str], float]:
        """P(a,b), by unordered pair: the mass of the inducing families, each cluster once."""
        inducing = {name for name, family in self.ontology.families.items() if family.inducing}
        return summed(
            (pair(one), one.mass) for one in self.clusters if one.relation.family in inducing
        )

    def gate(self, a: str, b: str) -> float:
        """g(a,b) = 1 − H/(H + P + 1)."""
        hostility = self.hostility.get(frozenset((a, b)), 0.0)
        inducement = self.inducement.get(frozenset((a, b)), 0.0)
        offset = self.ontology.parameters.gate_offset
        return 1 - hostility / (hostility + inducement + offset)

    @cached_property
    def strengths(self) -> dict[Tie, float]:
        """The strength 1 − Π(1 − p) of every tie (subject, relation, object)."""
        parts: dict[Tie, list[float]] = {}
        for one in self.clusters:
            parts.setdefault(one.tie, []).append(one.p)
        return {tie: either(parts[tie]) for tie in parts}

    @cached_property
    def supply(self) -> Supply:
        """The masses and gates, as columns."""
        places = {name: place for place, name in enumerate(self.ontology.families)}
        ties = sorted((self.actors.code(y), self.actors.code(x), x, y) for x, y in self.masses)
        rows = [
            (place, places[family], mass)
            for place, (_, _, x, y) in enumerate(ties)
            for family, mass in self.masses[x, y].items()
        ]
        start, stop = ranges([y for y, _, _, _ in ties], len(self.actors))
        first, last = ranges([place for place, _, _ in rows], len(ties))
        return Supply(
            start=start,
            stop=stop,
            source=np.array([x for _, x, _, _ in ties], np.int32),
            gate=np.array([self.gate(x, y) for _, _, x, y in ties], np.float64),
            first=first,
            last=last,
            family=np.array([family for _, family, _ in rows], np.uint8),
            mass=np.array([mass for _, _, mass in rows], np.float64),
        )

    @cached_property
    def links(self) -> Links:
        """The live ties at each actor, as columns."""
        rows = []
        for (subject, relation, object_), strength in self.strengths.items():
            a, b = self.actors.code(subject), self.actors.code(object_)
            place = self.ontology.order_of_relations[relation]
            symmetric = self.ontology.relations[relation].symmetric
            rows += [(a, b, place, True, strength), (b, a, place, symmetric, strength)]
        rows.sort()
        start, stop = ranges([row[0] for row in rows], len(self.actors))
        return Links(
            start=start,
            stop=stop,
            other=np.array([row[1] for row in rows], np.int32),
            relation=np.array([row[2] for row in rows], np.uint8),
            outward=np.array([row[3] for row in rows], np.bool_),
            strength=np.array([row[4] for row in rows], np.float64),
        )

    def citations(self, a: int, b: int) -> Sequence[Citation]:
        """Every live claim between two actors, ordered by id."""
        ends = {self.actors.id(a), self.actors.id(b)}
        found = [
            self._citation(reading)
            for reading in self._readings
            if {reading.claim.subject, reading.claim.object} == ends and reading.live
        ]
        return sorted(found, key=lambda citation: citation.id)

    def crediting(self, wanted: Sequence[Credit]) -> Sequence[Sequence[Citation]]:
        """The live claims that give each of these credits."""
        return [
            [claim for claim in self.citations(one.source, one.target) if self._gives(claim, one)]
            for one in wanted
        ]

    def _gives(self, claim: Citation, credit: Credit) -> bool:
        source, target = self.actors.id(credit.source), self.actors.id(credit.target)
        relation = self.ontology.relations[claim.relation]
        return claim.relation in credit.relations and relation.credits(
            claim.subject, claim.object, source=source, target=target
        )

    def held_back(self, actors: Iterable[int]) -> int:
        """How many ties at these actors are live only when dates are read as possible."""
        if self.frame.dates is Dates.POSSIBLE:
            return 0
        at = {self.actors.id(code) for code in actors}
        near = [one for one in self._readings if at & {one.claim.subject, one.claim.object}]
        possible = {tie_of(one) for one in near if one.holds(Dates.POSSIBLE)}
        certain = {tie_of(one) for one in near if one.holds(Dates.CERTAIN)}
        return len(possible - certain)

    def _citation(self, reading: Reading) -> Citation:
        claim, live = reading.claim, reading.live
        record = self._records[claim.id]
        begins = reading.begins(*live[0], self.frame.dates)
        attested_on = max(attested(*one) for one in live)
        return Citation(
            id=claim.id,
            relation=claim.relation,
            subject=claim.subject,
            object=claim.object,
            when=claim.when.text,
            episode=claim.episode,
            state=state_of(record.evidence, self.frame.known_at),
            strength=said((p.strength for p, _ in live), unsaid=Strength.ORDINARY),
            outcome=said((p.outcome for p, _ in live), unsaid=None),
            modality=min((piece.modality for piece, _ in live), key=list(Modality).index),
            sources=shown(source for _, source in live),
            denied_by=shown(
                source for piece, source in reading.evidence if piece.stance is Stance.DENIED
            ),
            origins=frozenset(source.origin_or_self for _, source in live),
            begins=begins,
            ends=reading.ends(self.frame.dates),
            attested=attested_on,
            stale=reading.is_stale(begins, attested_on),
            uncertain=reading.is_uncertain(),
        )


def merged(claims: Iterable[ClaimRecord]) -> dict[str, ClaimRecord]:
    """The claims by id, each with the last state of every piece of its evidence."""
    found: dict[str, ClaimRecord] = {}
    for record in claims:
        before = found.get(record.claim.id, record)
        pieces = {piece.id: piece for piece in (*before.evidence, *record.evidence)}
        found[record.claim.id] = replace(record, evidence=tuple(pieces.values()))
    return found


def sources_at(versions: Iterable[SourceVersion], known_at: datetime | None) -> dict[str, Source]:
    """Each source as last recorded at or before a time, else as first recorded."""
    timed = [one if isinstance(one, tuple) else (ALWAYS, one) for one in versions]
    found: dict[str, Source] = {}
    for recorded_at, source in sorted(timed, key=lambda version: version[0]):
        if source.id not in found or known_at is None or recorded_at <= known_at:
            found[source.id] = source
    return found


K = TypeVar("K", bound=Hashable)


def summed(parts: Iterable[tuple[K, float]]) -> dict[K, float]:
    """The sum by key, the same in any order."""
    found: dict[K, list[float]] = {}
    for key, value in parts:
        found.setdefault(key, []).append(value)
    return {key: fsum(values) for key, values in found.items()}


def ranges(keys: Sequence[int], count: int) -> tuple[Codes, Codes]:
    """Where each key from 0 to `count` begins and ends in a sorted column."""
    numbers = np.arange(count)
    column = np.array(keys, np.int64)
    start = np.searchsorted(column, numbers, "left").astype(np.int32)
    return start, np.searchsorted(column, numbers, "right").astype(np.int32)


def shown(sources: Iterable[Source]) -> tuple[CitedSource, ...]:
    """Sources as a citation shows them, each once, ordered by id."""
    once = {source.id: source for source in sources}
    return tuple(
        CitedSource(id_, once[id_].title, once[id_].published, once[id_].reliability)
        for id_ in sorted(once)
    )
