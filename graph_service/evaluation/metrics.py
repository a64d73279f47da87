"""How well scores find what came true: average precision, reciprocal rank, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Values

LOW, HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One query: of which `cluster` it is (a bootstrap draws clusters whole), the candidates in
    their order, and which of them came true."""

    name: str
    cluster: str
    candidates: tuple[str, ...]
    truth: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


def average_precision(scores: Values, truth: NDArray[Any]) -> float:
    """The mean, over what came true, of the precision down to it; equal scores are averaged over,
    each at the precision of the last of them. Not a number where nothing came true.

    >>> average_precision(np.array([0.9, 0.8, 0.1]), np.array([1, 0, 1]))
    0.8333333333333333
    >>> average_precision(np.array([0.5, 0.5]), np.array([1, 0]))
    0.5
    """
    return weighted_precision(scores, truth, np.ones(len(scores)))


def weighted_precision(scores: Values, truth: NDArray[Any], weight: Values) -> float:
    """Average precision where each candidate counts so many times."""
    order = np.argsort(-scores, kind="stable")
    scores, truth, weight = scores[order], truth[order], weight[order]
    found, seen = np.cumsum(truth * weight), np.cumsum(weight)
    if len(scores) == 0 or found[-1] == 0:
        return float("nan")
    last = np.flatnonzero(np.append(scores[1:] != scores[:-1], True))
    gained = np.diff(np.append(0.0, found[last]))
    precision = found[last] / np.maximum(seen[last], 1e-12)
    return float((gained * precision).sum() / found[-1])


def reciprocal_rank(scores: Values, truth: NDArray[Any]) -> float:
    """1 over the rank of the first that came true, equal scores at their mean rank.

    >>> reciprocal_rank(np.array([0.9, 0.8, 0.1]), np.array([0, 1, 1]))
    0.5
    """
    best = scores[truth > 0].max()
    return float(1 / ((scores > best).sum() + ((scores == best).sum() + 1) / 2))


class Examination:
    """Scores of several methods over the same queries."""

    def __init__(self, queries: Sequence[Asked], scores: Mapping[str, Sequence[Values]]) -> None:
        self.queries = queries
        self.scores = scores
        self._truth = _joined([query.truth.astype(np.float64) for query in queries])
        self._pooled = {name: _joined(each) for name, each in scores.items()}
        names = sorted({query.cluster for query in queries})
        number = {name: place for place, name in enumerate(names)}
        self._clusters = len(names)
        self._cluster = _joined(
            [np.full(len(q.candidates), number[q.cluster], np.float64) for q in queries]
        ).astype(np.intp)

    @property
    def positives(self) -> int:
        """How many came true."""
        return int(self._truth.sum())

    def precision(self, name: str) -> float:
        """Average precision over all candidates of all queries together."""
        return average_precision(self._pooled[name], self._truth)

    def rank(self, name: str) -> float:
        """The mean reciprocal rank over the queries in which something came true."""
        found = [
            reciprocal_rank(scores, query.truth)
            for scores, query in zip(self.scores[name], self.queries, strict=True)
            if query.truth.any()
        ]
        return float(np.mean(found)) if found else float("nan")

    def mean_precision(self, name: str) -> float:
        """The mean over such queries of each one's own average precision."""
        found = [
            average_precision(scores, query.truth)
            for scores, query in zip(self.scores[name], self.queries, strict=True)
            if query.truth.any()
        ]
        return float(np.mean(found)) if found else float("nan")

    def drawn(self, *, draws: int, seed: int) -> dict[str, Values]:
        """Average precision in every bootstrap draw of clusters, the same draws for all methods."""
        dealer = np.random.default_rng(seed)
        chosen = dealer.integers(0, self._clusters, (draws, self._clusters))
        counts = np.array([np.bincount(row, minlength=self._clusters) for row in chosen])
        return {
            name: np.array(
                [
                    weighted_precision(scores, self._truth, row[self._cluster].astype(np.float64))
                    for row in counts
                ]
            )
            for name, scores in self._pooled.items()
        }


def interval(value: float, drawn: Values) -> Figure:
    """A figure with the interval that its draws give."""
    low, high = np.nanpercentile(drawn, [LOW, HIGH]).tolist() if len(drawn) else (value, value)
    return Figure(value, float(low), float(high))


def _joined(parts: Sequence[Values]) -> Values:
    return np.concatenate([np.empty(0), *parts])
