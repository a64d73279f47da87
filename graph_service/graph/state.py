"""All evidence up to a sequence number: a sorted base and an overlay of changed pairs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import Layout, Rows, concatenate
from graph_service.graph.view import Codes

Pair = tuple[int, int]


def numbered(one: Codes, other: Codes, actors: int) -> NDArray[np.int64]:
    """One number for the two actors of each pair, whichever way round, of so many actors."""
    lo = np.minimum(one, other).astype(np.int64)
    return lo * max(actors, 1) + np.maximum(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All evidence up to a sequence number, with how many actors and judgements there were by
    then; immutable."""

    sequence: int
    base: Layout
    overlay: Mapping[Pair, Rows]
    actors: int
    judgements: int = 0

    def rows(self, pair: Pair) -> Rows:
        """The rows of one pair."""
        changed = self.overlay.get(pair)
        return self.base.rows.take(self.base_slice(pair)) if changed is None else changed

    def base_slice(self, pair: Pair) -> slice:
        """Where the base holds the rows of one pair."""
        lo, hi = pair
        first = int(np.searchsorted(self.base.lo, np.int32(lo)))
        last = int(np.searchsorted(self.base.lo, np.int32(lo), side="right"))
        place = first + int(np.searchsorted(self.base.hi[first:last], np.int32(hi)))
        if place == last or self.base.hi[place] != hi:
            return slice(0, 0)
        return slice(int(self.base.start[place]), int(self.base.start[place + 1]))

    def pairs_of(self, *actors: int) -> list[Pair]:
        """Every pair that one of these actors is one of."""
        lo, hi = self.base.lo, self.base.hi
        places = np.flatnonzero(np.isin(lo, actors) | np.isin(hi, actors))
        pairs = set(zip(lo[places].tolist(), hi[places].tolist(), strict=True))
        wanted = frozenset(actors)
        return sorted(pairs | {pair for pair in self.overlay if not wanted.isdisjoint(pair)})

    def changed_until(self, later: "State") -> list[Pair] | None:
        """The pairs that changed between this state and a later one; None if its base is new."""
        if later.base is not self.base:
            return None
        return [pair for pair, rows in later.overlay.items() if self.overlay.get(pair) is not rows]

    def columns(self) -> tuple[Codes, Codes, Rows]:
        """Every row with its pair, those of the overlay behind those of the base."""
        size = np.diff(self.base.start)
        pairs = list(self.overlay.items())
        lo = [np.repeat(self.base.lo, size), *(np.full(len(r), p[0], "i4") for p, r in pairs)]
        hi = [np.repeat(self.base.hi, size), *(np.full(len(r), p[1], "i4") for p, r in pairs)]
        rows = concatenate([self.base.rows, *self.overlay.values()])
        if not self.overlay:
            return lo[0], hi[0], rows
        kept = np.flatnonzero(np.append(self._untouched(), np.ones(sum(map(len, lo[1:])), bool)))
        return np.concatenate(lo)[kept], np.concatenate(hi)[kept], rows.take(kept)

    def _untouched(self) -> NDArray[np.bool_]:
        """Which rows of the base the overlay does not stand for."""
        pairs = zip(self.base.lo.tolist(), self.base.hi.tolist(), strict=True)
        return np.repeat([pair not in self.overlay for pair in pairs], np.diff(self.base.start))
