"""Bonds: what is between two actors whichever way it goes, folded from evidence and kept up to date
(`docs/method.md` §2.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

import numpy as np

from graph_service.graph.fold import Fold
from graph_service.graph.packing import relation_of, strength
from graph_service.graph.rows import starts
from graph_service.graph.view import Bonds, Codes

COLUMNS = tuple(field.name for field in fields(Bonds))[2:]


def bonds_of(fold: Fold, actors: int) -> Bonds:
    """The bonds of the rows of a fold, among so many actors."""
    numbers = fold.numbers
    place, p, qualifier = fold.clusters()
    relation = relation_of(fold.rows.tie[place]).astype(np.int64)
    degree = numbers.strength[strength(fold.rows.flags[place])]
    mass = numbers.weight[relation] * qualifier * p
    hostility = numbers.hostility[relation] * degree * p
    key = fold.pair[place] * len(numbers.weight) + relation
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = starts(key[1:] != key[:-1], len(key))
    if len(first):
        mass, hostility = (np.add.reduceat(each[order], first) for each in (mass, hostility))
    pair, relation = np.divmod(key[first], len(numbers.weight))
    bond = np.flatnonzero((mass > 0) | (hostility > 0))
    lo, hi = fold.layout.lo[pair[bond]], fold.layout.hi[pair[bond]]
    here, other = np.concatenate([lo, hi]), np.concatenate([hi, lo])
    named = np.tile(relation[bond].astype(np.uint8), 2)
    order = np.lexsort((named, other, here))
    edges = np.searchsorted(here[order], np.arange(actors + 1)).astype(np.int32)
    return Bonds(
        edges[:-1],
        edges[1:],
        other[order],
        named[order],
        np.tile(mass[bond], 2)[order],
        np.tile(hostility[bond], 2)[order],
    )


def inclination(fold: Fold) -> tuple[float, float]:
    """The mass that alignment counts, P, and the hostility H of all rows of a fold together."""
    numbers = fold.numbers
    place, p, qualifier = fold.clusters()
    relation = relation_of(fold.rows.tie[place])
    degree = numbers.strength[strength(fold.rows.flags[place])]
    mass = numbers.weight[relation] * qualifier * p
    friendly = float((numbers.alignment[relation] * mass).sum())
    return friendly, float((numbers.hostility[relation] * degree * p).sum())


def patched_bonds(old: Bonds, new: Bonds, pairs: Iterable[tuple[int, int]], actors: int) -> Bonds:
    """The old bonds with those between `pairs` replaced by the new ones, which are of these pairs
    alone."""
    partners: dict[int, set[int]] = {}
    for lo, hi in pairs:
        partners.setdefault(lo, set()).add(hi)
        partners.setdefault(hi, set()).add(lo)
    start, stop = _grown(old.start, actors), _grown(old.stop, actors)
    parts = {name: [getattr(old, name)] for name in COLUMNS}
    end = len(old.other)
    for actor, others in partners.items():
        block = _block(old, new, actor, slice(int(start[actor]), int(stop[actor])), others)
        for name, column in block.items():
            parts[name].append(column)
        size = len(block["other"])
        start[actor], stop[actor] = end, end + size
        end += size
    return Bonds(start, stop, *(np.concatenate(parts[name]) for name in COLUMNS))


def _grown(column: Codes, actors: int) -> Codes:
    return np.concatenate([column, np.zeros(actors - len(column), column.dtype)])


def _block(
    old: Bonds, new: Bonds, actor: int, at: slice, others: set[int]
) -> Mapping[str, np.ndarray]:
    """The bonds of one actor, those with `others` as they are new."""
    kept = np.flatnonzero(~np.isin(old.other[at], list(others))) + at.start
    added = np.arange(new.start[actor], new.stop[actor])
    joined = {
        name: np.concatenate([getattr(old, name)[kept], getattr(new, name)[added]])
        for name in COLUMNS
    }
    order = np.lexsort((joined["relation"], joined["other"]))
    return {name: column[order] for name, column in joined.items()}
