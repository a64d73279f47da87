"""The naive view in many scenarios: one naive view for each, asked one after the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph_service.domain.ontology import Flow
from graph_service.graph.scenarios import Flows
from graph_service.graph.view import Codes, Values

if TYPE_CHECKING:
    from graph_service.graph.naive import NaiveView


class NaiveAlternates:
    """What is asked of many scenarios, put to the view of each; `views` are these."""

    def __init__(self, views: Sequence["NaiveView"]) -> None:
        self.views = views

    def __len__(self) -> int:
        return len(self.views)

    def totals(self, targets: Codes) -> Values:
        """All that each target receives, by family."""
        found = [[_received(view, target) for target in targets.tolist()] for view in self.views]
        families = len(self.views[0].ontology.families)
        return np.array(found, np.float64).reshape(len(self), len(targets), families)

    def between(self, sources: Codes, targets: Codes) -> Flows:
        """What flows from each source to the target beside it."""
        ties = list(zip(sources.tolist(), targets.tolist(), strict=True))
        mass = np.array([[_flows(view, *tie) for tie in ties] for view in self.views], np.float64)
        gate = np.array([[view.gate(*_ids(view, *tie)) for tie in ties] for view in self.views])
        families = len(self.views[0].ontology.families)
        first = np.arange(len(ties)) * families
        zeros = np.zeros((len(self), 1))
        return Flows(
            first,
            first + families,
            np.tile(np.arange(families, dtype=np.uint8), len(ties)),
            np.concatenate([mass.reshape(len(self), len(ties) * families), zeros], axis=1),
            gate.reshape(len(self), len(ties)),
        )

    def stakes(self, holder: int, held: Codes) -> Values:
        """The largest stake by which one actor answers for each of some others."""
        found = [[_stake(view, holder, one) for one in held.tolist()] for view in self.views]
        return np.array(found, np.float64).reshape(len(self), len(held))

    def inclinations(self, one: Codes, other: Codes) -> tuple[Values, Values]:
        """The mass that alignment counts, and the hostility, between actors side by side."""
        pairs = [
            frozenset(_ids(self.views[0], *two))
            for two in zip(one.tolist(), other.tolist(), strict=True)
        ]
        friendly = [[view.friendliness.get(two, 0.0) for two in pairs] for view in self.views]
        hostile = [[view.hostility.get(two, 0.0) for two in pairs] for view in self.views]
        shape = len(self), len(pairs)
        return np.array(friendly).reshape(shape), np.array(hostile).reshape(shape)


def _ids(view: "NaiveView", *codes: int) -> list[str]:
    return [view.actors.id(code) for code in codes]


def _received(view: "NaiveView", target: int) -> list[float]:
    """The sum of what everybody supplies, by family, where alternatives count."""
    (id_,) = _ids(view, target)
    given = [masses for (_, taker), masses in view.masses.items() if taker == id_]
    return [
        sum(masses.get(name, 0.0) for masses in given) if family.eta > 0 else 0.0
        for name, family in view.ontology.families.items()
    ]


def _flows(view: "NaiveView", source: int, target: int) -> list[float]:
    masses = view.masses.get((view.actors.id(source), view.actors.id(target)), {})
    return [masses.get(name, 0.0) for name in view.ontology.families]


def _stake(view: "NaiveView", holder: int, held: int) -> float:
    one, other = _ids(view, holder, held)
    return max(
        (
            relation.stake
            for name, relation in view.ontology.relations.items()
            if ((one, name, other) if relation.flow is Flow.SUBJECT else (other, name, one))
            in view.strengths
        ),
        default=0.0,
    )
