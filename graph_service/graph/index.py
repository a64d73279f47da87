"""The columnar index over evidence: fed from the log, it answers views at any frame.

Evidence lies in a sorted base (`rows.Layout`) and, for pairs that changed since, in an overlay
that holds all rows of such a pair; the overlay is merged into the base when it grows. Projections
of the last few frames are kept and follow each change (`projection.patched`).
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.graph.index_becoming import Worlds
from graph_service.graph.index_view import IndexView
from graph_service.graph.keeping import Kept, Projector
from graph_service.graph.levels import Levels
from graph_service.graph.listing import Wanted, listed
from graph_service.graph.merging import NOBODY, regrouped
from graph_service.graph.rows import (
    RowTuple,
    build_layout,
    concatenate,
    row_tuple,
    rows_of,
)
from graph_service.graph.seen import Seen
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables, microseconds
from graph_service.graph.view import Fold, Frame

KEPT_PROJECTIONS = 6
KEPT_WORLDS = 2
OVERLAY_LIMIT = 4096
"""Pairs in the overlay beyond which it is merged into the base."""


class Index:
    """Evidence in columns, with every actor, source and period that it refers to."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.tables = Tables(ontology)
        self.projector = Projector(self.tables)
        empty = build_layout(self.tables, *rows_of([]))
        self.state = State(0, empty, {}, 0)
        self._projections: OrderedDict[Frame, Kept] = OrderedDict()
        self._worlds: deque[tuple[Any, Worlds]] = deque(maxlen=KEPT_WORLDS)
        self._lock = threading.RLock()
        self._levels = Levels(self.projector, self._lock, lambda: self.state)

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
        """One entry into the tables and `fresh`; whether it gives anew a known source, or a known
        actor with another kind."""
        match record:
            case Actor():
                return self.tables.actors.put(record.id, record.kind, record.name)
            case Source():
                known = self.tables.sources.ids.find(record.id) is not None
                self.tables.sources.put(record, microseconds(at))
                return known
            case Episode():
                self.tables.episodes.code(record.id)
                self.tables.episode_names[record.id] = record.name
            case ClaimRecord():
                claim = record.claim
                fresh += [row_tuple(self.tables, claim, p, sequence) for p in record.evidence]
            case Judgement():
                self.tables.judgements.put(sequence, microseconds(record.at or at), record)
            case _:
                pass  # a decision reaches the index as what it changes
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
        self.state = State(sequence, self.state.base, overlay, actors, len(self.tables.judgements))
        if reissued:
            self._projections.clear()
            self._levels.clear()
        self._follow(list(changed))

    def _rebuild(self, sequence: int, fresh: list[RowTuple], actors: int) -> None:
        lo, hi, rows = self.state.columns()
        new_lo, new_hi, new_rows = rows_of(fresh)
        base = build_layout(
            self.tables,
            np.concatenate([lo, new_lo]),
            np.concatenate([hi, new_hi]),
            concatenate([rows, new_rows]),
        )
        self.state = State(sequence, base, {}, actors, len(self.tables.judgements))
        self._projections.clear()
        self._levels.clear()

    def _follow(self, changed: list[Pair]) -> None:
        """Bring the kept projections to the new state; drop those that hold more places that
        nobody refers to any longer than places in use."""
        for frame, kept in list(self._projections.items()):
            brought = self._brought(frame, kept, changed, self.state)
            if brought.projection.is_worn:
                del self._projections[frame]
            else:
                self._projections[frame] = brought
        self._levels.follow(changed, self.state)

    def _brought(self, frame: Frame, kept: Kept, changed: list[Pair], state: State) -> Kept:
        """What was kept of a frame, brought to a state in which these pairs changed."""
        merging = kept.seen.merging
        pairs = merging.pairs(changed)
        if state.judgements != kept.state.judgements:
            merging = self.projector.merging(frame, state)
            pairs = merging.pairs(changed) + regrouped(kept.seen.merging, merging, state)
        seen = Seen(state, merging)
        projection = self.projector.brought(frame, kept.projection, seen, pairs)
        return Kept(state, seen, projection)

    def compact(self) -> None:
        """Merge the overlay into the base."""
        with self._lock:
            if self.state.overlay:
                self._rebuild(self.sequence, [], self.state.actors)

    def view(self, frame: Frame) -> IndexView:
        """The graph at a frame; the first view at a new frame projects all evidence once, without
        keeping others from the frames that are there."""
        kept = self._levels.at(frame) if frame.fold is Fold.STATE else None
        return IndexView(self.tables, frame, kept or self._plain(_unfolded(frame)), self)

    def _plain(self, frame: Frame) -> Kept:
        kept = self._projections.get(frame)
        if kept is None:
            return self._keep(frame, self.state)
        if self._lock.acquire(blocking=False):  # which frames were used last is but a hint
            if frame in self._projections:
                self._projections.move_to_end(frame)
            self._lock.release()
        return kept

    def counting(self, frame: Frame, of: Kept) -> IndexView:
        """The view where other evidence counts, of the very evidence that a view was given."""
        if of.who is not None:
            return IndexView(self.tables, frame, self._levels.counted(frame, of), self)
        return self._of_state(frame, of.state)

    def elsewhere(self, frame: Frame, of: Kept) -> IndexView:
        """The view at another frame of the evidence that a view was given; at the level of states,
        where others may count as a state there, of the evidence as it stands."""
        return self.view(frame) if frame.fold is Fold.STATE else self._of_state(frame, of.state)

    def _of_state(self, frame: Frame, state: State) -> IndexView:
        plain = _unfolded(frame)
        kept = self._projections.get(plain) or self._keep(plain, state)
        if kept.state is not state:
            kept = self._whole(plain, state)
        return IndexView(self.tables, frame, kept, self)

    def worlds(self, one: tuple[Frame, Kept], two: tuple[Frame, Kept]) -> Worlds:
        """What lies between two frames; the last that were asked for are kept."""
        for known, worlds in self._worlds:
            if known[0] == (one[0], two[0]) and known[1] is one[1] and known[2] is two[1]:
                return worlds
        worlds = Worlds(self.projector, one, two)
        self._worlds.append((((one[0], two[0]), one[1], two[1]), worlds))
        return worlds

    def is_warm(self, frame: Frame) -> bool:
        """Whether a view at this frame needs no projection of all evidence."""
        return frame in self._projections

    def _keep(self, frame: Frame, state: State) -> Kept:
        kept = self._whole(frame, state)
        with self._lock:
            changed = state.changed_until(self.state)
            if changed is None:  # a new base: what was projected stays true of its own state
                return kept
            kept = self._projections[frame] = self._brought(frame, kept, changed, self.state)
            while len(self._projections) > KEPT_PROJECTIONS:
                self._projections.popitem(last=False)
            return kept

    def _whole(self, frame: Frame, state: State) -> Kept:
        """What all evidence of a state comes to."""
        base = State(state.sequence, state.base, {}, state.actors)
        projection = self.projector.of_layout(frame, state.base, state.actors)
        whole = Kept(base, Seen(base, NOBODY), projection)
        return self._brought(frame, whole, list(state.overlay), state)

    def identities(self, known_at: datetime | None = None) -> Identities:
        """Which actors are one, by the judgements that were recorded by then."""
        return self.tables.judgements.at(self.state.judgements, microseconds(known_at))

    def canonical(self, id_: str, known_at: datetime | None = None) -> str:
        """The id that an actor goes by: of all that are one with it, the one that came first."""
        if not self.state.judgements:
            return id_
        code = self.tables.actors.ids.find
        return min(self.identities(known_at).one_with(id_), key=lambda one: code(one) or 0)

    def claim_keys(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object_: str | None = None,
        source: str | None = None,
        episode: str | None = None,
    ) -> Iterator[tuple[int, str]]:
        """(sequence of its first entry, id) of every claim that fits, in the order of arrival."""
        wanted = Wanted(subject, relation, object_, source, episode)
        return listed(self.tables, self.state, wanted)


def _unfolded(frame: Frame) -> Frame:
    """The same frame, at which everybody goes by their own name."""
    return replace(frame, fold=Fold.NONE, about=()) if frame.fold is Fold.STATE else frame
