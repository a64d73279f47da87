"""The warm graph that the networkx peer for leverage asks: who supplies whom with what.

A DiGraph of masses at one day. Whatever depends on neither the target of a question nor its ego is
worked out once and kept with the edges, as the product keeps it with its projection: what each
family of a step comes to, and how strongly the step passes influence on.
"""

from typing import Any, NamedTuple, TypeAlias

import networkx as nx

from graph_service.bench.networkx_peer import UNKNOWN, build
from graph_service.graph.view import View

Graph: TypeAlias = "nx.DiGraph[str]"
Attributes: TypeAlias = dict[str, Any]


class Term(NamedTuple):
    """One family of a step: its mass S_f, α·g, and the family's parameters."""

    family: str
    mass: float
    reach: float
    tau: float
    kappa: float
    eta: float


class Masses:
    """Steps between actors, with their strength as anybody sees it."""

    def __init__(self, view: View) -> None:
        self.ontology = view.ontology
        self.graph: Graph = build(view)
        # The stubs leave out the dicts behind networkx's views.
        self.into: dict[str, dict[str, Attributes]] = self.graph._pred  # type: ignore[attr-defined]
        self.nodes = self.graph.nodes
        self.soft = self.ontology.families_of(self.ontology.soft_channels)
        self._orders: dict[tuple[str, frozenset[str], bool], list[str]] = {}
        for source, target, step in self.graph.edges(data=True):
            step["terms"] = self._terms(step)
            step["passes"] = self.strength(source, target, self.soft, source, transmitted=True)
            step["at_most"] = self.at_most(step["terms"], self.soft, transmitted=True)

    def strength(
        self, a: str, b: str, families: frozenset[str], ego: str, *, transmitted: bool = False
    ) -> float:
        """D(a→b | ego), or U where the step is transmitted."""
        steps = self.into[b]
        received = self.nodes[b]["received"]
        own = steps[ego]["masses"] if ego != a and ego in steps else None
        left = 1.0
        for family, mass, reach, tau, kappa, eta in steps[a]["terms"]:
            if family in families:
                others = received[family] - mass
                if own is not None:
                    others -= own.get(family, 0.0)
                share = mass / (mass + kappa + eta * others if others > 0 else mass + kappa)
                left *= 1 - (reach * tau if transmitted else reach) * share
        return 1 - left

    def at_most(
        self, terms: tuple[Term, ...], families: frozenset[str], *, transmitted: bool
    ) -> float:
        """The strength of a step with alternatives left out, which no ego can see exceeded."""
        left = 1.0
        for family, mass, reach, tau, kappa, _ in terms:
            if family in families:
                left *= 1 - (reach * tau if transmitted else reach) * (mass / (mass + kappa))
        return 1 - left

    def order(self, b: str, families: frozenset[str], *, transmitted: bool = False) -> list[str]:
        """Those who supply an actor, strongest first with alternatives left out, equal ones by
        id; only as many as the width can ever let through."""
        key = b, families, transmitted
        if key not in self._orders:
            self._orders[key] = self._ordered(b, families, transmitted)
        return self._orders[key]

    def may_act(self, actor: str) -> bool:
        """Whether the actor is anybody in particular."""
        return bool(self.nodes[actor]["kind"] != UNKNOWN)

    def _ordered(self, b: str, families: frozenset[str], transmitted: bool) -> list[str]:
        strengths = {
            a: step["at_most"]
            if transmitted
            else self.at_most(step["terms"], families, transmitted=False)
            for a, step in self.into[b].items()
            if self.may_act(a)
        }
        found = sorted((-value, a) for a, value in strengths.items() if value > 0)
        return [a for _, a in found[: self.ontology.parameters.leverage.width + 2]]

    def _terms(self, step: Attributes) -> tuple[Term, ...]:
        families = self.ontology.families
        return tuple(
            Term(
                name,
                mass,
                families[name].alpha * (step["gate"] if families[name].gated else 1.0),
                families[name].tau,
                families[name].kappa,
                families[name].eta,
            )
            for name, mass in step["masses"].items()
        )
