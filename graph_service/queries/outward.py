"""Whom an actor may have leverage over: its strongest steps outward, followed a few at a time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.ontology import Flow
from graph_service.graph.rows import ragged
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.dependence import NO_TIE, Dependence, StepWeights
from graph_service.queries.ways import Way
from graph_service.queries.widths import Widths, widest

MOST_TARGETS = 1_000


class Outward:
    """Targets within some steps of an actor. `cut` says, once asked, whether some were left out."""

    def __init__(self, view: View, ego: int, taken: Sequence[Way], *, hops: int) -> None:
        self._view = view
        self._ego = ego
        self._ways = taken
        self._hops = hops
        self._dependence = Dependence(view)
        self._width = view.ontology.parameters.leverage.width
        self._barred = Widths(view, self._dependence).unknown.copy()
        self._barred[ego] = True
        relations = view.ontology.relations.values()
        self._stake = np.array([relation.stake for relation in relations])
        self._from_subject = np.array([relation.flow is Flow.SUBJECT for relation in relations])
        self.cut = False

    def targets(self) -> Codes:
        """The codes of those whom a path of the actor may lead to, the strongest thousand."""
        best = np.zeros(self._dependence.actors)
        if self._view.actors.kind(self._ego) != "unknown":
            for way in self._ways:
                self._spread(way, best)
        best[self._barred] = 0.0
        everybody = np.arange(len(best), dtype=np.int32)
        found = widest(best, everybody, MOST_TARGETS + 1, self._view.actors.id)
        self.cut |= len(found) > MOST_TARGETS
        return found[:MOST_TARGETS].astype(np.int32)

    def _spread(self, way: Way, best: Values) -> None:
        """Raise `best` to the strongest path of each actor that steps of this way lead to."""
        codes, values = np.array([self._ego], np.int32), np.ones(1)
        for step in range(self._hops):
            source, other, _ = self._links(codes)
            held = values[np.searchsorted(codes, source)]
            np.maximum.at(best, other, held * self._along(way.last, source, other))
            if step + 1 < self._hops:
                codes, values = self._next(other, held * self._along(way.middle, source, other))
        if self._hops > 1:
            self._add_holders(way, best)

    def _links(self, codes: Codes) -> tuple[Codes, Codes, NDArray[np.intp]]:
        links = self._view.links
        places = ragged(links.start[codes], links.stop[codes])
        source = np.repeat(codes, links.stop[codes] - links.start[codes])
        return source, links.other[places], places

    def _along(self, step: StepWeights, sources: Codes, targets: Codes) -> Values:
        """The strength of the step from each source to its target, 0 where there is no tie."""
        ties = self._dependence.ties(sources, targets)
        if len(self._view.supply.source) == 0:
            return np.zeros(len(ties))
        return np.where(ties != NO_TIE, self._dependence.along_ties(step)[ties], 0.0)

    def _next(self, reached: Codes, values: Values) -> tuple[Codes, Values]:
        """The strongest of those reached, from which to go on, by code."""
        best = np.zeros(self._dependence.actors)
        np.maximum.at(best, reached, np.where(self._barred[reached], 0.0, values))
        codes = np.flatnonzero(best).astype(np.int32)
        kept = widest(best[codes], codes, self._width + 1, self._view.actors.id)
        self.cut |= len(kept) > self._width
        codes = np.sort(codes[kept[: self._width]])
        return codes, best[codes]

    def _add_holders(self, way: Way, best: Values) -> None:
        """Those who answer for somebody whom the actor supplies."""
        _, others, _ = self._links(np.array([self._ego], np.int32))
        supplied = np.unique(others)
        of, holder, place = self._links(supplied)
        relation, outward = self._view.links.relation[place], self._view.links.outward[place]
        stake = np.where(self._from_subject[relation] != outward, self._stake[relation], 0.0)
        strength = self._along(way.last, np.full(len(supplied), self._ego, np.int32), supplied)
        np.maximum.at(best, holder, stake * strength[np.searchsorted(supplied, of)])
