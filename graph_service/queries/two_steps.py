"""Ways of two steps before the last one: A → y → x (`docs/method.md` §3.7)."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import bisected, ragged
from graph_service.graph.view import Codes, Values
from graph_service.queries.budget import Budget
from graph_service.queries.dependence import NO_TIE, Alternatives

if TYPE_CHECKING:
    from graph_service.queries.routes import Routes

CELLS = 64_000_000
"""Places of the table of who supplies whom that are looked at together."""

CHUNK = 2_000_000
"""Third steps looked at together; bounds memory, and how long a spent budget goes unnoticed."""


class TwoSteps:
    """Ways A → y → x for the last intermediaries x of some routes."""

    def __init__(self, routes: "Routes", xs: Codes, strength: Values, bound: Values) -> None:
        self.routes = routes
        self.xs = xs
        self.dependence = routes.dependence
        self.value = self.dependence.along_ties(routes.middle)
        self.x, self.tie, self.rank = self._edges()
        y_bound = self.dependence.along_ties(routes.middle, Alternatives.LEAST)[self.tie]
        self.exact = strength[self.x] * self.value[self.tie]
        self.bound = bound[self.x] * y_bound

    def _edges(self) -> tuple[NDArray[np.intp], Codes, NDArray[np.intp]]:
        """The steps y → x that are looked at, with each y's rank among those into x."""
        width = self.routes.numbers.width
        ties, sizes = [], []
        for x in self.xs.tolist():
            into = self.routes.widths.into(x, self.routes.middle)
            into = into[~self.routes.barred[self.routes.supply.source[into]]]
            self.routes.cut |= len(into) > width
            ties.append(into[: width + 1])
            sizes.append(len(ties[-1]))
        ranks_ = [np.arange(size) for size in sizes]
        x = np.repeat(np.arange(len(self.xs)), sizes)
        return x, np.concatenate(ties).astype(np.int32), np.concatenate(ranks_)

    def parts(self, budget: Budget) -> list[tuple[NDArray[np.intp], Codes, Values, Codes]]:
        """Columns of ways (x, actor, value, y), in chunks."""
        first = self.routes.supply.start[self.routes.supply.source[self.tie]].astype(np.int64)
        order, strength = self.dependence.strongest_first(self.routes.middle)
        last = self._strong_until(strength)
        found = []
        for chunk in self._chunks(last - first):
            if budget.is_spent():
                self.routes.spent = True
                break
            edges = np.repeat(chunk, last[chunk] - first[chunk])
            found.append(self._ways(edges, order[ragged(first[chunk], last[chunk])]))
        return found

    def _chunks(self, sizes: NDArray[np.int64]) -> list[NDArray[np.intp]]:
        """The edges, so many together that neither their ways nor `_supplies` outgrow memory."""
        part = np.cumsum(sizes) // CHUNK
        rows = self.x // max(CELLS // max(self.dependence.actors, 1), 1)
        ends = np.flatnonzero((np.diff(part) > 0) | (np.diff(rows) > 0)) + 1
        return np.split(np.arange(len(sizes)), ends)

    def _strong_until(self, strength: Values) -> NDArray[np.int64]:
        """Where the ties into each y, strongest first, become too weak for a path above the
        floor."""
        y, supply = self.routes.supply.source[self.tie], self.routes.supply
        if len(strength) == 0:
            return supply.start[y].astype(np.int64)
        least = self.routes.slack / np.maximum(self.bound, self.routes.slack)
        return bisected(supply.start[y], supply.stop[y], lambda places: strength[places] >= least)

    def _ways(
        self, edges: NDArray[np.intp], ties: Codes
    ) -> tuple[NDArray[np.intp], Codes, Values, Codes]:
        supply = self.routes.supply
        actor = supply.source[ties]
        kept = self.routes.askers[actor] & (actor != self.xs[self.x[edges]])
        edges, ties, actor = edges[kept], ties[kept], actor[kept]
        x = self.x[edges]
        own = self._supplies(x, actor)
        exact = self.value[ties] * self.exact[edges] >= self.routes.slack
        kept = exact | own | (self.routes.tie_into_target[actor] != NO_TIE)
        kept &= self._inside(edges, x, actor)
        edges, ties, actor, x, own = (c[kept] for c in (edges, ties, actor, x, own))
        strength = self.value[self.tie[edges]]
        if own.any():
            target = self.xs[x[own]]
            egos = self.dependence.ties(actor[own], target)
            seen = self.dependence.seen_by(self.tie[edges[own]], target, egos, self.routes.middle)
            strength[own] = seen
        return x, actor, self.value[ties] * strength, supply.source[self.tie[edges]]

    def _supplies(self, x: NDArray[np.intp], actor: Codes) -> NDArray[np.bool_]:
        """Whether each actor is itself a source of the last intermediary x."""
        if len(x) == 0:
            return np.empty(0, bool)
        first, last = int(x[0]), int(x[-1]) + 1
        xs = self.xs[first:last]
        start, stop = self.routes.supply.start[xs], self.routes.supply.stop[xs]
        table = np.zeros((len(xs), self.dependence.actors), bool)
        row = np.repeat(np.arange(len(xs)), stop - start)
        table[row, self.routes.supply.source[ragged(start, stop)]] = True
        supplies: NDArray[np.bool_] = table[x - first, actor]
        return supplies

    def _inside(
        self, edges: NDArray[np.intp], x: NDArray[np.intp], actor: Codes
    ) -> NDArray[np.bool_]:
        """Whether y is among the widest into x once the actor itself is left out."""
        width, count = self.routes.numbers.width, self.dependence.actors
        inside = self.rank[edges] < width
        beyond = np.flatnonzero(~inside)
        if len(beyond):
            wider = self.rank < width
            source = self.routes.supply.source[self.tie[wider]]
            among = self.x[wider].astype(np.int64) * count + source
            inside[beyond] = np.isin(x[beyond].astype(np.int64) * count + actor[beyond], among)
        return inside
