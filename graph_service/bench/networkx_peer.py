"""The leverage formula of `docs/method.md` §3 written faithfully over a networkx graph.

The peer that the benchmark measures against, and the oracle of the tests: plain Python, one
function a formula, nothing shared with the product but the vocabulary and the view's columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import expm1, fsum, log1p, nextafter
from typing import NamedTuple, TypeAlias

import networkx as nx

from graph_service.domain.ontology import Family, Flow, Ontology
from graph_service.graph.view import View

UNKNOWN = "unknown"
Channels = str | frozenset[str] | None
Graph: TypeAlias = "nx.DiGraph[str]"
Reach = dict[str, tuple[float, tuple[str, ...]]]


class Path(NamedTuple):
    """One way in which an actor has leverage over the target: `direct`, `through` or `stake`."""

    actors: tuple[str, ...]
    kind: str
    weight: float


class Held(NamedTuple):
    """The leverage of one actor over the target: L, ℓ = −Σ ln(1 − w), and its paths."""

    leverage: float
    loading: float
    paths: list[Path]


def build(view: View) -> Graph:
    """Who supplies whom: an edge x→y with its `masses` by family and its `gate`.

    A node has its actor's `kind`, the mass it has `received` by family, and its `stakes`: whom it
    heads, controls or has as a part, with what is at stake.
    """
    graph: Graph = nx.DiGraph(ontology=view.ontology)
    for code in range(len(view.actors)):
        graph.add_node(view.actors.id(code), kind=view.actors.kind(code), received={}, stakes={})
    _add_supply(graph, view)
    _add_stakes(graph, view)
    return graph


def _add_supply(graph: Graph, view: View) -> None:
    supply, names = view.supply, list(view.ontology.families)
    first, last = supply.first.tolist(), supply.last.tolist()
    source, gate = supply.source.tolist(), supply.gate.tolist()
    family, mass = supply.family.tolist(), supply.mass.tolist()
    for y in range(len(view.actors)):
        target = view.actors.id(y)
        received: dict[str, float] = graph.nodes[target]["received"]
        for tie in range(int(supply.start[y]), int(supply.stop[y])):
            columns = range(first[tie], last[tie])
            masses = {names[family[n]]: mass[n] for n in sorted(columns, key=family.__getitem__)}
            graph.add_edge(view.actors.id(source[tie]), target, masses=masses, gate=gate[tie])
            for name, value in masses.items():
                received[name] = received.get(name, 0.0) + value


def _add_stakes(graph: Graph, view: View) -> None:
    links, relations = view.links, list(view.ontology.relations.values())
    at_stake = [relation.stake > 0 for relation in relations]
    for b in range(len(view.actors)):
        stakes: dict[str, float] = graph.nodes[view.actors.id(b)]["stakes"]
        for n in range(int(links.start[b]), int(links.stop[b])):
            relation = relations[links.relation[n]]
            above = relation.flow is Flow.SUBJECT
            if at_stake[links.relation[n]] and bool(links.outward[n]) is above:
                x = view.actors.id(int(links.other[n]))
                stakes[x] = max(relation.stake, stakes.get(x, 0.0))


def leverage_over(
    graph: Graph, target: str, *, hops: int = 3, channels: Channels = None
) -> dict[str, Held]:
    """Who has leverage over `target`, by actor id; who has none is left out.

    `channels` as in the product: None for influence, "all" for every family at every step, a set
    of channels for the last step. Coercion is `frozenset({"sticks"})`.
    """
    return Question(graph, target, hops, channels).answer()


def exclusivity(held: dict[str, Held], actor: str) -> float:
    """X = ℓ(a→b)/Σ_x ℓ(x→b), 0 where nobody has any."""
    whole = fsum(one.loading for one in held.values())
    return held[actor].loading / whole if actor in held and whole > 0 else 0.0


def net(graph: Graph, a: str, b: str, *, hops: int = 3, channels: Channels = None) -> float:
    """Λ = L(a→b) − L(b→a)."""
    over_b = leverage_over(graph, b, hops=hops, channels=channels)
    over_a = leverage_over(graph, a, hops=hops, channels=channels)
    nothing = Held(0.0, 0.0, [])
    return over_b.get(a, nothing).leverage - over_a.get(b, nothing).leverage


def shares(held: Held) -> list[float]:
    """ln(1 − w)/Σ ln(1 − w) of each path."""
    return [-log1p(-path.weight) / held.loading for path in held.paths]


class Seen(NamedTuple):
    """How a step is looked at: through which families, by whom (None: alternatives left out), and
    whether as moving the one at its end or as passing on what was moved."""

    families: frozenset[str]
    ego: str | None
    transmitted: bool = False


def dependence(graph: Graph, a: str, b: str, seen: Seen) -> float:
    """D_F(a→b | ego) = 1 − Π(1 − α·g·s), or U_F with τ beside α where it is transmitted."""
    families: Mapping[str, Family] = graph.graph["ontology"].families
    step = graph.edges[a, b]
    left = 1.0
    for name, mass in step["masses"].items():
        if name in seen.families:
            family = families[name]
            reach = family.alpha * (family.tau if seen.transmitted else 1.0)
            gate = step["gate"] if family.gated else 1.0
            left *= 1 - reach * gate * _share(graph, name, (a, b), seen.ego, mass)
    return 1 - left


def _share(graph: Graph, name: str, ends: tuple[str, str], ego: str | None, mass: float) -> float:
    """s_f(a→b | ego) = S/(S + κ + η·Σ S(x→b) over x other than a and ego)."""
    a, b = ends
    family: Family = graph.graph["ontology"].families[name]
    if ego is None:
        return mass / (mass + family.kappa)
    others: float = graph.nodes[b]["received"][name] - mass
    if ego != a and graph.has_edge(ego, b):
        others -= graph.edges[ego, b]["masses"].get(name, 0.0)
    return mass / (mass + family.kappa + family.eta * max(others, 0.0))


@dataclass(frozen=True)
class Question:
    """One question: over whom, how far, through what."""

    graph: Graph
    target: str
    hops: int
    channels: Channels

    def answer(self) -> dict[str, Held]:
        """Every actor with a path of at least the path floor."""
        if not self._may_act(self.target):
            return {}
        floor = self._ontology.parameters.leverage.path_floor
        found: dict[str, dict[str, Path]] = {}
        for path in (*self._direct(), *self._through(), *self._stake()):
            actor, last = path.actors[0], path.actors[-2]
            best = found.setdefault(actor, {})
            if path.weight >= floor and (last not in best or path.weight > best[last].weight):
                best[last] = path
        return {actor: _held(list(best.values())) for actor, best in found.items() if best}

    def _direct(self) -> Iterator[Path]:
        for a in self._suppliers(self.target):
            yield Path((a, self.target), "direct", self._moves(a, self.target, a))

    def _through(self) -> Iterator[Path]:
        if self.hops < 2:
            return
        floor = self._ontology.parameters.leverage.intermediary_floor
        order = self._by_strength(self.target, self._last)
        for x in order[: self._width + 1]:
            for a, (reach, before) in self._reach(x).items():
                if self._is_wide(order, x, frozenset({a})):
                    last = self._moves(x, self.target, a)
                    if last >= floor:
                        yield Path((*before, x, self.target), "through", last * reach)

    def _stake(self) -> Iterator[Path]:
        if self.hops < 2:
            return
        for x, stake in self.graph.nodes[self.target]["stakes"].items():
            if self._may_act(x):
                for a in self._suppliers(x):
                    if a != self.target:
                        weight = stake * self._moves(a, x, a)
                        yield Path((a, x, self.target), "stake", weight)

    def _reach(self, x: str) -> Reach:
        """The strongest way from each actor to x in what steps are left: max over y, or none."""
        best: Reach = {
            a: (self._passes(a, x, a), (a,)) for a in self._suppliers(x) if a != self.target
        }
        if self.hops < 3:
            return best
        order = self._by_strength(x, self._earlier, transmitted=True)
        for y in order[: self._width + 2]:
            if y == self.target:
                continue
            alone = self._passes(y, x, y)
            for a in self._suppliers(y):
                if a in (x, self.target) or not self._is_wide(
                    order, y, frozenset({a, self.target})
                ):
                    continue
                step = self._passes(y, x, a) if self.graph.has_edge(a, x) else alone
                reach = self._passes(a, y, a) * step
                if reach > best.get(a, (0.0, ()))[0]:
                    best[a] = (reach, (a, y))
        return best

    def _moves(self, a: str, b: str, ego: str) -> float:
        """D(a→b | ego) over the families of the last step."""
        return dependence(self.graph, a, b, Seen(self._last, ego))

    def _passes(self, a: str, b: str, ego: str) -> float:
        """U(a→b | ego) over the families of the earlier steps."""
        return dependence(self.graph, a, b, Seen(self._earlier, ego, transmitted=True))

    def _by_strength(
        self, b: str, families: frozenset[str], *, transmitted: bool = False
    ) -> list[str]:
        """The suppliers of b, strongest first with alternatives left out, ties by actor id."""
        seen = Seen(families, None, transmitted)
        strength = {x: dependence(self.graph, x, b, seen) for x in self._suppliers(b)}
        return sorted((x for x in strength if strength[x] > 0), key=lambda x: (-strength[x], x))

    def _is_wide(self, order: list[str], x: str, skipped: frozenset[str]) -> bool:
        """Whether x is among the widest of an order in which some actors are skipped."""
        place = order.index(x, 0, self._width + 2)
        before = sum(1 for other in skipped if other in order[:place])
        return place - before < self._width

    def _suppliers(self, b: str) -> list[str]:
        return [a for a in self.graph.predecessors(b) if self._may_act(a)]

    def _may_act(self, actor: str) -> bool:
        return bool(self.graph.nodes[actor]["kind"] != UNKNOWN)

    @cached_property
    def _ontology(self) -> Ontology:
        ontology: Ontology = self.graph.graph["ontology"]
        return ontology

    @cached_property
    def _width(self) -> int:
        return self._ontology.parameters.leverage.width

    @cached_property
    def _earlier(self) -> frozenset[str]:
        if self.channels == "all":
            return frozenset(self._ontology.families)
        return self._ontology.families_of(self._ontology.soft_channels)

    @cached_property
    def _last(self) -> frozenset[str]:
        if isinstance(self.channels, frozenset):
            return self._ontology.families_of(self.channels)
        return self._earlier


def _held(paths: list[Path]) -> Held:
    loading = fsum(-log1p(-path.weight) for path in paths)
    paths.sort(key=lambda path: (-path.weight, path.actors))
    return Held(min(-expm1(-loading), nextafter(1.0, 0.0)), loading, paths)
