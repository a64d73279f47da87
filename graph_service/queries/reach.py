"""Who is how near, from the columns of a view alone: the fast ground under ties and paths.

Nothing here builds a citation. A hub, an actor with more ties than `hub_ties`, is never expanded:
it is reached, but nothing is looked for behind it, unless the search starts or ends there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import ragged
from graph_service.graph.view import Codes, Links, Values, View

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Array = TypeVar("Array", Rows, Codes)

# Below this many actors, slices one after the other beat one gather with its dozen calls.
FEW = 16


def near(view: View, code: int, least: Values | None = None) -> Codes:
    """The ties at an actor, as places in the columns of `view.links`.

    `least` says for each relation, by its place in the ontology, how strong a tie of it must be
    (`least_strengths`); None takes every tie.
    """
    links = view.links
    first, last = links.start.item(code), links.stop.item(code)
    places = links.place[first:last]
    if least is None:
        return places
    return places[links.strength[first:last] >= least.take(links.relation[first:last])]


def least_strengths(wanted: Mask, least: float = 0.0) -> Values:
    """For each relation how strong a tie must be: `least`, or more than any tie is where the
    relation is not wanted.

    >>> least_strengths(np.array([True, False]), 0.5).tolist()
    [0.5, 2.0]
    """
    return np.where(wanted, least, 2.0)


def two_hops(view: View, code: int, *, hub_ties: int | None = None) -> Rows:
    """The actors within two hops of one, without it, by code and ascending.

    `hub_ties` None takes the ontology's; a hub met on the way is not expanded.
    """
    links = view.links
    limit = view.ontology.parameters.hub_ties if hub_ties is None else hub_ties
    first = links.other[links.start.item(code) : links.stop.item(code)]
    seen = np.zeros(len(links.start), np.bool_)
    seen[first] = True
    if len(first) < FEW:
        for start, stop in _slices(links, first):
            if stop - start <= limit:
                seen[links.other[start:stop]] = True
    else:
        around = fan(links, without_hubs(links, seen.nonzero()[0], limit))
        seen[links.other.take(around)] = True
    seen[code] = False
    return seen.nonzero()[0]


def fan(links: Links, codes: Rows | Codes) -> Rows:
    """The ties at all of these actors, one after the other, as places in the columns."""
    return ragged(links.start.take(codes), links.stop.take(codes))


def without_hubs(links: Links, codes: Array, hub_ties: int) -> Array:
    """Those of the actors that have at most `hub_ties` ties."""
    few = links.stop.take(codes) - links.start.take(codes) <= hub_ties
    return codes if few.all() else codes[few]


def shortest(
    view: View, source: int, target: int, *, hops: int = 6, hub_ties: int | None = None
) -> tuple[int, ...] | None:
    """The actors of a path with the fewest hops between two actors, None where there is none
    within `hops`. Ties are followed both ways; of equal paths one is chosen, always the same.

    `hub_ties` None takes the ontology's. A hub stands in a path only as an end, or where both ends
    are tied to it.
    """
    limit = view.ontology.parameters.hub_ties if hub_ties is None else hub_ties
    if source == target:
        return (source,)
    search = _Search(view.links, limit, source, target)
    for _ in range(hops):
        met = search.widen()
        if met is None:
            return None
        if len(met):
            return search.path(int(met.min()))
    return None


@dataclass(slots=True)
class _Side:
    """One end of a search: how far it has come, and whom it would expand next."""

    sign: int
    frontier: Rows | Codes
    size: int = 0
    depth: int = 0
    ready: bool = True
    trail: list[tuple[Rows | Codes, Codes]] = field(default_factory=list)


class _Search:
    """A breadth-first search from both ends, each time a layer from the cheaper one.

    `_mark` holds 1 + distance from the source, −1 − distance from the target, 0 where neither
    has come. A layer is complete before the next, so that the first meeting is a shortest one.
    """

    def __init__(self, links: Links, limit: int, source: int, target: int) -> None:
        self._links, self._limit = links, limit
        self._mark = np.zeros(len(links.start), np.int8)
        self._mark[source], self._mark[target] = 1, -1
        self._sides = _Side(1, np.array([source])), _Side(-1, np.array([target]))

    def widen(self) -> Codes | None:
        """Take one more hop; the actors where the ends meet, None once there is no way on."""
        side, facing = self._cheaper_first()
        if not len(side.frontier):
            return None
        around = _others(self._links, side.frontier)
        side.trail.append((side.frontier, around))
        side.depth += 1
        marks = self._mark.take(around)
        met: Codes = around[marks == -side.sign * (facing.depth + 1)]
        if len(met) and facing.depth and side.depth + facing.depth > 2:
            met = without_hubs(self._links, met, self._limit)
        if not len(met):
            side.frontier, side.ready = around[marks == 0], False
            self._mark[side.frontier] = side.sign * (side.depth + 1)
        return met

    def _cheaper_first(self) -> tuple[_Side, _Side]:
        """The side to expand and the other one; each end itself before anything further.

        A hub next to both ends is met only if both have been expanded.
        """
        one, two = self._sides
        if not one.depth:
            return one, two
        if not two.depth:
            return two, one
        for side in self._sides:
            if not side.ready:
                self._settle(side)
        return (one, two) if one.size <= two.size else (two, one)

    def _settle(self, side: _Side) -> None:
        """Count what expanding a side would cost, each of its actors once and no hub."""
        codes = each_once(side.frontier)
        counts = self._links.stop.take(codes) - self._links.start.take(codes)
        few = (counts <= self._limit).nonzero()[0]
        side.frontier, side.size, side.ready = codes.take(few), int(counts.take(few).sum()), True

    def path(self, middle: int) -> tuple[int, ...]:
        """The path through an actor where the ends met."""
        one, two = self._sides
        return (*reversed(self._back(middle, one)), middle, *self._back(middle, two))

    def _back(self, code: int, side: _Side) -> list[int]:
        walked: list[int] = []
        for codes, around in reversed(side.trail):
            code = self._first_beside(code, codes, around)
            walked.append(code)
        return walked

    def _first_beside(self, code: int, codes: Rows | Codes, around: Codes) -> int:
        """The first of the codes that has `code` among those around it."""
        if len(codes) == 1:
            return codes.item(0)
        ends = (self._links.stop.take(codes) - self._links.start.take(codes)).cumsum()
        return codes.item(int(ends.searchsorted((around == code).argmax(), "right")))


def _others(links: Links, codes: Rows | Codes) -> Codes:
    """Who is tied to these actors, with repetitions."""
    if len(codes) == 1:
        code = codes.item(0)
        return links.other[links.start.item(code) : links.stop.item(code)]
    if len(codes) < FEW:
        slices = [links.other[start:stop] for start, stop in _slices(links, codes)]
        return np.concatenate(slices)
    return links.other.take(fan(links, codes))


def each_once(codes: Rows | Codes) -> Rows:
    """The codes ascending, without repetitions; several times faster than `np.unique`."""
    if len(codes) < FEW:
        return np.array(sorted(set(codes.tolist())), np.int64)
    ordered = np.sort(codes).astype(np.int64)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _slices(links: Links, codes: Rows | Codes) -> Iterator[tuple[int, int]]:
    return zip(links.start.take(codes).tolist(), links.stop.take(codes).tolist(), strict=True)
