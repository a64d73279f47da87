"""The actors around one, ring by ring: who is first reached at which hop, and by which ties."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph_service.graph.view import Codes, Values, View
from graph_service.queries.beginnings import Beginnings
from graph_service.queries.budget import Budget
from graph_service.queries.reach import Mask, Rows, each_once, fan, without_hubs
from graph_service.queries.ties import SIGNS, Sign, Wanted, rounded

MIXED = SIGNS.index(Sign.MIXED)


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """The actors first reached at one hop, by code, with the strength of their strongest tie.

    The ties that reach actor `i` are `first[i]:last[i]` of the tie columns: the actor `near` at
    which it stands, and its place `rows` in the columns of the view.
    """

    actors: Rows
    strongest: Values
    first: Rows
    last: Rows
    near: Rows
    rows: Rows

    def ranked(self, view: View, start: int, stop: int) -> list[int]:
        """The actors from one rank to another: the strongest tie first, equal ones by id.

        Only those that share a strength with an actor in the range are put in order by id.
        """
        stop = min(stop, len(self.actors))
        if start >= stop:
            return []
        keys = -rounded(self.strongest)
        order = keys.argsort(kind="stable")
        ordered = keys[order]
        low = int(ordered.searchsorted(ordered[start], "left"))
        high = int(ordered.searchsorted(ordered[stop - 1], "right"))
        codes = self.actors[order[low:high]].tolist()
        ids = [view.actors.id(code) for code in codes]
        window = sorted(zip(ordered[low:high].tolist(), ids, codes, strict=True))
        return [code for _, _, code in window[start - low : stop - low]]

    def ties_with(self, code: int) -> Iterator[tuple[int, Rows]]:
        """The ties that reach an actor, by the actor at which they stand."""
        at = int(self.actors.searchsorted(code))
        here = slice(self.first.item(at), self.last.item(at))
        near, rows = self.near[here], self.rows[here]
        for code_near in each_once(near).tolist():
            yield code_near, rows[near == code_near]


@dataclass(frozen=True, slots=True)
class Reached:
    """The rings, the hubs (by code) that were not expanded, and whether time ran out first."""

    rings: tuple[Ring, ...]
    hubs: tuple[int, ...]
    cut: bool

    def count(self) -> int:
        """How many actors were reached."""
        return sum(len(ring.actors) for ring in self.rings)


def reach(
    view: View, origin: int, want: Wanted, *, hops: int, budget: Budget, enough: int
) -> Reached:
    """The actors within so many hops of one, each in the ring of its first hop.

    Where claims have to be looked at (`want.since`), the last ring ends once there are `enough`
    actors in all the rings: what is found are the first ones.
    """
    seen = np.zeros(len(view.links.start), np.bool_)
    seen[origin] = True
    frontier = np.array([origin])
    rings: list[Ring] = []
    hubs: list[int] = []
    lately = None
    if want.since is not None:
        lately = Beginnings(view, want, budget, hops=hops, enough=enough)
    while len(rings) < hops and len(frontier):
        if rings and budget.is_spent():
            return Reached(tuple(rings), tuple(hubs), cut=True)
        near, rows = _ties(view, frontier, seen, want)
        if lately is not None:
            near, rows = lately.sift(near, rows)
        ring = _folded(view, near, rows, want)
        rings.append(ring)
        seen[ring.actors] = True
        if len(rings) < hops:
            frontier = without_hubs(view.links, ring.actors, view.ontology.parameters.hub_ties)
            hubs.extend(np.setdiff1d(ring.actors, frontier).tolist())
    return Reached(tuple(rings), tuple(hubs), cut=lately is not None and lately.cut)


def _ties(view: View, frontier: Rows, seen: Mask, want: Wanted) -> tuple[Rows, Rows]:
    """The ties from here to whom nobody met before: where each stands, and its place."""
    links = view.links
    rows = fan(links, frontier)
    near = frontier.repeat(links.stop.take(frontier) - links.start.take(frontier))
    keep = want.keeps(view, rows) & ~seen.take(links.other.take(rows))
    return near[keep], rows[keep]


def _folded(view: View, near: Rows, rows: Rows, want: Wanted) -> Ring:
    other = view.links.other.take(rows)
    if want.mixed:
        keep = _both_signs(view, other, rows, want)
        near, rows, other = near[keep], rows[keep], other[keep]
    order = other.argsort(kind="stable")
    near, rows, other = near[order], rows[order], other[order]
    actors = each_once(other)
    first = other.searchsorted(actors, "left")
    strength = view.links.strength.take(rows)
    return Ring(
        actors=actors,
        strongest=np.maximum.reduceat(strength, first) if len(first) else strength,
        first=first,
        last=other.searchsorted(actors, "right"),
        near=near,
        rows=rows,
    )


def _both_signs(view: View, other: Codes, rows: Rows, want: Wanted) -> Mask:
    bits = np.zeros(len(view.links.start), np.uint8)
    np.bitwise_or.at(bits, other, want.bits.take(view.links.relation.take(rows)))
    both: Mask = bits.take(other) == MIXED
    return both
