"""Actors that are one, by code, and the rows of all of them read as rows of the one.

The base and the overlay of a state keep the ids that sources used; a view at which some actors are
one reads the pairs that this touches through `layout`, and all others as they lie.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graph_service.graph.packing import relation_of
from graph_service.graph.rows import Layout, Rows, build_layout, concatenate, rows_of
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables
from graph_service.graph.view import Codes, Small

FEW = 16
"""So many pairs are looked up one by one; of more, those that are there are looked for."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Actors that go by one code: `canonical` gives it for the others of each group, `referents`
    all codes for it."""

    canonical: Mapping[int, int]
    referents: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, groups: Iterable[Iterable[int]]) -> "Merging":
        """The merging of these groups of codes, each by its lowest: that of the actor whose record
        came first."""
        referents = {codes[0]: tuple(codes) for codes in map(sorted, groups)}
        return cls(
            {code: first for first, codes in referents.items() for code in codes[1:]}, referents
        )

    @classmethod
    def onto(cls, canonical: Mapping[int, int]) -> "Merging":
        """The merging in which each of these codes goes by the one given, which goes by itself."""
        referents: dict[int, list[int]] = {}
        for code, first in canonical.items():
            referents.setdefault(first, [first]).append(code)
        return cls(canonical, {first: tuple(sorted(codes)) for first, codes in referents.items()})

    def then(self, onto: Mapping[int, int]) -> "Merging":
        """This merging, after which each of these codes goes by the one given."""
        followed = {code: onto.get(first, first) for code, first in self.canonical.items()}
        return Merging.onto({**followed, **onto})

    def codes(self, actors: int) -> Codes:
        """The code that each of so many actors goes by."""
        found = np.arange(actors, dtype=np.int32)
        if self.canonical:
            found[list(self.canonical)] = list(self.canonical.values())
        return found

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


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Between whom rows were told: the pair of each, and the code of the tie there."""

    lo: Codes
    hi: Codes
    tie: Small

    def take(self, places: Any) -> "Ends":  # noqa: ANN401 - whatever indexes an array
        """Those at these places."""
        return Ends(self.lo[places], self.hi[places], self.tie[places])


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Rows as they read between the actors that others go by: the pair of each row, and between
    whom it was told."""

    lo: Codes
    hi: Codes
    rows: Rows
    told: Ends

    def take(self, places: Any) -> "Read":  # noqa: ANN401 - whatever indexes an array
        """Those at these places."""
        rows, told = self.rows.take(places), self.told.take(places)
        return Read(self.lo[places], self.hi[places], rows, told)


def read_between(tables: Tables, told: Ends, one: Codes, other: Codes, rows: Rows) -> Read:
    """Rows that read between `one` and `other`, told between others: those of one actor with
    itself left out, ties turned as the ends of the pair lie, a symmetric one as its ends sort."""
    place = np.flatnonzero(one != other)
    a, b, told, rows = one[place], other[place], told.take(place), rows.take(place)
    moved = np.flatnonzero((a != told.lo) | (b != told.hi))
    tie = rows.tie.copy()
    tie[moved] ^= a[moved] > b[moved]
    lo, hi = np.minimum(a, b), np.maximum(a, b)
    symmetric = np.array([one.symmetric for one in tables.ontology.relations.values()], bool)
    sorts = moved[symmetric[relation_of(tie[moved])]]
    tie[sorts] = tie[sorts] & 0xFE | _sorts_first(tables, lo[sorts], hi[sorts])
    return Read(lo, hi, replace(rows, tie=tie), told)


def _sorts_first(tables: Tables, lo: Codes, hi: Codes) -> Small:
    """1 where the id of the one comes before that of the other, else 0; told by pair."""
    ids = tables.actors.ids
    pairs, which = np.unique(lo.astype(np.int64) << 32 | hi, return_inverse=True)
    one, other = (pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist()
    first = [ids[a] < ids[b] for a, b in zip(one, other, strict=True)]
    return np.array(first, np.uint8)[which]


def layout(tables: Tables, state: State, merging: Merging, pairs: Iterable[Pair]) -> Layout:
    """The rows of these pairs and of all that go by them, as they read between these."""
    told = [told for pair in pairs for told in told_as(state, merging, pair)]
    read = read_pairs(tables, state, merging, told)
    return build_layout(tables, read.lo, read.hi, read.rows)


def read_pairs(tables: Tables, state: State, merging: Merging, told: Sequence[Pair]) -> Read:
    """The rows of these pairs of actors as they read between those that they go by."""
    parts = [state.rows(pair) for pair in told]
    rows = concatenate([rows_of([])[2], *parts])
    size = [len(part) for part in parts]
    lo, hi = (np.repeat(np.array([pair[end] for pair in told], np.int32), size) for end in (0, 1))
    a, b = (
        np.repeat(np.array([merging.code(pair[end]) for pair in told], np.int32), size)
        for end in (0, 1)
    )
    return read_between(tables, Ends(lo, hi, rows.tie), a, b, rows)


def told_as(state: State, merging: Merging, pair: Pair) -> Iterable[Pair]:
    """The pairs of actors that go by a pair and may have been told of."""
    lo, hi = (merging.referents.get(code, (code,)) for code in pair)
    if len(lo) * len(hi) <= FEW:
        return merging.told(pair)
    return (told for told in state.pairs_of(*min(lo, hi, key=len)) if merging.pair(told) == pair)
