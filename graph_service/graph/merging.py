"""Actors that are one, by code, and the rows of all of them read as rows of the one.

The base and the overlay of a state keep the ids that sources used; a view at which some actors are
one reads the pairs that this touches through `layout`, and all others as they lie.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from graph_service.graph.packing import relation_of
from graph_service.graph.rows import Layout, Rows, build_layout, concatenate, rows_of
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables

FEW = 16
"""So many pairs are looked up one by one; of more, those that are there are looked for."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Actors that are one, by code. Each group goes by its lowest code, that of the actor whose
    record came first: `canonical` gives it for the others, `referents` all codes for it."""

    canonical: Mapping[int, int]
    referents: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, groups: Iterable[Iterable[int]]) -> "Merging":
        """The merging of these groups of codes."""
        referents = {codes[0]: tuple(codes) for codes in map(sorted, groups)}
        return cls(
            {code: first for first, codes in referents.items() for code in codes[1:]}, referents
        )

    def code(self, code: int) -> int:
        """The code that an actor goes by."""
        return self.canonical.get(code, code)

    def touches(self, pair: Pair) -> bool:
        """Whether an actor of this pair is one with others."""
        return bool(self.canonical) and not (
            self.referents.keys().isdisjoint(pair) and self.canonical.keys().isdisjoint(pair)
        )

    def pair(self, told: Pair) -> Pair | None:
        """The pair that two actors go by; None where they are one."""
        lo, hi = sorted(map(self.code, told))
        return None if lo == hi else (lo, hi)

    def pairs(self, told: Iterable[Pair]) -> list[Pair]:
        """The pairs that these pairs go by, each once."""
        if not self.canonical:
            return list(told)
        found = dict.fromkeys(map(self.pair, told))
        return [pair for pair in found if pair is not None]

    def told(self, pair: Pair) -> Iterator[Pair]:
        """The pairs of actors that go by this pair; none where one of them goes by another code."""
        if pair[0] == pair[1] or not self.canonical.keys().isdisjoint(pair):
            return
        lo, hi = (self.referents.get(code, (code,)) for code in pair)
        for one in lo:
            for other in hi:
                yield min(one, other), max(one, other)


NOBODY = Merging({}, {})
"""Nobody is one with anybody else."""


def regrouped(before: Merging, after: Merging, state: State) -> list[Pair]:
    """Every pair that holds other rows by the one merging than by the other."""
    codes = before.canonical.keys() | after.canonical.keys()
    moved = [code for code in codes if before.code(code) != after.code(code)]
    told = state.pairs_of(*moved) if moved else []
    return sorted({*before.pairs(told), *after.pairs(told)})


def layout(tables: Tables, state: State, merging: Merging, pairs: Iterable[Pair]) -> Layout:
    """The rows of these pairs and of all that go by them, ties turned as the ends of the pair lie,
    a symmetric one as its ends are sorted."""
    parts = [
        (pair, _turned(state.rows(told), turned=merging.code(told[0]) != pair[0]))
        for pair in pairs
        for told in told_as(state, merging, pair)
    ]
    empty_lo, empty_hi, empty = rows_of([])
    lo = np.concatenate([empty_lo, *(np.full(len(rows), pair[0], "i4") for pair, rows in parts)])
    hi = np.concatenate([empty_hi, *(np.full(len(rows), pair[1], "i4") for pair, rows in parts)])
    rows = concatenate([empty, *(rows for _, rows in parts)])
    if merging.canonical:
        rows = _sorted_ends(tables, lo.tolist(), hi.tolist(), rows)
    return build_layout(tables, lo, hi, rows)


def ends_of(state: State, merging: Merging, pair: Pair) -> dict[int, tuple[int, int, int]]:
    """Between whom each row that goes by a pair was told, by its key: the pair and tie there."""
    return {
        key: (*told, tie)
        for told in told_as(state, merging, pair)
        for rows in (state.rows(told),)
        for key, tie in zip(rows.key.tolist(), rows.tie.tolist(), strict=True)
    }


def told_as(state: State, merging: Merging, pair: Pair) -> Iterable[Pair]:
    """The pairs of actors that go by a pair and may have been told of."""
    lo, hi = (merging.referents.get(code, (code,)) for code in pair)
    if len(lo) * len(hi) <= FEW:
        return merging.told(pair)
    return (told for told in state.pairs_of(*min(lo, hi, key=len)) if merging.pair(told) == pair)


def _turned(rows: Rows, *, turned: bool) -> Rows:
    return replace(rows, tie=rows.tie ^ np.uint8(1)) if turned else rows


def _sorted_ends(tables: Tables, lo: list[int], hi: list[int], rows: Rows) -> Rows:
    """The same rows, those of symmetric relations with the end first whose id comes first."""
    symmetric = np.array([one.symmetric for one in tables.ontology.relations.values()])
    ids = tables.actors.ids
    relation = relation_of(rows.tie)
    forward = np.array([ids[a] < ids[b] for a, b in zip(lo, hi, strict=True)], np.uint8)
    tie = np.where(symmetric[relation], relation * 2 + forward, rows.tie)
    return replace(rows, tie=tie.astype(np.uint8))
