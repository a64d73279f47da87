"""Rows of evidence gathered by the claim that they tell of, whatever has become of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.citations import Citer
from graph_service.graph.packing import direction, relation_of
from graph_service.graph.rows import Layout, starts
from graph_service.graph.seen import Seen
from graph_service.graph.view import Citation, Codes, Small
from graph_service.graph.weights import Scale

Places = NDArray[np.intp]


class ClaimRows:
    """The claims that the rows of a layout tell of, each with its rows."""

    def __init__(self, layout: Layout) -> None:
        rows = layout.rows
        self.layout = layout
        pair = np.repeat(np.arange(len(layout.lo)), np.diff(layout.start))
        self._order = np.lexsort((rows.episode, rows.when, rows.tie, pair))
        keys = [each[self._order] for each in (pair, rows.tie, rows.when, rows.episode)]
        changes = np.zeros(max(len(pair) - 1, 0), bool)
        for key in keys:
            changes |= key[1:] != key[:-1]
        self._first = starts(changes, len(pair))
        self._last = np.append(self._first, len(pair))[1:]
        of_claim = self._order[self._first]
        self.pair: Places = pair[of_claim]
        self.tie: Small = rows.tie[of_claim]
        self.when: Codes = rows.when[of_claim]
        self.episode: Codes = rows.episode[of_claim]

    def __len__(self) -> int:
        return len(self._first)

    @property
    def relation(self) -> Small:
        """The place of each claim's relation in the ontology."""
        relation: Small = relation_of(self.tie).astype(np.uint8)
        return relation

    @property
    def ends(self) -> tuple[Codes, Codes]:
        """The subject and the object of each claim."""
        lo, hi = self.layout.lo[self.pair], self.layout.hi[self.pair]
        forward = direction(self.tie) == 1
        return np.where(forward, lo, hi), np.where(forward, hi, lo)

    def reduced(self, together: Any, values: NDArray[Any]) -> NDArray[Any]:  # noqa: ANN401 - a ufunc
        """What the values of the rows of each claim come to together."""
        if len(self) == 0:
            return values[:0]
        result: NDArray[Any] = together.reduceat(values[self._order], self._first)
        return result

    def by_row(self, values: NDArray[Any]) -> NDArray[Any]:
        """A value of each claim, given to its rows."""
        spread = np.empty(len(self._order), values.dtype)
        spread[self._order] = np.repeat(values, self._last - self._first)
        return spread

    def cite(
        self, seen: Seen, scale: Scale, live: NDArray[np.bool_], places: Sequence[int]
    ) -> list[tuple[Citation, ...]]:
        """The citations of the claims at some places, in the words of their sources: more than one
        where actors are one. The rows that assert them are those that are `live`."""
        citer, found = Citer(scale), []
        for place in places:
            at = self._order[self._first[place] : self._last[place]]
            where = int(self.pair[place])
            pair = int(self.layout.lo[where]), int(self.layout.hi[where])
            ends = seen.ends_by_key(pair) if seen.merging.touches(pair) else None
            rows = self.layout.rows.take(at)
            found.append(citer.cite(pair, rows, live[at].tolist(), None, ends))
        return found
