"""The graph at one frame, in the columns that questions read, and how it follows new evidence.

A projection is immutable. `patched` answers a new one in which the blocks of the actors at both
ends of changed pairs are written anew behind the old ones; views of the old one stay whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.fold import Folded
from graph_service.graph.packing import direction, relation_of
from graph_service.graph.rows import ragged, starts
from graph_service.graph.view import ALONG_TIES, Bonds, Codes, Links, Small, Supply

ROOM = 4096
"""Places that may be out of use in the smallest projection."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Supply and links at a frame, with the ties held back (`held_lo`, `held_hi`). `bonds` are in
    `derived` once they were asked for."""

    supply: Supply
    links: Links
    held_lo: Codes
    held_hi: Codes
    live: NDArray[np.bool_] = field(repr=False)
    derived: dict[str, Bonds] = field(default_factory=dict, repr=False)

    @property
    def is_worn(self) -> bool:
        """Whether less than half of the places are in use, blocks having been written anew."""
        used = int((self.supply.stop - self.supply.start).sum())
        linked = int((self.links.stop - self.links.start).sum())
        held = len(self.supply.source) + len(self.links.other)
        return held > 2 * (used + linked) + ROOM

    @property
    def nbytes(self) -> int:
        columns = [*_columns(self.supply), *_columns(self.links)]
        columns += [column for bonds in self.derived.values() for column in _columns(bonds)]
        return sum(column.nbytes for column in columns) + self.live.nbytes


def _columns(table: Supply | Links | Bonds) -> list[NDArray[Any]]:
    names = [name for name in table.__slots__ if name != "derived"]
    return [getattr(table, name) for name in names]


def project(folded: Folded, lo: Codes, hi: Codes, actors: int, symmetric: Small) -> Projection:
    """The projection of what all rows of a layout amount to."""
    return Projection(
        _supply(folded, actors),
        _links(folded, lo, hi, actors, symmetric),
        lo[folded.held_pair],
        hi[folded.held_pair],
        folded.live,
    )


def _supply(folded: Folded, actors: int) -> Supply:
    key = folded.target.astype(np.int64) * actors + folded.source
    order = np.lexsort((folded.family, key))
    key = key[order]
    first = starts(key[1:] != key[:-1], len(key))
    source, target = folded.source[order][first], folded.target[order][first]
    start, stop = _ranges(target, actors)
    return Supply(
        start=start,
        stop=stop,
        source=source,
        gate=folded.gate[order][first],
        first=first.astype(np.int32),
        last=np.append(first, len(key))[1:].astype(np.int32),
        family=folded.family[order],
        mass=folded.mass[order],
    )


def _links(folded: Folded, lo: Codes, hi: Codes, actors: int, symmetric: Small) -> Links:
    code, strength = folded.tie_code, folded.tie_strength
    relation, from_lo = relation_of(code), direction(code) == 1
    both = symmetric[relation].astype(bool)
    here = np.concatenate([lo[folded.tie_pair], hi[folded.tie_pair]])
    other = np.concatenate([hi[folded.tie_pair], lo[folded.tie_pair]])
    outward = np.concatenate([from_lo | both, ~from_lo | both])
    order = np.lexsort((np.tile(code, 2), other, here))
    start, stop = _ranges(here[order], actors)
    return Links(
        start=start,
        stop=stop,
        other=other[order],
        relation=np.tile(relation, 2)[order],
        outward=outward[order],
        strength=np.tile(strength, 2)[order],
    )


def _ranges(sorted_codes: Codes, actors: int) -> tuple[Codes, Codes]:
    edges = np.searchsorted(sorted_codes, np.arange(actors + 1)).astype(np.int32)
    return edges[:-1], edges[1:]


def patched(
    old: Projection, changed: Projection, pairs: Iterable[tuple[int, int]], actors: int
) -> Projection:
    """The old projection with everything between `pairs` replaced by what `changed` says of it.

    `changed` is the projection of the rows of these pairs alone, over all actors.
    """
    partners: dict[int, set[int]] = {}
    for lo, hi in pairs:
        partners.setdefault(lo, set()).add(hi)
        partners.setdefault(hi, set()).add(lo)
    held = _unchanged_held(old, partners)
    return Projection(
        _patched_supply(old.supply, changed.supply, partners, actors),
        _patched_links(old.links, changed.links, partners, actors),
        np.concatenate([old.held_lo[held], changed.held_lo]),
        np.concatenate([old.held_hi[held], changed.held_hi]),
        old.live,
    )


def _unchanged_held(old: Projection, partners: dict[int, set[int]]) -> NDArray[np.bool_]:
    ends = zip(old.held_lo.tolist(), old.held_hi.tolist(), strict=True)
    return np.array([hi not in partners.get(lo, ()) for lo, hi in ends], bool)


def _grown(column: Codes, actors: int) -> Codes:
    return np.concatenate([column, np.zeros(actors - len(column), column.dtype)])


def _merged_block(
    old: Codes, old_at: slice, new: Codes, new_at: slice, partners: set[int]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Which old and new places make up a block, and their order by the actor at the other end."""
    kept = np.flatnonzero(~np.isin(old[old_at], list(partners))) + old_at.start
    added = np.arange(new_at.start, new_at.stop)
    order = np.argsort(np.concatenate([old[kept], new[added]]), kind="stable")
    return kept, added, order


def _patched_links(old: Links, new: Links, partners: dict[int, set[int]], actors: int) -> Links:
    start, stop = _grown(old.start, actors), _grown(old.stop, actors)
    names = ("other", "relation", "outward", "strength")
    parts: dict[str, list[Any]] = {name: [getattr(old, name)] for name in names}
    end = len(old.other)
    for actor, others in partners.items():
        kept, added, order = _merged_block(
            old.other, slice(int(start[actor]), int(stop[actor])), new.other,
            slice(int(new.start[actor]), int(new.stop[actor])), others,
        )  # fmt: skip
        for name in names:
            block = np.concatenate([getattr(old, name)[kept], getattr(new, name)[added]])
            parts[name].append(block[order])
        start[actor], stop[actor] = end, end + len(order)
        end += len(order)
    return Links(start, stop, *(np.concatenate(parts[name]) for name in names))


def _patched_supply(old: Supply, new: Supply, partners: dict[int, set[int]], actors: int) -> Supply:
    start, stop = _grown(old.start, actors), _grown(old.stop, actors)
    sources, gates, sizes, places = [old.source], [old.gate], [], []
    first = np.concatenate([old.first, new.first + np.int32(len(old.mass))])
    last = np.concatenate([old.last, new.last + np.int32(len(old.mass))])
    end = len(old.source)
    for actor, others in partners.items():
        kept, added, order = _merged_block(
            old.source, slice(int(start[actor]), int(stop[actor])), new.source,
            slice(int(new.start[actor]), int(new.stop[actor])), others,
        )  # fmt: skip
        ties = np.concatenate([kept, added + len(old.source)])[order]
        sources.append(_picked(old.source, new.source, ties))
        gates.append(_picked(old.gate, new.gate, ties))
        places.append(ragged(first[ties], last[ties]))
        sizes.append(last[ties] - first[ties])
        start[actor], stop[actor] = end, end + len(order)
        end += len(order)
    moved = np.concatenate([*places, np.empty(0, np.intp)])
    ends = len(old.mass) + np.cumsum(np.concatenate([*sizes, np.empty(0, np.int32)]))
    begins = ends - np.concatenate([*sizes, np.empty(0, np.int32)])
    return replace(
        old,
        start=start,
        stop=stop,
        source=np.concatenate(sources),
        gate=np.concatenate(gates),
        first=np.concatenate([old.first, begins.astype(np.int32)]),
        last=np.concatenate([old.last, ends.astype(np.int32)]),
        family=np.concatenate([old.family, _picked(old.family, new.family, moved)]),
        mass=np.concatenate([old.mass, _picked(old.mass, new.mass, moved)]),
        derived={key: kept for key, kept in old.derived.copy().items() if key[0] == ALONG_TIES},
    )


def _picked(old: NDArray[Any], new: NDArray[Any], places: NDArray[np.intp]) -> NDArray[Any]:
    """The values at places that count on from the old column into the new one."""
    picked = np.empty(len(places), old.dtype)
    late = places >= len(old)
    picked[~late], picked[late] = old[places[~late]], new[places[late] - len(old)]
    return picked
