"""The rows of some pairs, taken out of all evidence as it is looked at."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import Layout, bisected, ragged
from graph_service.graph.seen import Seen
from graph_service.graph.tables import Tables
from graph_service.graph.view import Codes

ALL_TOGETHER = 1 << 62


def laid(
    tables: Tables, seen: Seen, pairs: NDArray[np.int64], *, most: int = ALL_TOGETHER
) -> Iterator[Layout]:
    """The rows of these pairs, by number, in layouts of at most about so many rows."""
    base, state, merging = seen.state.base, seen.state, seen.gathers
    lo, hi = (codes.astype(np.int32) for codes in np.divmod(pairs, max(state.actors, 1)))
    own = np.zeros(len(pairs), bool)
    if state.overlay or merging.referents:
        together = zip(lo.tolist(), hi.tolist(), strict=True)
        own[:] = [pair in state.overlay or merging.touches(pair) for pair in together]
    for part in _parts(np.flatnonzero(own), np.ones(len(pairs), np.int64), most):
        told = zip(lo[part].tolist(), hi[part].tolist(), strict=True)
        yield seen.layout(tables, told)
    place = _places(base, lo[~own], hi[~own])
    for part in _parts(place, np.diff(base.start), most):
        first, last = base.start[part], base.start[part + 1]
        start = np.append(0, np.cumsum(last - first)).astype(np.int32)
        yield Layout(base.lo[part], base.hi[part], start, base.rows.take(ragged(first, last)))


def _places(base: Layout, lo: Codes, hi: Codes) -> NDArray[np.int64]:
    """Where these pairs are in a layout; those that are not there are left out."""
    if len(base.lo) == 0:
        return np.empty(0, np.int64)
    last = np.searchsorted(base.lo, lo, side="right")
    place = bisected(np.searchsorted(base.lo, lo), last, lambda places: base.hi[places] < hi)
    inside = np.flatnonzero(place < last)
    found: NDArray[np.int64] = place[inside[base.hi[place[inside]] == hi[inside]]]
    return found


def _parts(
    places: NDArray[np.int64], rows: NDArray[np.int64], most: int
) -> list[NDArray[np.int64]]:
    """These places, in parts of so many rows as are looked at together."""
    if len(places) == 0:
        return []
    part = np.cumsum(rows[places]) // most
    return np.split(places, np.flatnonzero(np.diff(part)) + 1)
