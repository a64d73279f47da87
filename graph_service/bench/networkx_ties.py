"""The networkx peer for ties: a MultiDiGraph of claims, and loops written by hand over it.

The graph is built before anything is measured; a claim is an edge with its evidence. The loops read
the adjacency dicts themselves rather than networkx's views of them, which are several times slower,
skip what the question does not ask for before weighing it, and take the short way for the common
tie of one claim told once. Who is a hub on the day is known beforehand.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

import networkx as nx

from graph_service.bench.edges import Edge, is_live, weight
from graph_service.bench.questions import Tie, TiesOf
from graph_service.domain.ontology import Ontology

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Attributes: TypeAlias = dict[str, Any]
Around: TypeAlias = dict[str, dict[str, dict[str, Attributes]]]

NOBODY: dict[str, dict[str, Attributes]] = {}


class ClaimGraph:
    """Claims in a MultiDiGraph, and the ties that they amount to at a day."""

    def __init__(self, ontology: Ontology, as_of: int) -> None:
        self.graph: Graph = nx.MultiDiGraph()
        # The stubs leave out the dicts behind networkx's views.
        self._out: Around = self.graph._succ  # type: ignore[attr-defined]
        self._in: Around = self.graph._pred  # type: ignore[attr-defined]
        self.as_of = as_of
        self.hubs: frozenset[str] = frozenset()
        self._hub_ties = ontology.parameters.hub_ties
        self._relations = frozenset(ontology.relations)
        self._symmetric = frozenset(n for n, r in ontology.relations.items() if r.symmetric)

    def add(self, edges: Iterable[Edge]) -> None:
        """More claims, each an edge from its subject to its object."""
        for edge in edges:
            self.graph.add_edge(
                edge.subject,
                edge.object,
                edge.id,
                relation=edge.relation,
                cluster=edge.cluster,
                half_life=edge.half_life,
                evidence=edge.tellings,
            )

    def finish(self) -> None:
        """Find the hubs of the day."""
        self.hubs = frozenset(
            actor
            for actor, claims in self.graph.degree
            if claims > self._hub_ties and self._count_ties(actor) > self._hub_ties
        )

    def ties(self, question: TiesOf) -> dict[Tie, float]:
        """The live ties at an actor that the question asks for, with their strength."""
        found: dict[Tie, float] = {}
        minimum = question.filter.minimum
        for other, claims in self._out.get(question.actor, NOBODY).items():
            for relation, strength in self._strengths(claims, question.relations):
                if strength >= minimum:
                    found[other, relation, True] = strength
        for other, claims in self._in.get(question.actor, NOBODY).items():
            for relation, strength in self._strengths(claims, question.relations):
                if strength >= minimum:
                    found[other, relation, relation in self._symmetric] = strength
        return found

    def two_hops(self, actor: str) -> set[str]:
        """The actors within two hops of one, without it; a hub met on the way is not expanded."""
        first = set(self.neighbours(actor))
        found = set(first)
        for other in first:
            if other not in self.hubs:
                found.update(self.neighbours(other))
        found.discard(actor)
        return found

    def neighbours(self, actor: str) -> Iterator[str]:
        """Who is tied to an actor by a live claim, either way; some of them twice."""
        as_of = self.as_of
        for around in (self._out, self._in):
            for other, claims in around.get(actor, NOBODY).items():
                for claim in claims.values():
                    if is_live(claim["evidence"], claim["half_life"], as_of):
                        yield other
                        break

    def cited(
        self, a: str, b: str, forward: AbstractSet[str], backward: AbstractSet[str]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The live claims of a to b of the relations `forward`, and of b to a of those `backward`,
        by id, each with the ids of the sources that assert it on the day."""
        found = []
        for subject, object_, wanted in ((a, b, forward), (b, a, backward)):
            for id_, claim in self._out.get(subject, NOBODY).get(object_, {}).items():
                if claim["relation"] in wanted:
                    half_life, as_of = claim["half_life"], self.as_of
                    live = [t for t in claim["evidence"] if is_live((t,), half_life, as_of)]
                    if live:
                        found.append((id_, tuple(sorted({telling.source for telling in live}))))
        return tuple(sorted(found))

    def _count_ties(self, actor: str) -> int:
        ends = (self._out, self._in)
        claims = (claims for around in ends for claims in around.get(actor, NOBODY).values())
        return sum(1 for each in claims for _ in self._strengths(each, self._relations))

    def _strengths(
        self, claims: Mapping[str, Attributes], relations: frozenset[str]
    ) -> Iterator[tuple[str, float]]:
        """Each of these relations that the claims from one actor to another tell of, and the
        strength 1 − Π(1 − p) of that tie, above 0."""
        told: dict[str, list[Attributes]] = {}
        for claim in claims.values():
            if claim["relation"] in relations:
                told.setdefault(claim["relation"], []).append(claim)
        for relation, group in told.items():
            strength = strength_of(group, self.as_of)
            if strength > 0:
                yield relation, strength


def strength_of(claims: list[Attributes], as_of: int) -> float:
    """1 − Π(1 − p) over the clusters of the claims of one tie."""
    if len(claims) == 1:
        return chance(claims, as_of)
    clusters: dict[str, list[Attributes]] = {}
    for claim in claims:
        clusters.setdefault(claim["cluster"], []).append(claim)
    left = 1.0
    for cluster in clusters.values():
        left *= 1 - chance(cluster, as_of)
    return 1 - left


def chance(cluster: list[Attributes], as_of: int) -> float:
    """p of a cluster: what its asserting origins amount to, less what its denying ones do."""
    if len(cluster) == 1 and len(cluster[0]["evidence"]) == 1:
        only = cluster[0]["evidence"][0]
        return weight(only, cluster[0]["half_life"], as_of) if only.asserts else 0.0
    strongest: dict[tuple[bool, str], float] = {}
    for claim in cluster:
        for telling in claim["evidence"]:
            key = telling.asserts, telling.origin
            omega = weight(telling, claim["half_life"], as_of)
            if omega > strongest.get(key, 0.0):
                strongest[key] = omega
    asserted, denied = 1.0, 1.0
    for (asserts, _), omega in strongest.items():
        if asserts:
            asserted *= 1 - omega
        else:
            denied *= 1 - omega
    return (1 - asserted) * denied
