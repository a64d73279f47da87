"""The columnar index over evidence: fed from the log, it answers views at any frame.

Evidence lies in a sorted base (`rows.Layout`) and, for pairs that changed since, in an overlay
that holds all rows of such a pair; the overlay is merged into the base when it grows. Projections
of the last few frames are kept and follow each change (`projection.patched`).
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

import numpy as np

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import NotFound
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.graph.citations import SEQUENCE, SOURCE, Citer, claims_in
from graph_service.graph.fold import Coefficients, fold
from graph_service.graph.projection import Projection, patched, project
from graph_service.graph.rows import (
    Layout,
    Rows,
    RowTuple,
    build_layout,
    concatenate,
    row_tuple,
    rows_of,
)
from graph_service.graph.tables import ActorTable, Tables, microseconds
from graph_service.graph.view import Citation, Codes, Frame, Links, Supply
from graph_service.graph.weights import Scale, weigh

KEPT_PROJECTIONS = 6
OVERLAY_LIMIT = 4096
"""Pairs in the overlay beyond which it is merged into the base."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All evidence up to a sequence number; immutable."""

    sequence: int
    base: Layout
    overlay: Mapping[Pair, Rows]
    actors: int

    def rows(self, pair: Pair) -> Rows:
        """The rows of one pair."""
        changed = self.overlay.get(pair)
        return self.base.rows.take(self.base_slice(pair)) if changed is None else changed

    def base_slice(self, pair: Pair) -> slice:
        """Where the base holds the rows of one pair."""
        lo, hi = pair
        first = int(np.searchsorted(self.base.lo, np.int32(lo)))
        last = int(np.searchsorted(self.base.lo, np.int32(lo), side="right"))
        place = first + int(np.searchsorted(self.base.hi[first:last], np.int32(hi)))
        if place == last or self.base.hi[place] != hi:
            return slice(0, 0)
        return slice(int(self.base.start[place]), int(self.base.start[place + 1]))

    def pairs_of(self, actor: int) -> list[Pair]:
        """Every pair that an actor is one of."""
        lo, hi = self.base.lo, self.base.hi
        places = np.flatnonzero((lo == actor) | (hi == actor))
        pairs = set(zip(lo[places].tolist(), hi[places].tolist(), strict=True))
        return sorted(pairs | {pair for pair in self.overlay if actor in pair})

    def layout(self) -> tuple[Codes, Codes, Rows]:
        """Every row with its pair, base and overlay together, the overlay's behind."""
        size = np.diff(self.base.start)
        pairs = list(self.overlay.items())
        lo = [np.repeat(self.base.lo, size), *(np.full(len(r), p[0], "i4") for p, r in pairs)]
        hi = [np.repeat(self.base.hi, size), *(np.full(len(r), p[1], "i4") for p, r in pairs)]
        rows = concatenate([self.base.rows, *self.overlay.values()])
        return np.concatenate(lo), np.concatenate(hi), rows


class Index:
    """Evidence in columns, with every actor, source and period that it refers to."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.tables = Tables(ontology)
        self.numbers = Coefficients(ontology)
        empty = build_layout(self.tables, *rows_of([]))
        self.state = State(0, empty, {}, 0)
        self._projections: OrderedDict[Frame, tuple[State, Projection]] = OrderedDict()
        self._lock = threading.RLock()

    @property
    def sequence(self) -> int:
        """The last entry of the log that the index has seen."""
        return self.state.sequence

    @property
    def nbytes(self) -> int:
        """Bytes of the columns over evidence."""
        overlay = sum(rows.nbytes for rows in self.state.overlay.values())
        return self.state.base.nbytes + overlay

    def apply(self, sequence: int, record: Record, at: datetime) -> None:
        """Take in one entry of the log. A claim's evidence carries its whole life; evidence with
        a known id replaces what was known of it."""
        self.extend([(sequence, record, at)])

    def extend(self, entries: Iterable[tuple[int, Record, datetime]]) -> None:
        """Take in entries of the log in their order."""
        with self._lock:
            sequence, reissued = self.sequence, False
            fresh: list[RowTuple] = []
            for sequence, record, at in entries:
                reissued |= self._take(sequence, record, at, fresh)
            self._absorb(sequence, fresh, reissued=reissued)

    def _take(self, sequence: int, record: Record, at: datetime, fresh: list[RowTuple]) -> bool:
        """One entry into the tables and `fresh`; whether it gives a known source anew."""
        match record:
            case Actor():
                self.tables.actors.put(record.id, record.kind, record.name)
            case Source():
                known = self.tables.sources.ids.find(record.id) is not None
                self.tables.sources.put(record, microseconds(at))
                return known
            case Episode():
                self.tables.episodes.code(record.id)
            case ClaimRecord():
                claim = record.claim
                fresh += [row_tuple(self.tables, claim, p, sequence) for p in record.evidence]
            case _:
                pass  # judgements and decisions reach the index as what they change
        return False

    def _absorb(self, sequence: int, fresh: list[RowTuple], *, reissued: bool) -> None:
        actors = len(self.tables.actors.ids)
        changed: dict[Pair, list[RowTuple]] = {}
        for row in fresh:
            changed.setdefault((row[0], row[1]), []).append(row)
        if len(changed) + len(self.state.overlay) > OVERLAY_LIMIT:
            self._rebuild(sequence, fresh, actors)
            return
        overlay = dict(self.state.overlay)
        for pair, rows in changed.items():
            columns = rows_of(rows)
            held = self.state.rows(pair)
            lo, hi = (np.full(len(held) + len(rows), end, "i4") for end in pair)
            overlay[pair] = build_layout(self.tables, lo, hi, concatenate([held, columns[2]])).rows
        self.state = State(sequence, self.state.base, overlay, actors)
        if reissued:
            self._projections.clear()
        self._follow(list(changed))

    def _rebuild(self, sequence: int, fresh: list[RowTuple], actors: int) -> None:
        lo, hi, rows = self.state.layout()
        if self.state.overlay:  # the overlay's rows of a pair stand for the base's
            kept = _not_overlaid(self.state)
            lo, hi, rows = lo[kept], hi[kept], rows.take(kept)
        new_lo, new_hi, new_rows = rows_of(fresh)
        base = build_layout(
            self.tables,
            np.concatenate([lo, new_lo]),
            np.concatenate([hi, new_hi]),
            concatenate([rows, new_rows]),
        )
        self.state = State(sequence, base, {}, actors)
        self._projections.clear()

    def _follow(self, changed: list[Pair]) -> None:
        """Bring the kept projections to the new state."""
        for frame, (_, projection) in list(self._projections.items()):
            if changed or len(projection.supply.start) != self.state.actors:
                projection = self._patched(frame, projection, changed)
            self._projections[frame] = (self.state, projection)

    def _patched(self, frame: Frame, old: Projection, changed: list[Pair]) -> Projection:
        parts = [(pair, self.state.rows(pair)) for pair in changed]
        lo, hi = (
            np.concatenate(
                [np.full(len(r), pair[end], "i4") for pair, r in parts] or [np.empty(0, "i4")]
            )
            for end in (0, 1)
        )
        rows = concatenate([r for _, r in parts]) if parts else rows_of([])[2]
        layout = build_layout(self.tables, lo, hi, rows)
        return patched(old, self._project(frame, layout), changed, self.state.actors)

    def _project(self, frame: Frame, layout: Layout) -> Projection:
        folded = fold(layout, Scale(self.tables, frame), self.numbers)
        symmetric = self.numbers.symmetric
        return project(folded, layout.lo, layout.hi, self.state.actors, symmetric)

    def compact(self) -> None:
        """Merge the overlay into the base."""
        with self._lock:
            if self.state.overlay:
                self._rebuild(self.sequence, [], self.state.actors)

    def view(self, frame: Frame) -> "IndexView":
        """The graph at a frame; the first view at a new frame projects all evidence once."""
        with self._lock:
            kept = self._projections.get(frame)
            if kept is None:
                if self.state.overlay:
                    projection = self._overlaid(frame)
                else:
                    projection = self._project(frame, self.state.base)
                kept = (self.state, projection)
                self._projections[frame] = kept
            self._projections.move_to_end(frame)
            while len(self._projections) > KEPT_PROJECTIONS:
                self._projections.popitem(last=False)
            return IndexView(self.tables, frame, *kept)

    def _overlaid(self, frame: Frame) -> Projection:
        base = self._project(frame, self.state.base)
        return self._patched(frame, base, list(self.state.overlay))

    def claim_keys(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object_: str | None = None,
        source: str | None = None,
    ) -> Iterator[tuple[int, str]]:
        """(sequence of its first entry, id) of every claim that fits, in the order of arrival."""
        state = self.state
        citer = Citer(Scale(self.tables, Frame(0)))
        source_code = None if source is None else self.tables.sources.ids.find(source)
        if source is not None and source_code is None:
            return iter(())
        found = []
        for lo, hi in self._pairs(state, subject, object_):
            for claim, members in claims_in(state.rows((lo, hi))):
                cites = source is None or any(row[SOURCE] == source_code for row in members)
                if cites and self._fits(claim[0], (lo, hi), relation, subject, object_):
                    first = min(row[SEQUENCE] for row in members)
                    found.append((first, citer.id_of(lo, hi, claim)))
        return iter(sorted(found))

    def _pairs(self, state: State, subject: str | None, object_: str | None) -> list[Pair]:
        ends = [self.tables.actors.ids.find(id_) for id_ in (subject, object_) if id_ is not None]
        if None in ends:
            return []
        if len(ends) == 2:
            lo, hi = sorted(end for end in ends if end is not None)
            return [(lo, hi)]
        if len(ends) == 1 and ends[0] is not None:
            return state.pairs_of(ends[0])
        base = zip(state.base.lo.tolist(), state.base.hi.tolist(), strict=True)
        return sorted(set(base) | set(state.overlay))

    def _fits(
        self, tie: int, pair: Pair, relation: str | None, subject: str | None, object_: str | None
    ) -> bool:
        ids = self.tables.actors.ids
        ends = (pair[0], pair[1]) if tie & 1 else (pair[1], pair[0])
        name = list(self.ontology.relations)[tie >> 1]
        return (
            (relation is None or name == relation)
            and (subject is None or ids[ends[0]] == subject)
            and (object_ is None or ids[ends[1]] == object_)
        )


def _not_overlaid(state: State) -> Codes:
    size = np.diff(state.base.start)
    pairs = zip(state.base.lo.tolist(), state.base.hi.tolist(), strict=True)
    kept = np.repeat([pair not in state.overlay for pair in pairs], size)
    overlaid = sum(len(rows) for rows in state.overlay.values())
    return np.flatnonzero(np.concatenate([kept, np.ones(overlaid, bool)])).astype(np.int32)


class SeenActors:
    """The actors of a view: those that had come by its sequence number."""

    def __init__(self, table: ActorTable, count: int) -> None:
        self._table = table
        self._count = count

    def __len__(self) -> int:
        return self._count

    def code(self, id_: str) -> int:
        code = self._table.ids.find(id_)
        if code is None or code >= self._count:
            known = self._table.ids.values[: self._count]
            raise NotFound("actor", id_, suggestions=get_close_matches(id_, known, n=3))
        return code

    def id(self, code: int) -> str:
        return self._table.ids[code]

    def name(self, code: int) -> str:
        return self._table.names[code]

    def kind(self, code: int) -> str:
        return self._table.kinds[code]

    def of_kind(self, kind: str) -> Sequence[int]:
        return [code for code in self._table.by_kind.get(kind, ()) if code < self._count]


class IndexView:
    """The index at one frame; the `View` that questions are asked of."""

    def __init__(self, tables: Tables, frame: Frame, state: State, projection: Projection) -> None:
        self.ontology = tables.ontology
        self.frame = frame
        self.sequence = state.sequence
        self.actors = SeenActors(tables.actors, state.actors)
        self._tables = tables
        self._state = state
        self._projection = projection

    @property
    def supply(self) -> Supply:
        return self._projection.supply

    @property
    def links(self) -> Links:
        return self._projection.links

    def citations(self, a: int, b: int) -> tuple[Citation, ...]:
        return self.citations_of([(a, b)])[0]

    def citations_of(self, pairs: Sequence[Pair]) -> list[tuple[Citation, ...]]:
        scale = Scale(self._tables, self.frame)
        citer = Citer(scale)
        return [self._cite(scale, citer, (min(pair), max(pair))) for pair in pairs]

    def _cite(self, scale: Scale, citer: Citer, pair: Pair) -> tuple[Citation, ...]:
        changed = self._state.overlay.get(pair)
        if changed is None:
            place = self._state.base_slice(pair)
            rows, live = self._state.base.rows.take(place), self._projection.live[place]
        else:
            lo, hi = (np.full(1, end, "i4") for end in pair)
            one = Layout(lo, hi, np.array([0, len(changed)], "i4"), changed)
            rows, live = changed, weigh(one, scale).omega > 0
        return citer.cite(*pair, rows, live.tolist())

    def held_back(self, actors: Iterable[int]) -> int:
        codes = np.array(list(actors), np.int32)
        projection = self._projection
        held = np.isin(projection.held_lo, codes) | np.isin(projection.held_hi, codes)
        return int(held.sum())
