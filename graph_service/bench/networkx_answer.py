"""What the networkx peer answers over whom it is asked: all that the product's answer holds.

Both rankings, each of the first actors with net, exclusivity, channels and its strongest paths, and
for every step its value, families, and the live claims behind it with their sources.
"""

from collections.abc import Iterator, Mapping
from math import log1p
from typing import NamedTuple

from graph_service.bench.networkx_leverage import Into, Path, Ways, value
from graph_service.bench.networkx_masses import Masses
from graph_service.bench.networkx_peer import Path as PlainPath
from graph_service.bench.networkx_peer import leverage_over
from graph_service.bench.networkx_ties import ClaimGraph
from graph_service.domain.ontology import STICKS, Flow

LIMIT = 20
PATHS = 3

Cited = tuple[str, tuple[str, ...]]
"""A claim's id and the ids of the sources that assert it."""


class Told(NamedTuple):
    """One step: its value, the share of each family, and the claims that it rests on."""

    value: float
    families: Mapping[str, float]
    claims: tuple[Cited, ...]


class Way(NamedTuple):
    """One path with its share in the actor's leverage, step by step."""

    path: Path
    share: float
    steps: tuple[Told, ...]


class Ranked(NamedTuple):
    """One actor's leverage over the target."""

    actor: str
    leverage: float
    coercion: float
    net: float
    exclusivity: float
    channels: Mapping[str, float]
    ways: tuple[Way, ...]


class Plain(NamedTuple):
    """One actor's influence over the target, its strongest paths, and the claims of each step."""

    actor: str
    leverage: float
    ways: tuple[tuple[Path, tuple[tuple[Cited, ...], ...]], ...]


class Peer:
    """Leverage asked of networkx graphs: one of masses for the values, one of claims to cite."""

    def __init__(self, masses: Masses, claims: ClaimGraph) -> None:
        self.masses = masses
        self.claims = claims
        ontology = masses.ontology
        sticks = ontology.families_of(frozenset({STICKS}))
        self.ways: Ways = {"influence": masses.soft, "coercion": sticks} | {
            channel: ontology.families_of(frozenset({channel}))
            for channel in ontology.channels
            if channel != STICKS
        }

    def leverage(self, target: str) -> tuple[list[Ranked], list[Ranked]]:
        """The rankings by influence and by coercion."""
        loadings = Into(self.masses, target, self.ways).loadings()
        return (
            self._ranking(target, "influence", loadings),
            self._ranking(target, "coercion", loadings),
        )

    def as_written(self, target: str) -> list[Plain]:
        """The ranking by influence alone, each formula computed as it is written wherever it is
        needed, and the claims behind the strongest paths."""
        held = leverage_over(self.masses.graph, target)
        first = sorted(held, key=lambda actor: (-held[actor].leverage, actor))[:LIMIT]
        return [
            Plain(actor, held[actor].leverage, tuple(map(self._cited, held[actor].paths[:PATHS])))
            for actor in first
        ]

    def _cited(self, path: PlainPath) -> tuple[Path, tuple[tuple[Cited, ...], ...]]:
        steps = zip(path.actors, path.actors[1:], strict=False)
        claims = tuple(self._claims(a, b, self.masses.soft) for a, b in steps)
        return Path(*path), claims

    def _ranking(
        self, target: str, way: str, loadings: Mapping[str, Mapping[str, float]]
    ) -> list[Ranked]:
        first = sorted((-value(held), actor) for actor, held in loadings[way].items())[:LIMIT]
        total = sum(loadings["influence"].values())
        return [self._ranked(target, actor, way, loadings, total=total) for _, actor in first]

    def _ranked(
        self,
        target: str,
        actor: str,
        way: str,
        loadings: Mapping[str, Mapping[str, float]],
        *,
        total: float,
    ) -> Ranked:
        held = {name: loadings[name].get(actor, 0.0) for name in self.ways}
        back = sum(-log1p(-path.weight) for path in self.paths(target, actor, self.masses.soft))
        channels = {
            STICKS if name == "coercion" else name: value(loading)
            for name, loading in held.items()
            if name != "influence"
        }
        return Ranked(
            actor=actor,
            leverage=value(held["influence"]),
            coercion=value(held["coercion"]),
            net=value(held["influence"]) - value(back),
            exclusivity=held["influence"] / total if total > 0 else 0.0,
            channels=channels,
            ways=self._ways(target, actor, way, held[way]),
        )

    def _ways(self, target: str, actor: str, way: str, loading: float) -> tuple[Way, ...]:
        paths = self.paths(actor, target, self.ways[way])
        paths.sort(key=lambda path: (-path.weight, path.actors))
        return tuple(
            Way(path, -log1p(-path.weight) / loading, tuple(self._steps(path, self.ways[way])))
            for path in paths[:PATHS]
        )

    def paths(self, a: str, b: str, families: frozenset[str]) -> list[Path]:
        """Every path from one actor to another that counts."""
        into = Into(self.masses, b, {"asked": families})
        if a == b or not (self.masses.may_act(a) and self.masses.may_act(b)):
            return []
        found = []
        if a in into.suppliers:
            found.append(Path((a, b), "direct", self.masses.strength(a, b, families, a)))
        order = into.order["asked"]
        for x in dict.fromkeys([*order, *into.stakes]):
            ways = [*self._through(into, a, x, families), *self._stake(into, a, x, families)]
            if ways:
                found.append(max(ways, key=lambda path: path.weight))
        return [path for path in found if path.weight >= into.numbers.path_floor]

    def _through(self, into: Into, a: str, x: str, families: frozenset[str]) -> Iterator[Path]:
        order = into.order["asked"]
        if x == a or x not in order or not into.is_wide(order, x, a):
            return
        last = self.masses.strength(x, into.target, families, a)
        if last < into.numbers.intermediary_floor:
            return
        for before, passed in self._reaching(into, a, x):
            yield Path((*before, x, into.target), "through", last * passed)

    def _reaching(self, into: Into, a: str, x: str) -> Iterator[tuple[tuple[str, ...], float]]:
        masses, steps = self.masses, self.masses.into
        if a in steps[x]:
            yield (a,), steps[x][a]["passes"]
        for y, wider in into.widest(x):
            if a in steps[y] and (wider is None or a in wider):
                passed = masses.strength(y, x, masses.soft, a, transmitted=True)
                yield (a, y), steps[y][a]["passes"] * passed

    def _stake(self, into: Into, a: str, x: str, families: frozenset[str]) -> Iterator[Path]:
        if x in into.stakes and x != a and a in self.masses.into[x]:
            weight = into.stakes[x] * self.masses.strength(a, x, families, a)
            yield Path((a, x, into.target), "stake", weight)

    def _steps(self, path: Path, families: frozenset[str]) -> Iterator[Told]:
        steps = list(zip(path.actors, path.actors[1:], strict=False))
        acting = 0 if path.kind == "stake" else len(steps) - 1
        for place, (a, b) in enumerate(steps):
            if path.kind == "stake" and place == 1:
                yield Told(self.masses.nodes[b]["stakes"][a], {}, self._stake_claims(a, b))
            elif place == acting:
                yield self._told(a, b, families, path.actors[0], transmitted=False)
            else:
                yield self._told(a, b, self.masses.soft, path.actors[0], transmitted=True)

    def _told(
        self, a: str, b: str, families: frozenset[str], ego: str, *, transmitted: bool
    ) -> Told:
        masses = self.masses
        alone = {
            name: masses.strength(a, b, frozenset({name}), ego, transmitted=transmitted)
            for name in masses.into[b][a]["masses"]
            if name in families
        }
        losses = {name: -log1p(-part) for name, part in alone.items() if part > 0}
        whole = sum(losses.values())
        return Told(
            masses.strength(a, b, families, ego, transmitted=transmitted),
            {name: loss / whole for name, loss in losses.items()},
            self._claims(a, b, frozenset(losses)),
        )

    def _claims(self, a: str, b: str, families: frozenset[str]) -> tuple[Cited, ...]:
        """The live claims that credit a over b in these families."""
        relations = self.masses.ontology.relations
        forward, backward = (Flow.SUBJECT, Flow.BOTH), (Flow.OBJECT, Flow.BOTH)
        wanted = {name for name, r in relations.items() if r.family in families}
        return self.claims.cited(
            a,
            b,
            {name for name in wanted if relations[name].flow in forward},
            {name for name in wanted if relations[name].flow in backward},
        )

    def _stake_claims(self, x: str, holder: str) -> tuple[Cited, ...]:
        """The live claims by which the holder answers for x."""
        relations = self.masses.ontology.relations
        wanted = {name for name, r in relations.items() if r.stake > 0}
        return self.claims.cited(
            holder,
            x,
            {name for name in wanted if relations[name].flow is Flow.SUBJECT},
            {name for name in wanted if relations[name].flow is Flow.OBJECT},
        )
