"""How an index view becomes a later one of the same evidence, cause by cause."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.fold import Fold
from graph_service.graph.histories import Cause, Changed
from graph_service.graph.index_told import rows_at
from graph_service.graph.keeping import Kept, Projector
from graph_service.graph.packing import denial
from graph_service.graph.projection import Projection, patched
from graph_service.graph.rows import Layout
from graph_service.graph.shifting import ORDER, Shift
from graph_service.graph.state import Pair, numbered
from graph_service.graph.view import Citation, Frame
from graph_service.graph.weights import Scale

FEW = 2_000
"""So many changed pairs are folded anew by themselves; where there are more, everything is."""


class Worlds:
    """The projections between those of two frames, over the evidence as the first looks at it."""

    def __init__(
        self, projector: Projector, one: tuple[Frame, Kept], two: tuple[Frame, Kept]
    ) -> None:
        self._projector = projector
        self._one, self._two = one[1], two[1]
        self._scales = Scale(projector.tables, one[0]), Scale(projector.tables, two[0])
        self._made: dict[Cause, Projection] = {}

    def shift(self, layout: Layout) -> Shift:
        """These rows at both frames."""
        return Shift(layout, *self._scales)

    @cached_property
    def _all(self) -> tuple[Shift, Shift, list[Pair]]:
        """All rows at both frames: as they lie, and those of the pairs that are looked at apart."""
        seen, apart = self._one.seen, self._one.seen.apart()
        together = seen.layout(self._projector.tables, apart)
        return self.shift(seen.state.base), self.shift(together), apart

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Those that change anything, in their order."""
        base, late, apart = self._all
        lying = np.ones(len(base.layout.lo), bool)
        lying[_places(base.layout, apart, self._one.seen.state.actors)] = False
        rows = np.repeat(lying, np.diff(base.layout.start))
        found = set(np.unique(base.cause[rows]).tolist()) | set(np.unique(late.cause).tolist())
        if self._is_judged_anew():
            found.add(len(ORDER))
        return tuple(cause for place, cause in enumerate(ORDER, 1) if place in found)

    def _is_judged_anew(self) -> bool:
        one, two = self._scales
        same = np.array_equal(one.sources.origin, two.sources.origin)
        return not same or self._one.seen.merging.canonical != self._two.seen.merging.canonical

    def after(self, cause: Cause) -> Projection:
        """The projection once this cause and those before it have been applied."""
        if cause is self.causes[-1]:
            return self._two.projection
        if cause not in self._made:
            self._made[cause] = self._make(cause)
        return self._made[cause]

    def _make(self, cause: Cause) -> Projection:
        first, last = self.causes[0], self.causes[-1]
        changed = self._pairs(first, cause)
        if len(changed) <= FEW:
            return self._patched(self._one.projection, changed, cause)
        if Cause.REASSESSED not in self.causes:
            left = self._pairs(self.causes[self.causes.index(cause) + 1], last)
            if len(left) <= FEW:
                return self._patched(self._two.projection, left, cause)
        base, _, apart = self._all
        return self._patched(self._fold(base, cause), apart, cause)

    def _pairs(self, first: Cause, last: Cause) -> list[Pair]:
        """The pairs in whose rows something changes for these causes."""
        found: dict[Pair, None] = {}
        for shift in self._all[:2]:
            layout = shift.layout
            row = np.flatnonzero(shift.moved(first, last))
            place = np.unique(np.searchsorted(layout.start, row, side="right") - 1)
            if len(place) > FEW:
                return list(zip(layout.lo[place].tolist(), layout.hi[place].tolist(), strict=True))
            found |= dict.fromkeys(
                zip(layout.lo[place].tolist(), layout.hi[place].tolist(), strict=True)
            )
        return list(found)

    def _patched(self, of: Projection, pairs: Sequence[Pair], cause: Cause) -> Projection:
        if not pairs:
            return of
        seen = self._one.seen
        shift = self.shift(seen.layout(self._projector.tables, pairs))
        return patched(of, self._fold(shift, cause), pairs, seen.state.actors)

    def _fold(self, shift: Shift, cause: Cause) -> Projection:
        fold = Fold(shift.layout, self._scales[0], self._projector.numbers, shift.upto(cause))
        return self._projector.of_fold(fold, self._one.seen.state.actors)

    def kept(self, cause: Cause) -> Kept:
        """What a view after this cause stands on."""
        return replace(self._one, projection=self.after(cause))

    def changed(self, actors: Sequence[int], *, together: bool) -> Changed:
        """What changed about the claims at these actors."""
        seen = self._one.seen
        shift = self.shift(rows_at(self._projector.tables, seen, actors, together=together))
        claims, asserting = shift.claims, denial(shift.layout.rows.flags) == 0
        bits = claims.reduced(np.bitwise_or, np.left_shift(1, shift.cause.astype(np.int64)) & ~1)
        kept = np.flatnonzero(bits)
        before, after = (
            claims.reduced(np.maximum, np.where(asserting, weighing.omega, 0.0))
            for weighing in (shift.before, shift.after)
        )
        subject, object_ = claims.ends
        tables = self._projector.tables
        whens, episodes = tables.whens.texts, tables.episodes

        def cite(places: Sequence[int]) -> list[tuple[Citation, ...]]:
            return [self._cite(shift, place) for place in kept[list(places)].tolist()]

        return Changed(
            subject=subject[kept],
            object=object_[kept],
            relation=claims.relation[kept],
            when=[whens[code] for code in claims.when[kept].tolist()],
            episode=[
                None if code < 0 else episodes[code] for code in claims.episode[kept].tolist()
            ],
            before=before[kept],
            after=after[kept],
            causes=[_causes(each) for each in bits[kept].tolist()],
            cite=cite,
        )

    def _cite(self, shift: Shift, place: int) -> tuple[Citation, ...]:
        """A claim as it is cited after, or before where it is not live after."""
        for scale, weighing in zip(
            reversed(self._scales), (shift.after, shift.before), strict=True
        ):
            live = weighing.omega > 0
            (found,) = shift.claims.cite(self._one.seen, scale, live, [place])
            if found:
                return found
        return ()


def _causes(bits: int) -> frozenset[Cause]:
    return frozenset(cause for place, cause in enumerate(ORDER, 1) if bits >> place & 1)


def _places(layout: Layout, pairs: Sequence[Pair], actors: int) -> NDArray[np.intp]:
    """Where a layout holds these pairs; those that it does not hold are left out."""
    lo, hi = np.array(pairs, np.int32).reshape(-1, 2).T
    wanted, held = numbered(lo, hi, actors), numbered(layout.lo, layout.hi, actors)
    place = np.searchsorted(held, wanted)
    inside = np.flatnonzero(place < len(held))
    found: NDArray[np.intp] = place[inside[held[place[inside]] == wanted[inside]]]
    return found
