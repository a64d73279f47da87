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
from graph_service.graph.rows import ragged, starts
from graph_service.graph.view import ALONG_TIES, Codes, Supply, Values, View

NONE = -1
"""The tie of an ego that supplies nothing."""


class Others(Enum):
    """What is taken of the other suppliers x ∉ {a, e} in a share.

    `ALL`: e is a, or supplies nothing. `LEAST`: as if e were the largest of them in every family,
    the strongest that the step can look to anybody. `NONE`: η = 0.
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

    def along_ties(self, step: StepWeights, others: Others = Others.ALL) -> Values:
        """The strength of every tie as a step, kept with the columns."""
        kept = self._kept((ALONG_TIES, step.name, others), np.float64)
        fresh = self._uncovered((ALONG_TIES, step.name, others))
        if len(fresh):
            ties = ragged(self.supply.start[fresh], self.supply.stop[fresh])
            kept[ties] = self.strengths(fresh, step, others)
        return kept

    def strongest_first(self, step: StepWeights) -> tuple[Codes, Values]:
        """The ties into each target in the order of their strength, the largest first: at the
        places of a target's ties, which tie it is and its strength."""
        strength = self.along_ties(step)
        key, sorted_key = (ALONG_TIES, step.name, "order"), (ALONG_TIES, step.name, "sorted")
        order, ordered = self._kept(key, np.int32), self._kept(sorted_key, np.float64)
        fresh = self._uncovered(key)
        if len(fresh):
            start, stop = self.supply.start[fresh], self.supply.stop[fresh]
            ties = ragged(start, stop)
            target = np.repeat(np.arange(len(fresh)), stop - start)
            order[ties] = ties[np.lexsort((-strength[ties], target))]
            ordered[ties] = strength[order[ties]]
        return order, ordered

    def _kept(self, key: tuple[object, ...], dtype: type[np.generic]) -> NDArray[Any]:
        """A column along all ties, what was kept of it at its beginning."""
        kept: NDArray[Any] = self.supply.derived.get(key, np.empty(0, dtype))
        missing = len(self.supply.source) - len(kept)
        if missing == 0:
            return kept
        self.supply.derived[("covered", *key)] = len(kept)
        self.supply.derived[key] = grown = np.concatenate([kept, np.zeros(missing, dtype)])
        return grown

    def _uncovered(self, key: tuple[object, ...]) -> NDArray[np.intp]:
        """The targets whose ties a column does not cover yet; asked once."""
        covered = self.supply.derived.pop(("covered", *key), len(self.supply.source))
        some = self.supply.stop > self.supply.start
        return np.flatnonzero(some & (self.supply.start >= covered))

    def strengths(
        self, targets: NDArray[np.intp], step: StepWeights, others: Others = Others.ALL
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
        if others is not Others.NONE:
            target = np.repeat(np.repeat(np.arange(len(targets)), sizes), held)
            key = target * len(self.kappa) + family
            left = self._left(key, mass, len(targets) * len(self.kappa), others)
            weighed += self.eta[family] * left
        gate = np.where(self.gated[family], np.repeat(supply.gate[ties], held), 1.0)
        factor = 1 - step.coefficient[family] * gate * (mass / weighed)
        result: Values = 1 - np.multiply.reduceat(factor, np.cumsum(held) - held)
        return result

    @staticmethod
    def _left(key: NDArray[np.intp], mass: Values, count: int, others: Others) -> Values:
        """What the other suppliers give, of each mass with its target and family as key."""
        left = np.bincount(key, mass, count)[key] - mass
        if others is Others.LEAST:
            largest = np.zeros(count)
            np.maximum.at(largest, key, mass)
            left -= largest[key]
        return np.maximum(left, 0.0)

    def seen_by(self, ties: Codes, targets: Codes, egos: Codes, step: StepWeights) -> Values:
        """The strength of each tie into its target, seen by an ego whose own tie into that
        target is given (`NONE` where it has none, or is the tie's source)."""
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
        """The masses of ties by family, one row a tie; zeros for `NONE`."""
        table = np.zeros((len(ties), len(self.kappa)))
        known = np.flatnonzero(ties != NONE)
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
        """The tie from each source into its target, `NONE` where there is none."""
        supply = self.supply
        low, high = supply.start[targets].astype(np.int64), supply.stop[targets].astype(np.int64)
        end = high.copy()
        while (open_ := low < high).any():
            middle = (low + high) // 2
            less = supply.source[np.minimum(middle, len(supply.source) - 1)] < sources
            low = np.where(open_ & less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        inside = low < end
        found = np.zeros(len(sources), bool)
        found[inside] = supply.source[low[inside]] == sources[inside]
        return np.where(found, low, NONE).astype(np.int32)


def ranks(codes: Iterable[int], actors: int) -> Codes:
    """By actor code, its place in a list of codes; the number of actors for those not in it."""
    table = np.full(actors, actors, np.int32)
    for place, code in enumerate(codes):
        table[code] = place
    return table


def runs(keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """The places at which runs of equal keys start."""
    return starts(keys[1:] != keys[:-1], len(keys))
