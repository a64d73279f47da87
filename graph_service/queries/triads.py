"""Triads of actors whose alignments all count, and a null model of their signs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import View
from graph_service.queries.budget import Budget
from graph_service.queries.inclination import Inclined, among

Places = NDArray[np.intp]
SEED = 1
TOGETHER = 2_000_000
"""Triads whose signs are permuted together; bounds memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Triads:
    """Triads i < j < k by the places of their three ties among the `ties` that count."""

    ties: Inclined
    edges: Places

    def __len__(self) -> int:
        return len(self.edges)

    @property
    def signs(self) -> NDArray[np.int8]:
        """The sign of every tie."""
        return np.sign(self.ties.alignment).astype(np.int8)

    @property
    def products(self) -> NDArray[np.int8]:
        """The product of the three signs of each triad: + is balanced."""
        return _products(self.signs, self.edges)


def triads(view: View, actors: Sequence[int]) -> Triads:
    """The triads among these actors, whose ties are all of at least the ontology's threshold."""
    found = among(view, actors)
    strong = np.abs(found.alignment) >= view.ontology.parameters.balance.threshold
    ties = Inclined(*(getattr(found, name)[strong] for name in Inclined.__slots__))
    # Places by the order in which the actors are given, so that all stores have one order.
    place = np.full(len(view.actors), -1)
    place[list(actors)] = np.arange(len(actors))
    one, other = place[ties.one], place[ties.other]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((high, low))
    ties = Inclined(*(getattr(ties, name)[order] for name in Inclined.__slots__))
    return Triads(ties, _edges(low[order], high[order], len(actors)))


def _edges(low: Places, high: Places, count: int) -> Places:
    """The three ties of every triad, by place."""
    number = np.full((count, count), -1, np.int32)
    number[low, high] = np.arange(len(low))
    found = [np.empty((0, 3), np.intp)]
    start = np.searchsorted(low, np.arange(count + 1))
    for one in range(count):
        near = high[start[one] : start[one + 1]]
        j, k = np.nonzero(number[np.ix_(near, near)] >= 0)
        if len(j):
            base = start[one]
            found.append(np.stack([base + j, base + k, number[near[j], near[k]]], axis=1))
    return np.concatenate(found)


def _products(signs: NDArray[np.int8], edges: Places) -> NDArray[np.int8]:
    product: NDArray[np.int8] = signs[edges[:, 0]] * signs[edges[:, 1]] * signs[edges[:, 2]]
    return product


def balanced_by_chance(found: Triads, draws: int, budget: Budget) -> tuple[list[float], bool]:
    """The share of balanced triads where the signs are dealt anew among the ties, once a draw; and
    whether the time ran out before all were drawn. Seeded: the same each time."""
    dealer = np.random.default_rng(SEED)
    shares: list[float] = []
    for draw in range(draws):
        if budget.is_spent():
            return shares, True
        signs = dealer.permutation(found.signs)
        balanced = 0
        for start in range(0, len(found), TOGETHER):
            balanced += int((_products(signs, found.edges[start : start + TOGETHER]) > 0).sum())
        shares.append(balanced / len(found))
        budget.tell((draw + 1) / draws)
    return shares, False
