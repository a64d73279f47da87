"""Which ties began on or after a day: those with a claim that did, looked for behind each tie."""

import numpy as np

from graph_service.graph.view import Codes, View
from graph_service.queries.budget import Budget
from graph_service.queries.reach import Mask, Rows
from graph_service.queries.ties import Wanted, claims_of, rounded


class Beginnings:
    """Sifts the ties of one ring after the other, the strongest tie first, so that whatever stops
    it, the actors that it lets through are the first of their ring.

    The last of `hops` rings stops once there are `enough` actors in all rings; any ring stops when
    time runs out (`cut`).
    """

    def __init__(self, view: View, want: Wanted, budget: Budget, *, hops: int, enough: int) -> None:
        self._view, self._want, self._budget = view, want, budget
        self._rings_left = hops
        # With mixed signs an actor that is let through here may yet fall out.
        self._needed = None if want.mixed else enough
        self.cut = False

    def sift(self, near: Rows, rows: Rows) -> tuple[Rows, Rows]:
        """The ties of the next ring that began then: where each stands, and its place."""
        self._rings_left -= 1
        keep = self._kept(near, rows)
        return near[keep], rows[keep]

    def _kept(self, near: Rows, rows: Rows) -> Mask:
        links = self._view.links
        other, strength = links.other.take(rows), rounded(links.strength.take(rows))
        pairs = _by_pair(near, other)
        keep = np.zeros(len(rows), np.bool_)
        met: set[int] = set()
        last, full = np.inf, False
        for tie in (-strength).argsort(kind="stable").tolist():
            actor = other.item(tie)
            full = full or self._is_full(len(met), weaker=strength.item(tie) < last)
            if full and actor not in met:
                continue
            places = pairs.pop((near.item(tie), actor), None)
            if places is not None:
                keep[places] = self._began(near.item(tie), actor, rows[places])
            if keep.item(tie):
                met.add(actor)
                last = strength.item(tie)
        if self._needed is not None:
            self._needed -= len(met)
        return keep & np.isin(other, list(met))

    def _is_full(self, met: int, *, weaker: bool) -> bool:
        """Whether no other actor is to be met; those as strong as the last one are, since ids
        decide which of them comes first."""
        self.cut = self.cut or self._budget.is_spent()
        enough = self._rings_left == 0 and self._needed is not None and met >= self._needed
        return self.cut or (enough and weaker)

    def _began(self, near: int, other: int, rows: Rows) -> list[bool]:
        return [bool(claims) for claims in claims_of(self._view, near, other, rows, self._want)]


def _by_pair(near: Rows, other: Codes) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for place, pair in enumerate(zip(near.tolist(), other.tolist(), strict=True)):
        found.setdefault(pair, []).append(place)
    return found
