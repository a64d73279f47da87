"""The networkx peer for leverage: `docs/method.md` §3.4–3.9 in loops over the dicts of a warm graph.

What `networkx_peer` writes to be read, this writes to be fast: the ways to an intermediary are
looked for once for all last steps, and what cannot reach the path floor is passed over early.
"""

from collections.abc import Iterator, Mapping
from math import expm1, log1p, nextafter
from typing import NamedTuple, TypeAlias

from graph_service.bench.networkx_masses import Masses

Ways: TypeAlias = Mapping[str, frozenset[str]]


class Path(NamedTuple):
    """One way in which an actor has leverage over the target: `direct`, `through` or `stake`."""

    actors: tuple[str, ...]
    kind: str
    weight: float


class Into:
    """Leverage over one target, over some families at the last step for each of several ways."""

    def __init__(self, masses: Masses, target: str, ways: Ways) -> None:
        self.masses = masses
        self.target = target
        self.ways = ways
        self.numbers = masses.ontology.parameters.leverage
        self.suppliers = masses.into[target]
        self.stakes: Mapping[str, float] = {
            x: stake for x, stake in masses.nodes[target]["stakes"].items() if masses.may_act(x)
        }
        self.order = {
            name: [
                x
                for x in masses.order(target, families)[: self.numbers.width + 1]
                if self._at_most(x, families) >= self.numbers.intermediary_floor
            ]
            for name, families in ways.items()
        }

    def loadings(self) -> dict[str, dict[str, float]]:
        """ℓ = −Σ ln(1 − w) of every actor, for each way."""
        found: dict[str, dict[str, float]] = {name: {} for name in self.ways}
        if not self.masses.may_act(self.target):
            return found
        for name, families in self.ways.items():
            for a in self.suppliers:
                if self.masses.may_act(a):
                    weight = self.masses.strength(a, self.target, families, a)
                    self._credit(found[name], a, weight)
        for x in dict.fromkeys(
            [*(x for order in self.order.values() for x in order), *self.stakes]
        ):
            reached = self._reach(x) if any(x in order for order in self.order.values()) else {}
            for name in self.ways:
                for a, weight in self._best(name, x, reached).items():
                    self._credit(found[name], a, weight)
        return found

    def _credit(self, loadings: dict[str, float], actor: str, weight: float) -> None:
        if weight >= self.numbers.path_floor:
            loadings[actor] = loadings.get(actor, 0.0) - log1p(-weight)

    def _best(self, name: str, x: str, reached: Mapping[str, float]) -> dict[str, float]:
        """The weight of every actor's best path with the last intermediary x."""
        best = self._through(name, x, reached) if x in self.order[name] else {}
        for a, weight in self._staked(name, x):
            if weight > best.get(a, 0.0):
                best[a] = weight
        return best

    def _through(self, name: str, x: str, reached: Mapping[str, float]) -> dict[str, float]:
        strength, families = self.masses.strength, self.ways[name]
        alone = strength(x, self.target, families, x)
        floor, wider = self.numbers.intermediary_floor, self._wider(self.order[name], x)
        best: dict[str, float] = {}
        for a, passed in reached.items():
            if wider is None or a in wider:
                last = strength(x, self.target, families, a) if a in self.suppliers else alone
                if last >= floor:
                    best[a] = last * passed
        return best

    def _staked(self, name: str, x: str) -> Iterator[tuple[str, float]]:
        if x in self.stakes:
            for a in self.masses.into[x]:
                if a != self.target and self.masses.may_act(a):
                    yield a, self.stakes[x] * self.masses.strength(a, x, self.ways[name], a)

    def _reach(self, x: str) -> dict[str, float]:
        """The strongest way from each actor to x: straight, or through one other."""
        masses, target = self.masses, self.target
        into_x = masses.into[x]
        best = {
            a: step["passes"] for a, step in into_x.items() if a != target and masses.may_act(a)
        }
        least = self.numbers.path_floor / max(
            self._at_most(x, families) for families in self.ways.values()
        )
        for y, wider in self.widest(x):
            alone, at_most = into_x[y]["passes"], into_x[y]["at_most"]
            for a, step in masses.into[y].items():
                value = step["passes"]
                if value * at_most < least or value * at_most <= best.get(a, 0.0):
                    continue
                if a in (x, target) or not masses.may_act(a):
                    continue
                if wider is not None and a not in wider:
                    continue
                if a in into_x:
                    value *= masses.strength(y, x, masses.soft, a, transmitted=True)
                else:
                    value *= alone
                if value > best.get(a, 0.0):
                    best[a] = value
        return best

    def widest(self, x: str) -> Iterator[tuple[str, frozenset[str] | None]]:
        """The y to be looked at before x; with the one just too many, whom it is not for."""
        order = self.masses.order(x, self.masses.soft, transmitted=True)
        order = [y for y in order if y != self.target]
        for place, y in enumerate(order[: self.numbers.width + 1]):
            wider = frozenset(order[:place]) if place == self.numbers.width else None
            yield y, wider

    def is_wide(self, order: list[str], x: str, a: str) -> bool:
        """Whether x is among the widest of an order that leaves out a."""
        wider = self._wider(order, x)
        return wider is None or a in wider

    def _wider(self, order: list[str], x: str) -> frozenset[str] | None:
        """Who must be left out of the order for x to be among the widest; None if nobody."""
        place = order.index(x)
        return frozenset(order[:place]) if place == self.numbers.width else None

    def _at_most(self, x: str, families: frozenset[str]) -> float:
        if x not in self.suppliers:
            return 0.0
        return self.masses.at_most(self.suppliers[x]["terms"], families, transmitted=False)


def value(loading: float) -> float:
    """L = 1 − e^−ℓ, kept below 1."""
    return min(-expm1(-loading), nextafter(1.0, 0.0))
