"""How strong steps are in many scenarios at once: `dependence` with one row a scenario."""

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import ragged
from graph_service.graph.scenarios import Alternates
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.dependence import NO_TIE, Dependence, StepWeights

Places = NDArray[np.intp]


class Currents:
    """Some ties, what flows along them, and all that their targets receive, in every scenario.

    A tie is handled by its place among `ties`; the columns of what is answered are as asked for.
    """

    def __init__(self, view: View, alternates: Alternates, ties: Codes, targets: Codes) -> None:
        self._dependence = Dependence(view)
        self._count = len(alternates)
        self._families = len(view.ontology.families)
        self._flows = alternates.between(view.supply.source[ties], targets)
        receiving, self._target = np.unique(targets, return_inverse=True)
        self._totals = alternates.totals(receiving).reshape(self._count, -1)
        self._column = self._columns(len(ties))

    def _columns(self, ties: int) -> NDArray[np.intp]:
        """Where the mass of each tie in each family stands; the column of zeros where it has none."""
        flows = self._flows
        columns = np.full((ties, self._families), flows.mass.shape[1] - 1)
        held = ragged(flows.first, flows.last)
        columns[np.repeat(np.arange(ties), flows.last - flows.first), flows.family[held]] = held
        return columns

    def strengths(self, ties: Places, step: StepWeights, egos: Places | None = None) -> Values:
        """The strength of each tie as a step, as `Dependence.seen_by` has it: `egos` are the ties of
        who looks into the same targets, `NO_TIE` where there is none."""
        flows, numbers = self._flows, self._dependence
        place = np.repeat(np.arange(len(ties)), (flows.last - flows.first)[ties])
        column = ragged(flows.first[ties], flows.last[ties])
        family = flows.family[column].astype(np.intp)
        used = np.flatnonzero(step.coefficient[family] > 0)
        place, column, family = place[used], column[used], family[used]
        found = np.zeros((self._count, len(ties)))
        if len(place) == 0:
            return found
        mass = flows.mass.take(column, axis=1)
        others = self._totals.take(self._target[ties[place]] * self._families + family, axis=1)
        others -= mass
        if egos is not None:
            looking = np.flatnonzero(egos[place] != NO_TIE)
            own = self._column[egos[place[looking]], family[looking]]
            others[:, looking] -= flows.mass.take(own, axis=1)
        weighed = mass + numbers.kappa[family] + numbers.eta[family] * np.maximum(others, 0.0)
        mass *= step.coefficient[family] / weighed
        gated = np.flatnonzero(numbers.gated[family])
        mass[:, gated] *= flows.gate.take(ties[place[gated]], axis=1)
        some, start = np.unique(place, return_index=True)
        found[:, some] = 1 - np.multiply.reduceat(1 - mass, start, axis=1)
        return found
