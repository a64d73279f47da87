"""Mass to strength of a step: share, gate, direct and transmitted (`docs/method.md` §3.4–3.6).

For a step from a to b over the families F, seen by the ego e::

    s_f = S_f(a,b) / (S_f(a,b) + κ_f + η_f·Σ_{x ∉ {a,e}} S_f(x,b))
    D_F = 1 − Π_{f∈F} (1 − α_f·g_f·s_f)        U_F = 1 − Π_{f∈F} (1 − τ_f·α_f·g_f·s_f)

where g_f is the hostility gate for the gated families, else 1. Shares after Emerson 1962 (power
falls with alternatives) and Bonacich 1987; the gate and the ego rule are the method's own.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.ontology import Ontology
from graph_service.graph.rows import bisected, ragged, starts
from graph_service.graph.view import ALONG_TIES, Codes, Supply, Values, View

NO_TIE = -1
"""The tie of an ego that supplies nothing."""


class Alternatives(Enum):
    """What is taken of the other suppliers x ∉ {a, e} in a share.

    `ALL`: e is a, or supplies nothing. `LEAST`: less the largest supplier in every family, so that
    the step looks at least as strong as to any e. `NONE`: η = 0.
    """

    ALL = "all"
    LEAST = "least"
    NONE = "none"


class StepWeights:
    """What a step weighs per family: α over some families (`direct`), or τ·α (`transmitted`)."""

    def __init__(self, ontology: Ontology, families: frozenset[str], *, transmitted: bool) -> None:
        numbers = ontology.families.items()
        self.name = (transmitted, tuple(sorted(families)))
        self.coefficient = np.array(
            [
                (f.tau if transmitted else 1.0) * f.alpha if name in families else 0.0
                for name, f in numbers
            ]
        )


class Dependence:
    """The strengths of steps over one view's supply; keeps what it computed with the columns."""

    def __init__(self, view: View) -> None:
        self.supply: Supply = view.supply
        families = view.ontology.families.values()
        self.kappa = np.array([f.kappa for f in families])
        self.eta = np.array([f.eta for f in families])
        self.gated = np.array([f.gated for f in families])
        self.actors = len(view.actors)

    def block(self, target: int) -> slice:
        """The places of the ties into one actor."""
        return slice(int(self.supply.start[target]), int(self.supply.stop[target]))

    def along_ties(self, step: StepWeights, others: Alternatives = Alternatives.ALL) -> Values:
        """The strength of every tie as a step, kept with the columns."""
        key = (ALONG_TIES, step.name, others)
        kept: Values = self.supply.derived.get(key, np.empty(0))
        if len(kept) == len(self.supply.source):
            return kept
        targets = self._beyond(len(kept))
        column = self._extended(kept)
        ties = ragged(self.supply.start[targets], self.supply.stop[targets])
        column[ties] = self.strengths(targets, step, others)
        self.supply.derived[key] = column
        return column

    def strongest_first(self, step: StepWeights) -> tuple[Codes, Values]:
        """The ties into each target in the order of their strength, the largest first: at the
        places of a target's ties, which tie it is and its strength."""
        keys = (ALONG_TIES, step.name, "order"), (ALONG_TIES, step.name, "ordered")
        order: Codes = self.supply.derived.get(keys[0], np.empty(0, np.int32))
        ordered: Values = self.supply.derived.get(keys[1], np.empty(0))
        covered = min(len(order), len(ordered))
        if covered == len(self.supply.source):
            return order, ordered
        strength, targets = self.along_ties(step), self._beyond(covered)
        order, ordered = self._extended(order[:covered]), self._extended(ordered[:covered])
        start, stop = self.supply.start[targets], self.supply.stop[targets]
        ties = ragged(start, stop)
        target = np.repeat(np.arange(len(targets)), stop - start)
        order[ties] = ties[np.lexsort((-strength[ties], target))]
        ordered[ties] = strength[order[ties]]
        self.supply.derived[keys[0]], self.supply.derived[keys[1]] = order, ordered
        return order, ordered

    def _beyond(self, covered: int) -> NDArray[np.intp]:
        """The targets whose ties lie beyond the first `covered` ones."""
        some = self.supply.stop > self.supply.start
        return np.flatnonzero(some & (self.supply.start >= covered))

    def _extended(self, column: NDArray[Any]) -> NDArray[Any]:
        """A copy of a column over all ties, to be filled in and only then kept: several threads
        may ask at once."""
        missing = len(self.supply.source) - len(column)
        return np.concatenate([column, np.zeros(missing, column.dtype)])

    def strengths(
        self, targets: NDArray[np.intp], step: StepWeights, others: Alternatives = Alternatives.ALL
    ) -> Values:
        """`along_ties` of the ties into these targets, one target after the other."""
        supply = self.supply
        sizes = supply.stop[targets] - supply.start[targets]
        ties = ragged(supply.start[targets], supply.stop[targets])
        if len(ties) == 0:
            return np.empty(0)
        held = supply.last[ties] - supply.first[ties]
        places = ragged(supply.first[ties], supply.last[ties])
        family, mass = supply.family[places], supply.mass[places]
        weighed = mass + self.kappa[family]
        if others is not Alternatives.NONE:
            target = np.repeat(np.repeat(np.arange(len(targets)), sizes), held)
            key = target * len(self.kappa) + family
            left = self._left(key, mass, len(targets) * len(self.kappa), others)
            weighed += self.eta[family] * left
        gate = np.where(self.gated[family], np.repeat(supply.gate[ties], held), 1.0)
        factor = 1 - step.coefficient[family] * gate * (mass / weighed)
        result: Values = 1 - np.multiply.reduceat(factor, np.cumsum(held) - held)
        return result

    @staticmethod
    def _left(key: NDArray[np.intp], mass: Values, count: int, others: Alternatives) -> Values:
        """What the other suppliers give, of each mass with its target and family as key."""
        left = np.bincount(key, mass, count)[key] - mass
        if others is Alternatives.LEAST:
            largest = np.zeros(count)
            np.maximum.at(largest, key, mass)
            left -= largest[key]
        return np.maximum(left, 0.0)

    def seen_by(self, ties: Codes, targets: Codes, egos: Codes, step: StepWeights) -> Values:
        """The strength of each tie into its target, seen by an ego whose own tie into that
        target is given (`NO_TIE` where it has none, or is the tie's source)."""
        result: Values = 1 - np.prod(1 - self.factors(ties, targets, egos, step), axis=1)
        return result

    def factors(self, ties: Codes, targets: Codes, egos: Codes, step: StepWeights) -> Values:
        """c_f·g_f·s_f of each tie by family, seen by an ego as in `seen_by`."""
        mass = self._masses(ties)
        others = np.maximum(self._totals(targets) - mass - self._masses(egos), 0.0)
        share = mass / (mass + self.kappa + self.eta * others)
        gate = np.where(self.gated, self.supply.gate[ties][:, None], 1.0)
        factors: Values = step.coefficient * gate * share
        return factors

    def _masses(self, ties: Codes) -> Values:
        """The masses of ties by family, one row a tie; zeros for `NO_TIE`."""
        table = np.zeros((len(ties), len(self.kappa)))
        known = np.flatnonzero(ties != NO_TIE)
        first, last = self.supply.first[ties[known]], self.supply.last[ties[known]]
        places = ragged(first, last)
        table[np.repeat(known, last - first), self.supply.family[places]] = self.supply.mass[places]
        return table

    def _totals(self, targets: Codes) -> Values:
        """All that each target receives, by family, one row a target."""
        kept: dict[int, Values] = self.supply.derived.setdefault(("totals",), {})
        unique, place = np.unique(targets, return_inverse=True)
        rows = [self._total(target, kept) for target in unique.tolist()]
        return np.array(rows).reshape(len(rows), len(self.kappa))[place]

    def _total(self, target: int, kept: dict[int, Values]) -> Values:
        if target not in kept:
            block, supply = self.block(target), self.supply
            places = ragged(supply.first[block], supply.last[block])
            family, mass = supply.family[places], supply.mass[places]
            kept[target] = np.bincount(family, mass, len(self.kappa)).astype(np.float64)
        return kept[target]

    def ties(self, sources: Codes, targets: Codes) -> Codes:
        """The tie from each source into its target, `NO_TIE` where there is none."""
        supply = self.supply
        start, stop = supply.start[targets], supply.stop[targets]
        if len(supply.source) == 0:
            return np.full(len(sources), NO_TIE, np.int32)
        place = bisected(start, stop, lambda places: supply.source[places] < sources)
        found = place < stop
        found[found] = supply.source[place[found]] == sources[found]
        return np.where(found, place, NO_TIE).astype(np.int32)


def ranks(codes: Iterable[int], actors: int) -> Codes:
    """By actor code, its place in a list of codes; the number of actors for those not in it."""
    table = np.full(actors, actors, np.int32)
    for place, code in enumerate(codes):
        table[code] = place
    return table


def runs(keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """The places at which runs of equal keys start."""
    return starts(keys[1:] != keys[:-1], len(keys))
