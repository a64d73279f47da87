"""The evidence of a state as it is looked at, where some actors go by others.

A few actors who are one by judgement are looked together pair by pair, as they are asked for. Many
who count as their state have all evidence laid out anew between those states, once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.merging import (
    NOBODY,
    Ends,
    Merging,
    Read,
    layout,
    read_between,
    read_pairs,
    regrouped,
    told_as,
)
from graph_service.graph.rows import Layout, Rows, concatenate, in_order, laid_out, without_replaced
from graph_service.graph.state import Pair, State, numbered
from graph_service.graph.tables import Tables


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Between whom the rows of a state that was laid out anew were told: along the rows of its
    base, and along those of each pair of its overlay."""

    base: Ends
    overlay: Mapping[Pair, Ends]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Evidence, who goes by whom in it, and, where it was laid out anew between these, between
    whom it was told."""

    state: State
    merging: Merging
    told: Told | None = None

    @property
    def gathers(self) -> Merging:
        """Who is still to be looked together, pair by pair."""
        return self.merging if self.told is None else NOBODY

    def layout(self, tables: Tables, pairs: Iterable[Pair]) -> Layout:
        """The rows of these pairs."""
        return layout(tables, self.state, self.gathers, pairs)

    def apart(self) -> list[Pair]:
        """The pairs whose rows do not lie in the base as they are looked at."""
        pairs = self.gathers.pairs(list(self.state.overlay))
        if self.gathers.canonical:
            pairs += regrouped(NOBODY, self.gathers, self.state)
        return list(dict.fromkeys(pairs))

    def pairs_at(self, actors: Sequence[int], *, together: bool) -> NDArray[np.int64]:
        """The numbers of the pairs at these actors (`together`: between two of them)."""
        merging, base, count = self.gathers, self.state.base, self.state.actors
        own = np.zeros(count, bool)
        own[[one for code in actors for one in merging.referents.get(code, (code,))]] = True
        late = np.array(list(self.state.overlay), np.int32).reshape(-1, 2)
        lo, hi = np.concatenate([base.lo, late[:, 0]]), np.concatenate([base.hi, late[:, 1]])
        at = np.flatnonzero(own[lo] & own[hi] if together else own[lo] | own[hi])
        lo, hi = lo[at], hi[at]
        if merging.canonical:
            codes = merging.codes(count)
            lo, hi = codes[lo], codes[hi]
        apart = lo != hi
        return np.unique(numbered(lo[apart], hi[apart], count))

    def as_told(self, pair: Pair) -> Iterator[tuple[Pair, Rows]]:
        """The rows of a pair, by the pair of actors that they were told of."""
        if self.told is None:
            for told in told_as(self.state, self.merging, pair):
                yield told, self.state.rows(told)
            return
        rows, ends = self.state.rows(pair), self.ends(pair)
        rows = replace(rows, tie=ends.tie)
        pairs, which = np.unique(np.stack([ends.lo, ends.hi]), axis=1, return_inverse=True)
        for number, (lo, hi) in enumerate(pairs.T.tolist()):
            yield (lo, hi), rows.take(np.flatnonzero(which.reshape(-1) == number))

    def ends(self, pair: Pair) -> Ends:
        """Between whom the rows of a pair were told, where all were laid out anew."""
        assert self.told is not None
        changed = self.told.overlay.get(pair)
        return self.told.base.take(self.state.base_slice(pair)) if changed is None else changed

    def ends_by_key(self, pair: Pair) -> dict[int, tuple[int, int, int]]:
        """Between whom each row of a pair was told, by its key: the pair and the tie there."""
        if self.told is not None:
            ends = self.ends(pair)
            columns = (ends.lo.tolist(), ends.hi.tolist(), ends.tie.tolist())
            keys = self.state.rows(pair).key.tolist()
            return dict(zip(keys, zip(*columns, strict=True), strict=True))
        return {
            key: (*told, tie)
            for told, rows in self.as_told(pair)
            for key, tie in zip(rows.key.tolist(), rows.tie.tolist(), strict=True)
        }


def laid_anew(tables: Tables, state: State, merging: Merging) -> Seen:
    """All evidence of a state, laid out between those whom the actors go by."""
    base, codes = state.base, merging.codes(state.actors)
    size = np.diff(base.start)
    lo, hi = np.repeat(base.lo, size), np.repeat(base.hi, size)
    read = read_between(tables, Ends(lo, hi, base.rows.tie), codes[lo], codes[hi], base.rows)
    read = read.take(in_order(tables, read.lo, read.hi, read.rows))
    fresh = State(state.sequence, laid_out(read.lo, read.hi, read.rows), {}, state.actors)
    seen = Seen(fresh, merging, Told(read.told, {}))
    return followed(tables, seen, state, list(state.overlay))[0]


def followed(
    tables: Tables, seen: Seen, state: State, changed: Iterable[Pair]
) -> tuple[Seen, list[Pair]]:
    """Evidence that was laid out anew, brought to a state in which these pairs changed; and the
    pairs that changed in it."""
    told: dict[Pair, list[Pair]] = {}
    for one in changed:
        pair = seen.merging.pair(one)
        if pair is not None:
            told.setdefault(pair, []).append(one)
    parts = {
        pair: _together(tables, seen, pair, read_pairs(tables, state, seen.merging, some))
        for pair, some in told.items()
    }
    return _with(seen, parts, state), list(parts)


def set_apart(
    tables: Tables, seen: Seen, state: State, apart: Mapping[int, Sequence[int]]
) -> tuple[Seen, list[Pair]]:
    """Evidence that was laid out anew, in which some actors now go by themselves: each code with
    all that go by it. And the pairs that changed in it."""
    own = {code: first for first, codes in apart.items() for code in codes}
    canonical = {code: own.get(code, first) for code, first in seen.merging.canonical.items()}
    merging = Merging.onto({code: first for code, first in canonical.items() if code != first})
    told = state.pairs_of(*own)
    left = {pair for pair in map(seen.merging.pair, told) if pair is not None}
    without = {pair: _without(seen, pair, own) for pair in left}
    seen = replace(_with(seen, without, state), merging=merging)
    seen, joined = followed(tables, seen, state, told)
    return seen, sorted(left | set(joined))


def _together(tables: Tables, seen: Seen, pair: Pair, fresh: Read) -> Read:
    """The rows of a pair with fresh ones, which replace those of their keys."""
    held, ends = seen.state.rows(pair), seen.ends(pair)
    told = Ends(
        np.concatenate([ends.lo, fresh.told.lo]),
        np.concatenate([ends.hi, fresh.told.hi]),
        np.concatenate([ends.tie, fresh.told.tie]),
    )
    rows = concatenate([held, fresh.rows])
    lo, hi = (np.full(len(rows), end, np.int32) for end in pair)
    read = Read(lo, hi, rows, told)
    kept = without_replaced(rows)
    read = read if kept is None else read.take(kept)
    return read.take(in_order(tables, read.lo, read.hi, read.rows))


def _without(seen: Seen, pair: Pair, codes: Collection[int]) -> Read:
    """The rows of a pair that were told of nobody of these."""
    rows, ends = seen.state.rows(pair), seen.ends(pair)
    some = list(codes)
    kept = np.flatnonzero(~(np.isin(ends.lo, some) | np.isin(ends.hi, some)))
    lo, hi = (np.full(len(kept), end, np.int32) for end in pair)
    return Read(lo, hi, rows.take(kept), ends.take(kept))


def _with(seen: Seen, parts: Mapping[Pair, Read], state: State) -> Seen:
    """The same with other rows of some pairs, at the place in the log where a state is."""
    assert seen.told is not None
    rows = {**seen.state.overlay, **{pair: read.rows for pair, read in parts.items()}}
    told = {**seen.told.overlay, **{pair: read.told for pair, read in parts.items()}}
    later = replace(
        seen.state,
        sequence=state.sequence,
        overlay=rows,
        actors=state.actors,
        judgements=state.judgements,
    )
    return Seen(later, seen.merging, Told(seen.told.base, told))
