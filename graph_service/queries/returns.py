"""What one actor's leverage over many others amounts to, without its paths.

The same composite as `routes` computes for everybody into one target, here from one actor (the
ego) into several targets: what `net` subtracts, and by which `influence` ranks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Codes, Values, View
from graph_service.queries.dependence import NO_TIE, Dependence, StepWeights
from graph_service.queries.stakes import stakes
from graph_service.queries.ways import Way
from graph_service.queries.widths import Widths


class Returns:
    """One actor's leverage over others, by one way of taking steps.

    `cut` says, once asked, whether the width left something out.
    """

    def __init__(self, view: View, ego: int, way: Way, *, hops: int) -> None:
        self._view = view
        self._ego = ego
        self._middle = way.middle
        self._last = way.last
        self._hops = hops
        self._numbers = view.ontology.parameters.leverage
        self._dependence = Dependence(view)
        self._widths = Widths(view, self._dependence)
        self._source = view.supply.source
        self._tie_to = self._own_ties()
        self.cut = False

    def _own_ties(self) -> Codes:
        links = self._view.links
        block = slice(int(links.start[self._ego]), int(links.stop[self._ego]))
        others = np.unique(links.other[block])
        tie_to = np.full(len(self._view.actors), NO_TIE, np.int32)
        tie_to[others] = self._dependence.ties(np.full(len(others), self._ego, np.int32), others)
        return tie_to

    def exponents(self, targets: Sequence[int]) -> Values:
        """ℓ of the ego over each target; 0 over itself and where one of the two is unknown."""
        unknown = self._widths.unknown
        asked = np.array(targets, np.int32)
        weights = np.zeros(len(asked))
        if unknown[self._ego]:
            return weights
        places, lasts, strength = self._direct(asked)
        parts = [(places, lasts, strength)]
        if self._hops > 1:
            parts += [self._through(asked), self._stakes(asked)]
        place, last, weight = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        kept = (weight >= self._numbers.path_floor) & ~unknown[asked[place]]
        kept &= asked[place] != self._ego
        place, last, weight = place[kept], last[kept], weight[kept]
        order = np.lexsort((-weight, last, place))
        place, last, weight = place[order], last[order], weight[order]
        strongest = np.ones(len(place), bool)
        strongest[1:] = (place[1:] != place[:-1]) | (last[1:] != last[:-1])
        loss = np.bincount(place[strongest], -np.log1p(-weight[strongest]), len(asked))
        return loss.astype(np.float64)

    def _direct(self, asked: Codes) -> tuple[NDArray[np.intp], Codes, Values]:
        places = np.flatnonzero(self._tie_to[asked] != NO_TIE)
        ties = self._tie_to[asked[places]]
        strength = self._seen(ties, asked[places], own=False, step=self._last)
        return places, np.full(len(places), NO_TIE, np.int32), strength

    def _seen(self, ties: Codes, targets: Codes, *, own: bool, step: StepWeights) -> Values:
        """The strength of ties as the ego sees them; `own`: whether it may supply their targets
        beside them."""
        egos = self._tie_to[targets] if own else np.full(len(targets), NO_TIE, np.int32)
        return self._dependence.seen_by(ties, targets, egos, step)

    def _stakes(self, asked: Codes) -> tuple[NDArray[np.intp], Codes, Values]:
        held = [
            (place, x, size)
            for place, target in enumerate(asked.tolist())
            for x, size in stakes(self._view, target).items()
            if self._tie_to[x] != NO_TIE and not self._widths.unknown[x]
        ]
        place, x, size = (np.array([row[n] for row in held]) for n in range(3))
        x = x.astype(np.int32)
        strength = self._seen(self._tie_to[x], x, own=False, step=self._last)
        return place.astype(np.intp), x, size * strength

    def _through(self, asked: Codes) -> tuple[NDArray[np.intp], Codes, Values]:
        place, ties = self._last_ties(asked)
        x, target = self._source[ties], asked[place]
        reach = self._reach(x, target)
        kept = np.flatnonzero(reach > 0)
        place, ties, x, target = place[kept], ties[kept], x[kept], target[kept]
        strength = self._seen(ties, target, own=True, step=self._last)
        strength[strength < self._numbers.intermediary_floor] = 0.0
        return place, x, strength * reach[kept]

    def _last_ties(self, asked: Codes) -> tuple[NDArray[np.intp], Codes]:
        """The ties from the widest last intermediaries into each target, the ego left out."""
        lists = []
        for target in asked.tolist():
            ties = self._widths.into(target, self._last, floor=self._numbers.intermediary_floor)
            ties = ties[self._source[ties] != self._ego]
            self.cut |= len(ties) > self._numbers.width
            lists.append(ties[: self._numbers.width])
        sizes = [len(ties) for ties in lists]
        place = np.repeat(np.arange(len(asked)), sizes)
        return place, np.concatenate([*lists, np.empty(0, np.int32)])

    def _reach(self, x: Codes, target: Codes) -> Values:
        """The ego's best way of one or two steps to each x that is not by the target."""
        along = self._dependence.along_ties(self._middle)
        own = self._tie_to[x]
        reach = np.where(own != NO_TIE, along[own], 0.0)
        if self._hops < 3:
            return reach
        edge, ties = self._first_ties(x, target)
        y = self._source[ties]
        strength = along[ties]
        supplied = np.flatnonzero(own[edge] != NO_TIE)
        if len(supplied):
            strength[supplied] = self._seen(
                ties[supplied], x[edge[supplied]], own=True, step=self._middle
            )
        np.maximum.at(reach, edge, along[self._tie_to[y]] * strength)
        return reach

    def _first_ties(self, x: Codes, target: Codes) -> tuple[NDArray[np.intp], Codes]:
        """For each (x, target) the ties y → x that are looked at and that the ego can reach."""
        edges, ties = [], []
        lists = {code: self._reachable(code) for code in np.unique(x).tolist()}
        for place, (code, other) in enumerate(zip(x.tolist(), target.tolist(), strict=True)):
            reachable, whole = lists[code]
            if len(reachable) == 0:
                continue
            if whole is not None:  # the width cuts, so the target's place must be given away first
                looked_at = whole[self._source[whole] != other][: self._numbers.width]
                reachable = looked_at[self._tie_to[self._source[looked_at]] != NO_TIE]
            kept = reachable[self._source[reachable] != other]
            ties.append(kept)
            edges.append(np.full(len(kept), place))
        none = np.empty(0, np.int32)
        return np.concatenate([*edges, none]).astype(np.intp), np.concatenate([*ties, none])

    def _reachable(self, x: int) -> tuple[Codes, Codes | None]:
        """The ties into x from those whom the ego supplies; all that compete for the width,
        where there are more than it lets in."""
        into = self._widths.into(x, self._middle)
        whole = into[self._source[into] != self._ego]
        reachable = whole[self._tie_to[self._source[whole]] != NO_TIE]
        cut = len(whole) > self._numbers.width
        self.cut |= cut
        return reachable, whole if cut else None
