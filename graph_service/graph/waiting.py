"""Finds the evidence that waits for a decision, by the lives of evidence alone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.citations import Citer
from graph_service.graph.rows import evidence_key
from graph_service.graph.state import State
from graph_service.graph.tables import NEVER, Tables
from graph_service.graph.view import Frame
from graph_service.graph.weights import Scale


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of evidence is: the entry that recorded it, its claim, and part of its id."""

    sequence: int
    claim: str
    key: int

    def holds(self, evidence: str) -> bool:
        """Whether it is this piece of evidence."""
        return evidence_key(evidence) == self.key


class Waiting:
    """The evidence of a state that is proposed, oldest first; with `actors`, only what is about
    one of them. Claims are worked out one by one, as they are asked for."""

    def __init__(self, tables: Tables, state: State, actors: Collection[str] | None = None) -> None:
        lo, hi, rows = state.columns()
        proposed = _undecided(tables)[rows.life]
        if actors is not None:
            codes = [code for code in map(tables.actors.ids.find, actors) if code is not None]
            proposed &= np.isin(lo, codes) | np.isin(hi, codes)
        places = np.flatnonzero(proposed)
        order = places[np.lexsort((rows.key[places], rows.sequence[places]))]
        self._lo, self._hi, self._rows = lo[order], hi[order], rows.take(order)
        self._citer = Citer(Scale(tables, Frame(0)))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Place]:
        rows = self._rows
        for at in range(len(rows)):
            claim = int(rows.tie[at]), int(rows.when[at]), int(rows.episode[at])
            id_ = self._citer.id_of(int(self._lo[at]), int(self._hi[at]), claim)
            yield Place(int(rows.sequence[at]), id_, int(rows.key[at]))


def _undecided(tables: Tables) -> NDArray[np.bool_]:
    """By the code of a life, whether evidence with it was neither accepted nor rejected."""
    lives = tables.lives.values.values
    return np.array([NEVER == accepted == rejected for _, accepted, rejected, _ in lives], bool)
