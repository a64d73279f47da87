"""What each row of evidence weighs at one frame and at a later one, and why it differs
(`docs/method.md`, "Changes")."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.claim_rows import ClaimRows
from graph_service.graph.histories import Cause
from graph_service.graph.packing import denial
from graph_service.graph.rows import Layout
from graph_service.graph.view import Codes, Small
from graph_service.graph.weights import Scale, Weighing, bounds, counting, weigh

ORDER = tuple(Cause)
"""The causes in the order in which they are applied; a row's cause is told as its place, from 1."""


class Shift:
    """The rows of a layout at two frames. `cause` is the place of each row's cause, from 1, and 0
    where it weighs the same."""

    def __init__(self, layout: Layout, before: Scale, after: Scale) -> None:
        self.layout = layout
        self.before, self.after = weigh(layout, before), weigh(layout, after)
        self._scales = before, after
        self.claims = ClaimRows(layout)
        self.cause = self._causes()

    def upto(self, cause: Cause) -> Weighing:
        """What rows weigh once this cause and those before it have been applied."""
        applied = self.cause <= ORDER.index(cause) + 1
        omega = np.where(applied, self.after.omega, self.before.omega)
        return replace(self.after, omega=omega)

    def moved(self, first: Cause, last: Cause) -> NDArray[np.bool_]:
        """Whether each row weighs otherwise for one of the causes from the first to the last."""
        low, high = ORDER.index(first) + 1, ORDER.index(last) + 1
        return (self.cause >= low) & (self.cause <= high)

    def _causes(self) -> Small:
        one, two = self._scales
        rows, omega, later = self.layout.rows, self.before.omega, self.after.omega
        asserting = denial(rows.flags) == 0
        claims = self.claims
        known = claims.by_row(claims.reduced(np.logical_or, (omega > 0) & asserting))
        new = (omega == 0) & (later > 0)
        counted, counts = counting(rows, one), counting(rows, two)
        begins, ends = bounds(self.layout, two, two.frame.dates, counts)
        graded = one.sources.reliability[rows.source] != two.sources.reliability[rows.source]
        conditions = {
            Cause.ADDED: new & ~known,
            Cause.CORROBORATED: new & asserting,
            Cause.DISPUTED: new,
            # What is left may no longer show that a claim whose start is unknown has begun.
            Cause.RETRACTED: counted & ~(counts & (begins <= two.frame.as_of)),
            Cause.REASSESSED: graded,
            Cause.ENDED: self._ended(ends, later < omega),
        }
        places = [ORDER.index(cause) + 1 for cause in conditions]
        cause = np.select(list(conditions.values()), places, ORDER.index(Cause.DECAYED) + 1)
        return np.where(omega == later, 0, cause).astype(np.uint8)

    def _ended(self, ends: Codes, fell: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether the claim of each row is a standing state that ended between the two days."""
        one, two = self._scales
        rows, whens = self.layout.rows, two.tables.whens
        standing = whens.known_end & ~whens.single
        passed = (ends > one.frame.as_of) & (ends <= two.frame.as_of)
        return fell & passed & standing[rows.when] & ~two.event[rows.tie]
