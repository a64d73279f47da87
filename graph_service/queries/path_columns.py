"""Paths of leverage as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Codes, Values

NOBODY = -1
BELOW_ONE = float(np.nextafter(1.0, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Paths into a target as columns: whose, through which last (`x`) and which first (`y`)
    intermediary (`NOBODY` where there is none), their weights, and which are stake paths."""

    actor: Codes
    last: Codes
    first: Codes
    weight: Values
    stake: NDArray[np.bool_]

    def exponents(self, actors: int) -> Values:
        """ℓ = −Σ log1p(−w) of every actor."""
        return np.bincount(self.actor, -np.log1p(-self.weight), actors).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The paths of each way of taking the last step, and whether width or time cut something."""

    paths: tuple[Paths, ...]
    cut: bool
    spent: bool


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The best way from an actor to each last intermediary, max(U(A→x), max_y U(A→y)·U(y→x)).

    `x` is a place among the last intermediaries, `via` the code of y, `NOBODY` for a way of one
    step.
    """

    x: NDArray[np.intp]
    actor: Codes
    value: Values
    via: Codes

    def at(self, places: NDArray[np.intp]) -> "Reached":
        """Some of these ways."""
        return Reached(*(getattr(self, name)[places] for name in Reached.__slots__))


def joined(parts: Sequence[Paths]) -> Paths:
    """All paths of these parts in this order."""
    names = Paths.__slots__
    return Paths(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def taken(paths: Paths, places: NDArray[np.intp]) -> Paths:
    """The paths at these places."""
    return Paths(*(getattr(paths, name)[places] for name in Paths.__slots__))


def no_paths() -> Paths:
    """Columns without a path."""
    none = np.empty(0, np.int32)
    return Paths(none, none, none, np.empty(0), none == 0)


def value(exponents: Values) -> Values:
    """L = 1 − e^−ℓ, kept below 1.

    >>> value(np.array([0.0, 1e9])).tolist() == [0.0, BELOW_ONE]
    True
    """
    return np.minimum(-np.expm1(-exponents), BELOW_ONE)
