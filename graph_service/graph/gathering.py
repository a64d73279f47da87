"""Plain values gathered into sums, ranges and lists, for the naive view."""

from collections.abc import Hashable, Iterable, Sequence
from math import fsum
from typing import TypeVar

import numpy as np

from graph_service.domain.claims import ClaimRecord, Evidence
from graph_service.domain.sources import Source
from graph_service.graph.view import CitedSource, Codes

K = TypeVar("K", bound=Hashable)
Weighed = tuple[tuple[Evidence, Source], ...]


def summed(parts: Iterable[tuple[K, float]]) -> dict[K, float]:
    """The sum by key, the same in any order."""
    found: dict[K, list[float]] = {}
    for key, value in parts:
        found.setdefault(key, []).append(value)
    return {key: fsum(values) for key, values in found.items()}


def ranges(keys: Sequence[int], count: int) -> tuple[Codes, Codes]:
    """Where each key from 0 to `count` begins and ends in a sorted column."""
    numbers = np.arange(count)
    column = np.array(keys, np.int64)
    start = np.searchsorted(column, numbers, "left").astype(np.int32)
    return start, np.searchsorted(column, numbers, "right").astype(np.int32)


def shown(sources: Iterable[Source]) -> tuple[CitedSource, ...]:
    """Sources as a citation shows them, each once, ordered by id."""
    once = {source.id: source for source in sources}
    return tuple(
        CitedSource(id_, once[id_].title, once[id_].published, once[id_].reliability)
        for id_ in sorted(once)
    )


def own(told: ClaimRecord, evidence: Weighed) -> Weighed:
    """The evidence that is this claim's own."""
    ids = {piece.id for piece in told.evidence}
    return tuple((piece, source) for piece, source in evidence if piece.id in ids)
