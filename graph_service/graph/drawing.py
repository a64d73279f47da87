"""What rows of evidence come to in many scenarios at once (`docs/method.md` §3.10 and §3.11).

Arrays over scenarios have one row a scenario, since numpy sums runs along a row fastest.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.fold import Fold
from graph_service.graph.omitting import Omitted, removed
from graph_service.graph.packing import denial, direction, outcome, relation_of, strength
from graph_service.graph.rows import starts
from graph_service.graph.scenarios import kept
from graph_service.graph.view import Values

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Rows that may weigh something, sorted by cluster, stance (asserting first) and origin, of one
    origin the strongest first; `base` is what each weighs where it counts, `weight` what it weighs
    in each scenario; `group` are the places at which the rows of one origin start."""

    place: Places
    base: Values
    weight: Values
    group: Places


def drawn(fold: Fold, count: int) -> Pieces:
    """The strongest piece of each origin, kept at weight φ with probability ρ·c·m."""
    place, group = _by_origin(fold)
    place = place[group]
    trust = fold.weighing.trust[place]
    fading = fold.weighing.omega[place] / trust
    weight = kept(fold.rows.key[place], trust, count) * fading
    return Pieces(place, fading, weight, np.arange(len(place)))


def remaining(fold: Fold, omitted: Omitted) -> Pieces:
    """Every live piece, at no weight where it is left out."""
    place, group = _by_origin(fold)
    omega = fold.weighing.omega[place]
    return Pieces(place, omega, ~removed(fold, omitted)[:, place] * omega, group)


def _by_origin(fold: Fold) -> tuple[Places, Places]:
    """The live rows by cluster, stance and origin, strongest first, and where each origin's start."""
    live = np.flatnonzero(fold.weighing.omega > 0)
    side = fold.cluster[live] * 2 + denial(fold.rows.flags[live])
    origin, omega = fold.origin[live], fold.weighing.omega[live]
    order = np.lexsort((fold.rows.key[live], -omega, origin, side))
    side, origin = side[order], origin[order]
    return live[order], starts((side[1:] != side[:-1]) | (origin[1:] != origin[:-1]), len(side))


class Drawing:
    """The clusters of a fold that somebody asserts, with p and mass in every scenario."""

    def __init__(self, fold: Fold, pieces: Pieces) -> None:
        self.fold = fold
        self.numbers = fold.numbers
        self._pieces = pieces
        side, against = self._sides()
        asserting = np.flatnonzero(side % 2 == 0)
        self.cluster = side[asserting] // 2
        self.p = 1 - against.take(asserting, axis=1)
        self._deny(side, against)
        self._rank()
        tie = fold.rows.tie[self._best]
        self.relation = relation_of(tie)
        self.from_lo = direction(tie) == 1
        self.pair = fold.pair[self._best]

    def _sides(self) -> tuple[Places, Values]:
        """Each stance of each cluster (twice its number, plus 1 where it denies), and Π(1 − ω)."""
        pieces, rows = self._pieces, self.fold.rows
        against = 1 - _reduced(np.maximum, pieces.weight, pieces.group)
        first = pieces.place[pieces.group]
        side = self.fold.cluster[first] * 2 + denial(rows.flags[first])
        start = starts(side[1:] != side[:-1], len(side))
        return side[start], _reduced(np.multiply, against, start)

    def _deny(self, side: Places, against: Values) -> None:
        denying = np.flatnonzero(side % 2 == 1)
        at = np.searchsorted(self.cluster, side[denying] // 2)
        at[at == len(self.cluster)] = 0
        met = self.cluster[at] == side[denying] // 2 if len(self.cluster) else at > 0
        self.p[:, at[met]] *= against[:, denying[met]]

    def _rank(self) -> None:
        """Bring the asserting pieces of each cluster into the order in which σ and o are theirs."""
        pieces, fold = self._pieces, self.fold
        asserting = np.flatnonzero(denial(fold.rows.flags[pieces.place]) == 0)
        place = pieces.place[asserting]
        order = np.lexsort((fold.rows.key[place], -pieces.base[asserting], fold.cluster[place]))
        cluster = fold.cluster[place[order]]
        self._ranked = asserting[order]
        self._first = starts(cluster[1:] != cluster[:-1], len(cluster))
        self._best = pieces.place[self._ranked[self._first]]

    def qualified(self, factor: Values, among: Places) -> Values:
        """p of some clusters times a factor of each piece: that of the strongest kept one."""
        mine = factor[self._pieces.place[self._ranked]]
        size = np.diff(np.append(self._first, len(mine)))
        differs = mine != np.repeat(mine[self._first], size)
        cluster = np.repeat(np.arange(len(size)), size)
        mixed = np.bincount(cluster, differs, len(size))[among] > 0
        result: Values = self.p.take(among, axis=1) * mine[self._first[among]]
        if mixed.any():
            result[:, mixed] = self.p[:, among[mixed]] * self._chosen(mine, among[mixed])
        return result

    def _chosen(self, mine: Values, clusters: Places) -> Values:
        """The factor of the strongest kept piece of each cluster, by scenario."""
        first = self._first[clusters]
        last = np.append(self._first, len(mine))[clusters + 1]
        chosen = np.zeros((len(self.p), len(clusters)))
        for rank in range(int((last - first).max(initial=0)) - 1, -1, -1):
            has = np.flatnonzero(first + rank < last)
            at = first[has] + rank
            keeps = self._pieces.weight.take(self._ranked[at], axis=1) > 0
            chosen[:, has] = np.where(keeps, mine[at], chosen[:, has])
        return chosen

    def masses(self) -> Values:
        """w·σ·o·p of every cluster."""
        flags = self.fold.rows.flags
        qualifier = self.numbers.strength[strength(flags)] * self.numbers.outcome[outcome(flags)]
        every = np.arange(len(self.relation))
        masses: Values = self.qualified(qualifier, every) * self.numbers.weight[self.relation]
        return masses

    def credited(self, mass: Values) -> tuple[NDArray[np.int64], Values]:
        """Who is credited with what: (pair·2 + whether it flows from its second actor to its
        first)·families + family, ascending, with the sum of the masses."""
        numbers = self.numbers
        to_object, to_subject = (
            flow[self.relation] for flow in (numbers.to_object, numbers.to_subject)
        )
        forward = np.flatnonzero(np.where(self.from_lo, to_object, to_subject))
        backward = np.flatnonzero(np.where(self.from_lo, to_subject, to_object))
        key = self.pair * 2 * numbers.families + numbers.family[self.relation]
        keys = np.concatenate([key[forward], key[backward] + numbers.families])
        columns = np.concatenate([forward, backward])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = starts(keys[1:] != keys[:-1], len(keys))
        return keys[first], _reduced(np.add, mass.take(columns[order], axis=1), first)

    def gates(self, mass: Values) -> tuple[Places, Values]:
        """The pairs between whom there may be hostility, and their gates."""
        numbers = self.numbers
        hostility = numbers.hostility[self.relation]
        among = np.flatnonzero(np.isin(self.pair, self.pair[hostility > 0]))
        pair, relation = self.pair[among], self.relation[among]
        start = starts(pair[1:] != pair[:-1], len(pair))
        degree = self.qualified(numbers.strength[strength(self.fold.rows.flags)], among)
        hostile = _reduced(np.add, degree * hostility[among], start)
        inducing = _reduced(np.add, mass.take(among, axis=1) * numbers.inducing[relation], start)
        return pair[start], 1 - hostile / (hostile + inducing + numbers.gate_offset)

    def inclinations(self) -> tuple[Places, Values, Values]:
        """The pairs, with the mass that alignment counts and the hostility of each."""
        numbers, every = self.numbers, np.arange(len(self.relation))
        start = starts(self.pair[1:] != self.pair[:-1], len(self.pair))
        degree = self.qualified(numbers.strength[strength(self.fold.rows.flags)], every)
        friendly = self.masses() * numbers.alignment[self.relation]
        hostile = degree * numbers.hostility[self.relation]
        return self.pair[start], _reduced(np.add, friendly, start), _reduced(np.add, hostile, start)

    def stakes(self) -> tuple[NDArray[np.int64], Values]:
        """The largest live stake: pair·2 + whether the second actor answers for the first."""
        numbers = self.numbers
        among = np.flatnonzero(numbers.stake[self.relation] > 0)
        relation = self.relation[among]
        by_second = numbers.held_by_subject[relation] != self.from_lo[among]
        keys = self.pair[among] * 2 + by_second
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = starts(keys[1:] != keys[:-1], len(keys))
        sizes = (self.p[:, among] > 0) * numbers.stake[relation]
        return keys[first], _reduced(np.maximum, sizes[:, order], first)


def _reduced(together: Any, columns: Values, start: Places) -> Values:  # noqa: ANN401 - a ufunc
    """Runs of columns taken together."""
    if len(start) == columns.shape[1]:
        return columns
    result: Values = together.reduceat(columns, start, axis=1)
    return result
