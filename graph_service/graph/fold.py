"""Weights to masses: clusters, corroboration, mass, hostility and gate (`docs/method.md` §2.2–3.5)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.ontology import Flow, Ontology
from graph_service.graph.packing import (
    OUTCOMES,
    STRENGTHS,
    denial,
    direction,
    outcome,
    relation_of,
    strength,
)
from graph_service.graph.rows import Layout, cluster_codes, starts
from graph_service.graph.view import Codes, Counting, Small, Values
from graph_service.graph.weights import Scale, Weighing, weigh


class Coefficients:
    """The ontology's numbers as arrays, by relation code or family place."""

    def __init__(self, ontology: Ontology) -> None:
        relations = list(ontology.relations.values())
        families, numbers = list(ontology.families), ontology.parameters
        self.families = len(families)
        self.weight = np.array([r.weight for r in relations])
        self.hostility = np.array([r.hostility for r in relations])
        self.family = np.array(
            [families.index(r.family) if r.family else len(families) for r in relations], np.int64
        )
        inducing = [f.inducing for f in ontology.families.values()]
        self.inducing = np.array([*inducing, False])[self.family]
        counted = numbers.alignment
        self.alignment = np.array(
            [counted.relations.get(name, counted.families.get(one.family, 0.0))
             for name, one in ontology.relations.items()]
        )  # fmt: skip
        self.to_object = np.array([r.flow in (Flow.SUBJECT, Flow.BOTH) for r in relations])
        self.to_subject = np.array([r.flow in (Flow.OBJECT, Flow.BOTH) for r in relations])
        self.symmetric = np.array([r.symmetric for r in relations])
        self.strength = np.array([numbers.strength[s] for s in STRENGTHS])
        self.outcome = np.array([1.0 if o is None else numbers.outcome[o] for o in OUTCOMES])
        self.gate_offset = numbers.gate_offset
        self.floor_origins = numbers.uncertainty.floor_origins
        self.eta = np.array([*(f.eta for f in ontology.families.values()), 0.0])
        self.stake = np.array([r.stake for r in relations])
        self.held_by_subject = np.array([r.flow is Flow.SUBJECT for r in relations])


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """What the rows of a layout amount to at a frame.

    Masses S_f(source→target) with the gate of their pair; ties with their strength, by pair and
    tie code; ties held back because their dates are uncertain; and which rows weigh anything.
    """

    source: Codes
    target: Codes
    family: Small
    mass: Values
    gate: Values
    tie_pair: NDArray[np.intp]
    tie_code: Small
    tie_strength: Values
    held_pair: NDArray[np.intp]
    live: NDArray[np.bool_]


class Fold:
    """One pass over the rows of a layout at a frame; `result` is what it comes to. Rows weigh what
    the frame says, unless a `weighing` is given."""

    def __init__(
        self,
        layout: Layout,
        scale: Scale,
        numbers: Coefficients,
        weighing: Weighing | None = None,
    ) -> None:
        self.layout = layout
        self.scale = scale
        self.numbers = numbers
        self.rows = layout.rows
        self.pair = np.repeat(np.arange(len(layout.lo)), np.diff(layout.start))
        self.weighing: Weighing = weighing or weigh(layout, scale)
        self._code = cluster_codes(scale.tables, self.rows)

    @cached_property
    def tie(self) -> NDArray[np.intp]:
        """The tie (pair, relation, direction) of each row, counted from 0."""
        pair, code = self.pair, self.rows.tie
        return _counted((pair[1:] != pair[:-1]) | (code[1:] != code[:-1]), len(pair))

    @cached_property
    def cluster(self) -> NDArray[np.intp]:
        """The cluster of each row, counted from 0."""
        tie, code = self.tie, self._code
        return _counted((tie[1:] != tie[:-1]) | (code[1:] != code[:-1]), len(tie))

    def result(self) -> Folded:
        """Masses, gates and tie strengths."""
        place, p, qualifier = self.clusters()
        code = self.rows.tie[place]
        relation = relation_of(code)
        gates, masses = self._masses(place, relation, p, qualifier)
        return Folded(*masses, gates, *self._ties(place, p), self._held(), self.weighing.omega > 0)

    def clusters(self) -> tuple[NDArray[np.intp], Values, Values]:
        """Of every cluster with p > 0: a row of it, p, and σ·o of its strongest asserting row."""
        omega = self.weighing.omega
        live = np.flatnonzero(omega > 0)
        cluster = self.cluster[live]
        first = starts(cluster[1:] != cluster[:-1], len(cluster))
        size = np.diff(np.append(first, len(cluster)))
        chosen = live[first]
        asserting = denial(self.rows.flags[chosen]) == 0
        # Rounded as the product over one origin is, so that a cluster weighs the same either way.
        p = np.where(asserting, 1 - (1 - omega[chosen]), 0.0)
        several = np.flatnonzero(size > 1)
        if len(several):
            members = np.repeat(size > 1, size)
            p[several], chosen[several] = self._corroborate(live[members])
        kept = p > 0
        if self.scale.frame.counting is Counting.CORROBORATED:
            kept &= self._asserting_origins(live)[cluster[first]] >= self.numbers.floor_origins
        place = chosen[kept]
        flags = self.rows.flags[place]
        qualifier = self.numbers.strength[strength(flags)] * self.numbers.outcome[outcome(flags)]
        return place, p[kept], qualifier

    def _corroborate(self, places: NDArray[np.intp]) -> tuple[Values, NDArray[np.intp]]:
        """p and the strongest asserting row (any row where none asserts) of larger clusters."""
        cluster, omega = self.cluster[places], self.weighing.omega[places]
        denying = denial(self.rows.flags[places]).astype(np.intp)
        clusters = starts(cluster[1:] != cluster[:-1], len(cluster))
        number = _counted(cluster[1:] != cluster[:-1], len(cluster))
        plus, minus = self._noisy_or(places, number * 2 + denying, omega, len(clusters))
        order = np.lexsort((self.rows.key[places], -omega, denying, number))
        return plus * (1 - minus), places[order[clusters]]

    def _asserting_origins(self, live: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many origins assert each cluster."""
        asserting = live[denial(self.rows.flags[live]) == 0]
        told = np.stack([self.cluster[asserting], self.origin[asserting]])
        count = int(self.cluster[-1]) + 1 if len(self.cluster) else 0
        return np.bincount(np.unique(told, axis=1)[0], minlength=count)

    def _noisy_or(
        self, places: NDArray[np.intp], side: NDArray[np.intp], omega: Values, count: int
    ) -> tuple[Values, Values]:
        origin = self.origin[places]
        order = np.lexsort((origin, side))
        side, origin, omega = side[order], origin[order], omega[order]
        first = starts((side[1:] != side[:-1]) | (origin[1:] != origin[:-1]), len(side))
        strongest = np.maximum.reduceat(omega, first)
        of_side = side[first]
        start = starts(of_side[1:] != of_side[:-1], len(of_side))
        against = np.ones(2 * count)
        against[of_side[start]] = np.multiply.reduceat(1 - strongest, start)
        return 1 - against[0::2], 1 - against[1::2]

    @cached_property
    def origin(self) -> Codes:
        """The origin of each row, as known at the frame."""
        return self.scale.sources.origin[self.rows.source]

    def _masses(
        self,
        place: NDArray[np.intp],
        relation: NDArray[np.integer[Any]],
        p: Values,
        qualifier: Values,
    ) -> tuple[Values, tuple[Codes, Codes, Small, Values]]:
        numbers, pairs = self.numbers, self.pair[place]
        count = len(self.layout.lo)
        mass = numbers.weight[relation] * qualifier * p
        degree = numbers.strength[strength(self.rows.flags[place])]
        hostile = np.bincount(pairs, numbers.hostility[relation] * degree * p, count)
        inducing = np.bincount(pairs, np.where(numbers.inducing[relation], mass, 0.0), count)
        gate = 1 - hostile / (hostile + inducing + numbers.gate_offset)
        from_lo = direction(self.rows.tie[place]) == 1
        forward = np.where(from_lo, numbers.to_object[relation], numbers.to_subject[relation])
        backward = np.where(from_lo, numbers.to_subject[relation], numbers.to_object[relation])
        key = (pairs * 2) * numbers.families + numbers.family[relation]
        keys = np.concatenate([key[forward], key[backward] + numbers.families])
        return self._credited(keys, np.concatenate([mass[forward], mass[backward]]), gate)

    def _credited(
        self, keys: NDArray[np.int64], mass: Values, gate: Values
    ) -> tuple[Values, tuple[Codes, Codes, Small, Values]]:
        order = np.argsort(keys, kind="stable")
        keys, mass = keys[order], mass[order]
        first = starts(keys[1:] != keys[:-1], len(keys))
        total = np.add.reduceat(mass, first) if len(first) else mass
        keys = keys[first]
        pair, backward = keys // self.numbers.families // 2, keys // self.numbers.families % 2 == 1
        lo, hi = self.layout.lo[pair], self.layout.hi[pair]
        source, target = np.where(backward, hi, lo), np.where(backward, lo, hi)
        family = (keys % self.numbers.families).astype(np.uint8)
        return gate[pair], (source, target, family, total)

    def _ties(self, place: NDArray[np.intp], p: Values) -> tuple[NDArray[np.intp], Small, Values]:
        tie = self.tie[place]
        first = starts(tie[1:] != tie[:-1], len(tie))
        against = np.multiply.reduceat(1 - p, first) if len(first) else p
        rows = place[first]
        return self.pair[rows], self.rows.tie[rows], 1 - against

    def _held(self) -> NDArray[np.intp]:
        """The pair of every tie that is live only if its dates are read as possible."""
        possible, certain = self.weighing.possibly_live, self.weighing.certainly_live
        candidates = np.unique(self.tie[possible & ~certain])
        if len(candidates) == 0:
            return candidates
        held = candidates[~np.isin(candidates, self.tie[certain])]
        return self.pair[np.searchsorted(self.tie, held)]


def fold(layout: Layout, scale: Scale, numbers: Coefficients) -> Folded:
    """What the rows of a layout amount to at the scale's frame."""
    return Fold(layout, scale, numbers).result()


def _counted(changes: NDArray[np.bool_], length: int) -> NDArray[np.intp]:
    """The run of each place, counted from 0, from where runs change."""
    return np.concatenate([np.zeros(min(length, 1), np.intp), np.cumsum(changes)])
