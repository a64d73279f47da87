"""The ground on which paths between two actors run: every step that one of them can take.

The ties are looked at from both ends, a hop at a time, and what lies on no way that is short
enough is left out before anything is weighed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Codes, Values, View
from graph_service.queries.budget import Budget
from graph_service.queries.reach import Mask, Rows, each_once, fan, without_hubs
from graph_service.queries.ties import Wanted

Distances = NDArray[np.int16]

FAR = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """The steps of which paths with at most `hops` steps between two actors are made.

    Actors are places in `codes` (ascending), so are `source` and `target`. The steps out of actor
    `a` are `first[a]:first[a + 1]` of the step columns: the actor at their `head`, their `strength`
    1 − Π(1 − strength of the ties), and their polarities as `bits` (see `ties.SIGNS`).
    """

    hops: int
    codes: Rows
    source: int
    target: int
    first: Rows
    head: Rows
    strength: Values
    bits: NDArray[np.uint8]

    def step(self, tail: int, head: int) -> int:
        """The place of the step between two actors in the step columns."""
        start, stop = self.first.item(tail), self.first.item(tail + 1)
        return start + int(self.head[start:stop].searchsorted(head))


@dataclass(slots=True)
class _Side:
    """One end: how far each actor is from it, whom it would expand next, which ties it has seen
    (the actor at which each stands, and its place in the columns of the view)."""

    end: int
    backward: bool
    distance: Distances
    frontier: Rows
    near: list[Rows]
    rows: list[Rows]
    depth: int = 0


class Survey:
    """Looks from both ends for ways between two actors, each time from the cheaper end.

    A hub is never expanded: it stands in a path only as an end, or where both ends are tied to it.
    Whoever is `unknown` stands only at an end, since two unknown agents need not be one. `cut` says
    whether time ran out.
    """

    def __init__(self, view: View, ends: tuple[int, int], want: Wanted) -> None:
        self._view, self._ends, self._want = view, ends, want
        self._most = view.ontology.parameters.hub_ties
        self._hubs: set[int] = set()
        self._unknown = np.zeros(len(view.links.start), np.bool_)
        self._unknown[list(view.actors.of_kind("unknown"))] = True
        self._unknown[list(ends)] = False
        self._sides = self._side(ends[0], backward=False), self._side(ends[1], backward=True)
        self._fewest = FAR
        self.cut = False

    def _side(self, end: int, *, backward: bool) -> _Side:
        distance = np.full(len(self._view.links.start), FAR, np.int16)
        distance[end] = 0
        nothing = np.empty(0, np.int64)
        return _Side(end, backward, distance, np.array([end]), [nothing], [nothing])

    def hubs(self, hops: int) -> set[int]:
        """The hubs whose ties were not followed, in paths of at most so many hops. With two hops
        a hub is passed only where both ends are tied to it, which leaves nothing out."""
        return self._hubs if hops > 2 else set()

    def corridor(self, hops: int, budget: Budget) -> Corridor | None:
        """The steps of all paths of at most so many hops; None where there is no such path, or
        where time ran out."""
        while sum(side.depth for side in self._sides) < hops:
            side, facing = self._cheaper_first()
            if budget.is_spent():
                self.cut = True
                return None
            if not len(side.frontier):
                break
            self._widen(side, facing)
        return self._between(hops) if self._fewest <= hops else None

    def _cheaper_first(self) -> tuple[_Side, _Side]:
        """The side to widen and the other one. Each end comes before anything farther away: a hub
        next to both is met only if both have been looked at."""
        one, two = self._sides
        ahead = (one.depth > 0, self._cost(one)) <= (two.depth > 0, self._cost(two))
        return (one, two) if ahead else (two, one)

    def _cost(self, side: _Side) -> int:
        links = self._view.links
        return int((links.stop.take(side.frontier) - links.start.take(side.frontier)).sum())

    def _widen(self, side: _Side, facing: _Side) -> None:
        links = self._view.links
        rows = fan(links, side.frontier)
        near = side.frontier.repeat(
            links.stop.take(side.frontier) - links.start.take(side.frontier)
        )
        keep = self._want.keeps(self._view, rows, reverse=side.backward)
        near, rows = near[keep], rows[keep]
        keep = self._passable(links.other.take(rows), near, side.end, facing.end)
        near, rows = near[keep], rows[keep]
        other = links.other.take(rows)
        side.depth += 1
        side.near.append(near)
        side.rows.append(rows)
        self._fewest = min(
            self._fewest, int(facing.distance.take(other).min(initial=FAR)) + side.depth
        )
        fresh = each_once(other[side.distance.take(other) == FAR])
        side.distance[fresh] = side.depth
        side.frontier = without_hubs(links, fresh[fresh != facing.end], self._most)

    def _passable(self, other: Codes, near: Rows, end: int, far_end: int) -> Mask:
        """Which steps keep to the rules, seen from an end: to a hub only from the end itself,
        unless the hub is the other end; to nobody unknown."""
        links = self._view.links
        known: Mask = ~self._unknown.take(other)
        hub: Mask = links.stop.take(other) - links.start.take(other) > self._most
        if not hub.any():
            return known
        self._hubs.update(set(other[hub & known].tolist()) - set(self._ends))
        passable: Mask = known & (~hub | (near == end) | (other == far_end))
        return passable

    def _between(self, hops: int) -> Corridor:
        steps, (source, target) = self._steps(), self._ends
        steps = steps.where((steps.tail != target) & (steps.head != source))
        behind, ahead = (side.distance.copy() for side in self._sides)
        _relax(ahead, steps.tail, steps.head, times=hops)
        _relax(behind, steps.head, steps.tail, times=hops)
        short_enough = behind.take(steps.tail) + 1 + ahead.take(steps.head) <= hops
        return _folded(self._view, self._want, steps.where(short_enough), self._ends, hops)

    def _steps(self) -> "_Steps":
        """The ties seen, each once though both ends may have seen it."""
        links = self._view.links
        one, two = ((np.concatenate(side.near), np.concatenate(side.rows)) for side in self._sides)
        from_source = _Steps(one[0], links.other.take(one[1]).astype(np.int64), one[1])
        to_target = _Steps(links.other.take(two[1]).astype(np.int64), two[0], two[1])
        seen = np.zeros(len(links.start), np.bool_)
        seen[from_source.tail] = True
        new = to_target.where(~seen.take(to_target.tail))
        return _Steps(
            np.concatenate((from_source.tail, new.tail)),
            np.concatenate((from_source.head, new.head)),
            np.concatenate((from_source.rows, new.rows)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Ties as steps from `tail` to `head`, with their places in the columns of the view."""

    tail: Rows
    head: Rows
    rows: Rows

    def where(self, keep: Mask) -> "_Steps":
        return _Steps(self.tail[keep], self.head[keep], self.rows[keep])


def _relax(distance: Distances, nearer: Rows, farther: Rows, *, times: int) -> None:
    """Bring down the distance of each actor that has a step to one less far away."""
    for _ in range(times):
        offered = distance.take(farther) + np.int16(1)
        better = offered < distance.take(nearer)
        if not better.any():
            return
        np.minimum.at(distance, nearer[better], offered[better])


def _folded(view: View, want: Wanted, steps: _Steps, ends: tuple[int, int], hops: int) -> Corridor:
    """The ties of each pair as one step.

    Ties are put in order by strength first, so that the same ties give the same product.
    """
    strength = view.links.strength.take(steps.rows)
    order = np.lexsort((strength, steps.head, steps.tail))
    tail, head, strength = steps.tail[order], steps.head[order], strength[order]
    bits = want.bits.take(view.links.relation.take(steps.rows[order]))
    new = np.ones(len(tail), np.bool_)
    new[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    first = new.nonzero()[0]
    alone = np.diff(first, append=len(tail)) == 1
    together = np.where(alone, strength[first], 1 - np.multiply.reduceat(1 - strength, first))
    tail, head = tail[first], head[first]
    codes = each_once(np.concatenate((tail, head, np.array(ends))))
    return Corridor(
        hops=hops,
        codes=codes,
        source=int(codes.searchsorted(ends[0])),
        target=int(codes.searchsorted(ends[1])),
        first=tail.searchsorted(np.append(codes, codes[-1] + 1)),
        head=codes.searchsorted(head),
        strength=together,
        bits=np.bitwise_or.reduceat(bits, first),
    )
