"""The k lightest simple paths in a corridor, exactly: best first, with a bound never too high.

Weights are whole numbers, so that sums are exact and equal paths are equal whichever way they are
added up. The bound of a path begun is its weight and that of the lightest walk that could end it in
the hops left, with the sign asked for; a walk may visit an actor twice, hence it is never too high
(Hart, Nilsson & Raphael 1968, over the walks of Bellman 1958).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Values
from graph_service.queries.budget import Budget
from graph_service.queries.corridor import Corridor
from graph_service.queries.passage import START
from graph_service.queries.reach import Rows
from graph_service.queries.ties import SIGNS, Sign

# Costs are −ln(strength) in steps of 2⁻⁴⁰: strengths that agree to 12 digits are equal.
COST_BITS = 40
# Six costs, even of the smallest float, add up to less than this.
HOP = 1 << 53
NEVER = 1 << 61

# THEN[a][b] is the sign of a path whose parts have the signs a and b, as places in `SIGNS`:
# neutral if either is neutral, else mixed if either is mixed, else their product.
THEN = ((0, 0, 0, 0), (0, 1, 2, 3), (0, 2, 1, 3), (0, 3, 3, 3))
_THEN_PLACES = np.array(THEN)
POSITIVE = SIGNS.index(Sign.PLUS)

Follow = Callable[[int, int, int], int | None]


def by_hops(strength: Values) -> Rows:
    """Weights by which fewer hops come first, then the stronger path."""
    return HOP + _costs(strength)


def by_strength(strength: Values) -> Rows:
    """Weights by which the stronger path comes first, then fewer hops."""
    return (_costs(strength) << 3) + 1


def _costs(strength: Values) -> Rows:
    smallest = np.finfo(np.float64).smallest_subnormal
    costs = np.rint(-np.log(np.maximum(strength, smallest)) * float(1 << COST_BITS))
    return costs.astype(np.int64)


def sign_of_path(signs: Iterable[Sign]) -> Sign:
    """The sign of a path from those of its steps: neutral if any is neutral, else mixed if any is
    mixed, else their product.

    >>> sign_of_path([Sign.MINUS, Sign.MINUS]).value
    '+'
    """
    return SIGNS[reduce(lambda a, b: THEN[a][b], map(SIGNS.index, signs), POSITIVE)]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A path begun: the ids of its actors, its weight and sign so far, and its last mark."""

    ids: tuple[str, ...]
    weight: int
    sign: int
    mark: int


@dataclass(slots=True)
class _Branches:
    """The ways on from a path begun that have not been looked at, the lowest bound first."""

    begun: _Begun
    bounds: list[int]
    steps: list[int]
    place: int = 0


_Entry = tuple[int, tuple[str, ...], tuple[int, ...], _Begun | _Branches]


class Race:
    """Paths through a corridor, the lightest by `weight` (one number a step) first, equal ones in
    the order of their actors' ids; only those of one sign, or of any with None.

    `follow` is asked when a path takes a step from one actor to another (by code), with what it
    answered to the step before (`START` at first); its None forbids the step. Once `paths` has
    ended, `cut` says whether that was for want of time.
    """

    def __init__(
        self,
        corridor: Corridor,
        weight: Rows,
        *,
        sign: Sign | None,
        id_of: Callable[[int], str],
        follow: Follow | None = None,
    ) -> None:
        self._corridor, self._weight = corridor, weight
        self._id_of, self._follow = id_of, follow
        self._signs = np.full_like(corridor.bits, POSITIVE) if sign is None else corridor.bits
        self._goal = POSITIVE if sign is None else SIGNS.index(sign)
        self._heap: list[_Entry] = []
        self.cut = False

    def paths(self, budget: Budget) -> Iterator[tuple[int, ...]]:
        """The paths, each as the places of its actors in the corridor."""
        source, target = self._corridor.source, self._corridor.target
        needed = _needed(self._corridor, self._weight, self._signs, goal=self._goal)
        begun = _Begun((self._id(source),), 0, POSITIVE, START)
        self._heap = [(0, begun.ids, (source,), begun)]
        while self._heap:
            if budget.is_spent():
                self.cut = True
                return
            bound, _, path, state = heappop(self._heap)
            if isinstance(state, _Branches):
                self._take_lightest(bound, path, state)
                continue
            mark = self._mark(path, state)
            if mark is not None and path[-1] == target:
                yield path
            elif mark is not None:
                self._branch(path, replace(state, mark=mark), needed)

    def _id(self, place: int) -> str:
        return self._id_of(self._corridor.codes.item(place))

    def _mark(self, path: tuple[int, ...], begun: _Begun) -> int | None:
        if self._follow is None or len(path) == 1:
            return begun.mark
        codes = self._corridor.codes
        return self._follow(begun.mark, codes.item(path[-2]), codes.item(path[-1]))

    def _branch(self, path: tuple[int, ...], begun: _Begun, needed: Rows) -> None:
        corridor, here = self._corridor, path[-1]
        steps = slice(corridor.first.item(here), corridor.first.item(here + 1))
        left = corridor.hops - len(path)
        after = _THEN_PLACES[begun.sign].take(self._signs[steps])
        bounds = begun.weight + self._weight[steps] + needed[left, after, corridor.head[steps]]
        order = bounds.argsort(kind="stable")
        order = order[: int(bounds[order].searchsorted(NEVER))]
        if len(order):
            branches = _Branches(begun, bounds[order].tolist(), (order + steps.start).tolist())
            heappush(self._heap, (branches.bounds[0], (), path, branches))

    def _take_lightest(self, bound: int, path: tuple[int, ...], branches: _Branches) -> None:
        """Put the ways on with the lowest bound into the race, and the rest back."""
        corridor, begun = self._corridor, branches.begun
        while branches.place < len(branches.steps) and branches.bounds[branches.place] == bound:
            step = branches.steps[branches.place]
            branches.place += 1
            head = corridor.head.item(step)
            if head not in path:
                ids = (*begun.ids, self._id(head))
                weight = begun.weight + self._weight.item(step)
                sign = THEN[begun.sign][self._signs.item(step)]
                onward = _Begun(ids, weight, sign, begun.mark)
                heappush(self._heap, (bound, ids, (*path, head), onward))
        if branches.place < len(branches.steps):
            heappush(self._heap, (branches.bounds[branches.place], (), path, branches))


def _needed(corridor: Corridor, weight: Rows, signs: NDArray[np.uint8], *, goal: int) -> Rows:
    """`[j, s, a]`: the least weight of a walk of at most j steps from actor a to the target that
    gives a path which has the sign s so far the sign asked for; `NEVER` where there is none."""
    walks = _walks(corridor, weight, signs)
    needed = np.full_like(walks, NEVER)
    for so_far, ways in enumerate(THEN):
        for rest, sign in enumerate(ways):
            if sign == goal:
                np.minimum(needed[:, so_far], walks[:, rest], out=needed[:, so_far])
    return needed


def _walks(corridor: Corridor, weight: Rows, signs: NDArray[np.uint8]) -> Rows:
    """`[j, s, a]`: the least weight of a walk of at most j steps, of sign s, to the target."""
    count = len(corridor.codes)
    tails = np.arange(count).repeat(np.diff(corridor.first))
    walks = np.full((corridor.hops + 1, len(SIGNS), count), NEVER, np.int64)
    walks[0, POSITIVE, corridor.target] = 0
    groups = [(sign, (signs == sign).nonzero()[0]) for sign in np.unique(signs).tolist()]
    for before, now in pairwise(walks):
        now[:] = before
        for sign, steps in groups:
            for rest in range(len(SIGNS)):
                onward = before[rest].take(corridor.head[steps])
                np.minimum.at(now[THEN[sign][rest]], tails[steps], onward + weight[steps])
    return walks
