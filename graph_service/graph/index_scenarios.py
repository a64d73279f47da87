"""The index in many scenarios at once: what is asked for is folded anew, pair by pair."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.drawing import Drawing, drawn, remaining
from graph_service.graph.fold import Coefficients, Fold
from graph_service.graph.laying import laid
from graph_service.graph.omitting import omitted
from graph_service.graph.rows import Layout, ragged
from graph_service.graph.scenarios import Draws, Flows, Scenarios
from graph_service.graph.seen import Seen
from graph_service.graph.state import numbered
from graph_service.graph.tables import Tables
from graph_service.graph.view import Codes, Frame, Supply, Values
from graph_service.graph.weights import Scale

CELLS = 400_000
"""Rows times scenarios that are looked at together: what fits a processor's cache."""

KEPT = 24_000_000
"""Bytes of drawn totals that are kept with a projection."""

WORTH_KEEPING = 16
"""Ties into a target from which on its drawn totals are kept."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an index view stands on."""

    tables: Tables
    frame: Frame
    seen: Seen
    supply: Supply


class IndexAlternates:
    """An index view in each of some scenarios."""

    def __init__(self, grounds: Grounds, scenarios: Scenarios) -> None:
        self._grounds = grounds
        self._scenarios = scenarios
        self._scale = Scale(grounds.tables, grounds.frame)
        self._numbers = Coefficients(grounds.tables.ontology)
        self._actors = grounds.seen.state.actors
        self._omitted = None
        if not isinstance(scenarios, Draws):
            self._omitted = omitted(self._scale, grounds.seen, scenarios)

    def __len__(self) -> int:
        return len(self._scenarios)

    def totals(self, targets: Codes) -> Values:
        """All that each target receives, by family, where alternatives count."""
        kept = self._kept()
        found = np.zeros((len(self), len(targets), self._numbers.families))
        missing = np.array([t not in kept for t in targets.tolist()], bool)
        for place in np.flatnonzero(~missing).tolist():
            found[:, place] = kept[int(targets[place])]
        places = np.flatnonzero(missing)
        found[:, places] = self._summed(targets[places])
        room = KEPT // max(found[:, :1].nbytes, 1)
        size = self._grounds.supply.stop - self._grounds.supply.start
        for place in places.tolist():
            if isinstance(self._scenarios, Draws) and size[targets[place]] >= WORTH_KEEPING:
                kept[int(targets[place])] = found[:, place].copy()
        for old in list(kept)[: max(len(kept) - room, 0)]:
            kept.pop(old, None)
        return found

    def _kept(self) -> dict[int, Values]:
        """The drawn totals that are kept, by target; what is left out now is nobody else's."""
        if not isinstance(self._scenarios, Draws):
            return {}
        found: dict[int, Values] = self._grounds.supply.derived.setdefault(("drawn", len(self)), {})
        return found

    def _summed(self, targets: Codes) -> Values:
        supply, families = self._grounds.supply, self._numbers.families
        place = np.full(self._actors, -1)
        place[targets] = np.arange(len(targets))
        found = np.zeros((len(self), len(targets) * families))
        source = supply.source[ragged(supply.start[targets], supply.stop[targets])]
        target = np.repeat(targets, supply.stop[targets] - supply.start[targets])
        dilutes = self._numbers.eta[self._numbers.family] > 0
        for told in self._layouts(np.unique(self._pairs(source, target))):
            rows = _only(told, np.repeat(dilutes, 2)[told.rows.tie])
            drawing = self._drawing(rows)
            keys, mass = drawing.credited(drawing.masses())
            pair, backward = keys // families // 2, keys // families % 2 == 1
            into = place[np.where(backward, rows.lo[pair], rows.hi[pair])]
            wanted = np.flatnonzero(into >= 0)
            key = into[wanted] * families + keys[wanted] % families
            order = np.argsort(key, kind="stable")
            key, start = np.unique(key[order], return_index=True)
            if len(key):
                among = mass.take(wanted[order], axis=1)
                found[:, key] += np.add.reduceat(among, start, axis=1)
        return found.reshape(len(self), len(targets), families)

    def between(self, sources: Codes, targets: Codes) -> Flows:
        """What flows from each source to the target beside it."""
        families = self._numbers.families
        pairs, place = np.unique(self._pairs(sources, targets), return_inverse=True)
        gates = np.ones((len(self), len(pairs)))
        keys, masses = [np.empty(0, np.int64)], [np.zeros((len(self), 0))]
        for told in self._layouts(pairs):
            drawing = self._drawing(told)
            mass = drawing.masses()
            number = np.searchsorted(pairs, self._pairs(told.lo, told.hi))
            gated, gate = drawing.gates(mass)
            gates[:, number[gated]] = gate
            key, credited = drawing.credited(mass)
            pair, rest = np.divmod(key, 2 * families)
            keys.append(number[pair] * 2 * families + rest)
            masses.append(credited)
        key = np.concatenate(keys)
        order = np.argsort(key)
        key = key[order]
        mass = np.concatenate([*masses, np.zeros((len(self), 1))], axis=1)
        wanted = (place * 2 + (sources > targets)) * families
        return Flows(
            np.searchsorted(key, wanted),
            np.searchsorted(key, wanted + families),
            (key % families).astype(np.uint8),
            mass.take(np.append(order, len(order)), axis=1),
            gates.take(place, axis=1),
        )

    def stakes(self, holder: int, held: Codes) -> Values:
        """The largest stake by which one actor answers for each of some others."""
        holders = np.full(len(held), holder, np.int32)
        pairs, place = np.unique(self._pairs(holders, held), return_inverse=True)
        found = np.zeros((len(self), len(pairs) * 2))
        for told in self._layouts(pairs):
            key, sizes = self._drawing(told).stakes()
            number = np.searchsorted(pairs, self._pairs(told.lo, told.hi))
            found[:, number[key // 2] * 2 + key % 2] = sizes
        return found.take(place * 2 + (holders > held), axis=1)

    def inclinations(self, one: Codes, other: Codes) -> tuple[Values, Values]:
        """The mass that alignment counts, and the hostility, between actors side by side."""
        pairs, place = np.unique(self._pairs(one, other), return_inverse=True)
        friendly, hostile = np.zeros((2, len(self), len(pairs)))
        for told in self._layouts(pairs):
            pair, *found = self._drawing(told).inclinations()
            number = np.searchsorted(pairs, self._pairs(told.lo[pair], told.hi[pair]))
            friendly[:, number], hostile[:, number] = found
        return friendly.take(place, axis=1), hostile.take(place, axis=1)

    def _drawing(self, told: Layout) -> Drawing:
        fold = Fold(told, self._scale, self._numbers)
        if self._omitted is None:
            return Drawing(fold, drawn(fold, len(self)))
        return Drawing(fold, remaining(fold, self._omitted))

    def _pairs(self, one: Codes, other: Codes) -> NDArray[np.int64]:
        """One number for the two actors of each pair, whichever way round."""
        return numbered(one, other, self._actors)

    def _layouts(self, pairs: NDArray[np.int64]) -> Iterator[Layout]:
        """The rows of these pairs, some at a time."""
        most = max(CELLS // len(self), 1)
        return laid(self._grounds.tables, self._grounds.seen, pairs, most=most)


def _only(told: Layout, wanted: NDArray[np.bool_]) -> Layout:
    """A layout with only some of its rows."""
    before = np.append(0, np.cumsum(wanted)).astype(np.int32)
    rows = told.rows.take(np.flatnonzero(wanted))
    return Layout(told.lo, told.hi, before[told.start], rows)
