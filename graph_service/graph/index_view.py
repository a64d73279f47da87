"""The index as questions see it at one frame."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.errors import NotFound
from graph_service.graph.bonding import inclination
from graph_service.graph.citations import Citer
from graph_service.graph.fold import Fold
from graph_service.graph.histories import Cause, Changed, Footing, Told
from graph_service.graph.index_becoming import Worlds
from graph_service.graph.index_scenarios import Grounds, IndexAlternates
from graph_service.graph.index_told import footing, rows_at, told
from graph_service.graph.keeping import Kept, Projector
from graph_service.graph.merging import Merging
from graph_service.graph.packing import pack_tie
from graph_service.graph.rows import Layout, Rows
from graph_service.graph.scenarios import Scenarios
from graph_service.graph.state import Pair
from graph_service.graph.tables import ActorTable, Tables
from graph_service.graph.view import (
    Bonds,
    Citation,
    Counting,
    Credit,
    Frame,
    Links,
    Supply,
    Values,
    View,
)
from graph_service.graph.weights import Scale, weigh


class SeenActors:
    """The actors of a view: those that had come by its sequence number."""

    def __init__(self, table: ActorTable, count: int) -> None:
        self._table = table
        self._count = count
        self._find = table.ids.find

    def __len__(self) -> int:
        return self._count

    def code(self, id_: str) -> int:
        code = self._find(id_)
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


class MergedActors(SeenActors):
    """The actors of a view at which some are one: these go by one code."""

    def __init__(self, table: ActorTable, count: int, merging: Merging) -> None:
        super().__init__(table, count)
        self._merging = merging

    def code(self, id_: str) -> int:
        return self._merging.code(super().code(id_))

    def of_kind(self, kind: str) -> Sequence[int]:
        return [code for code in super().of_kind(kind) if code not in self._merging.canonical]


class Looks(Protocol):
    """Other looks at the evidence that a view was given."""

    @property
    def projector(self) -> Projector: ...
    def counting(self, frame: Frame, of: Kept) -> "IndexView":
        """The view where other evidence counts."""
        ...

    def elsewhere(self, frame: Frame, of: Kept) -> "IndexView":
        """The view at another frame."""
        ...

    def worlds(self, one: tuple[Frame, Kept], two: tuple[Frame, Kept]) -> Worlds:
        """What lies between two frames."""
        ...


class IndexView:
    """The index at one frame; the `View` that questions are asked of."""

    def __init__(
        self,
        tables: Tables,
        frame: Frame,
        kept: Kept,
        looks: Looks,
    ) -> None:
        state, merging, projection = kept.seen.state, kept.seen.merging, kept.projection
        self.ontology = tables.ontology
        self.frame = frame
        self.sequence = state.sequence
        self.actors = (
            MergedActors(tables.actors, state.actors, merging)
            if merging.canonical
            else SeenActors(tables.actors, state.actors)
        )
        self.folded = kept.folded
        self._tables = tables
        self._kept = kept
        self._seen = kept.seen
        self._state = state
        self._projection = projection
        self._looks = looks
        self.supply: Supply = projection.supply
        self.links: Links = projection.links

    def episode_name(self, id_: str) -> str:
        return self._tables.episode_names.get(id_, id_)

    def citations(self, a: int, b: int) -> tuple[Citation, ...]:
        scale = Scale(self._tables, self.frame)
        return self._cite(scale, Citer(scale), (min(a, b), max(a, b)), None)

    def crediting(self, wanted: Sequence[Credit]) -> list[tuple[Citation, ...]]:
        scale = Scale(self._tables, self.frame)
        citer = Citer(scale)
        ties: dict[tuple[frozenset[str], bool], frozenset[int]] = {}
        found = []
        for credit in wanted:
            pair = min(credit.source, credit.target), max(credit.source, credit.target)
            kind = credit.relations, credit.source < credit.target
            if kind not in ties:
                ties[kind] = self._ties_that_credit(*kind)
            found.append(self._cite(scale, citer, pair, ties[kind]))
        return found

    def _ties_that_credit(self, relations: frozenset[str], lower_first: bool) -> frozenset[int]:
        """The codes of ties of these relations that credit one actor of a pair."""
        codes = self.ontology.order_of_relations
        source, target = ("lo", "hi") if lower_first else ("hi", "lo")
        return frozenset(
            pack_tie(codes[name], forward=subject == "lo")
            for name in relations
            for subject, object_ in (("lo", "hi"), ("hi", "lo"))
            if self.ontology.relations[name].credits(subject, object_, source=source, target=target)
        )

    def _cite(
        self, scale: Scale, citer: Citer, pair: Pair, ties: frozenset[int] | None
    ) -> tuple[Citation, ...]:
        if self._seen.gathers.touches(pair):
            one = self._seen.layout(self._tables, (pair,))
            rows, live = one.rows, weigh(one, scale).omega > 0
        else:
            rows, live = self._lying(scale, pair)
        ends = self._seen.ends_by_key(pair) if self._seen.merging.touches(pair) else None
        return citer.cite(pair, rows, live.tolist(), ties, ends)

    def _lying(self, scale: Scale, pair: Pair) -> tuple[Rows, NDArray[np.bool_]]:
        """The rows of a pair as they lie, and which of them weigh anything."""
        changed = self._state.overlay.get(pair)
        if changed is None:
            place = self._state.base_slice(pair)
            return self._state.base.rows.take(place), self._projection.live[place]
        lo, hi = (np.full(1, end, "i4") for end in pair)
        one = Layout(lo, hi, np.array([0, len(changed)], "i4"), changed)
        return changed, weigh(one, scale).omega > 0

    def counted(self, counting: Counting) -> "IndexView":
        return self._looks.counting(replace(self.frame, counting=counting), self._kept)

    @property
    def bonds(self) -> Bonds:
        return self._looks.projector.bonds(self.frame, self._kept)

    def at(self, as_of: int, known_at: datetime | None) -> "IndexView":
        if (as_of, known_at) == (self.frame.as_of, self.frame.known_at):
            return self
        return self._looks.elsewhere(
            replace(self.frame, as_of=as_of, known_at=known_at), self._kept
        )

    def told(self, actors: Sequence[int], *, together: bool = False, ever: bool = False) -> Told:
        layout = rows_at(self._tables, self._seen, actors, together=together)
        return told(Scale(self._tables, self.frame), self._seen, layout, ever=ever)

    def footing(self, actors: Sequence[int] | None = None) -> Footing:
        everybody = range(len(self.actors)) if actors is None else actors
        layout = rows_at(self._tables, self._seen, everybody, together=actors is None)
        return footing(Scale(self._tables, self.frame), layout)

    def course(self, a: int, b: int, days: Sequence[int]) -> tuple[Values, Values]:
        layout = self._seen.layout(self._tables, [(min(a, b), max(a, b))])
        scales = (Scale(self._tables, replace(self.frame, as_of=day)) for day in days)
        numbers = self._looks.projector.numbers
        found = np.array([inclination(Fold(layout, one, numbers)) for one in scales])
        return found[:, 0], found[:, 1]

    def becoming(self, later: View) -> "IndexBecoming":
        assert isinstance(later, IndexView)
        worlds = self._looks.worlds((self.frame, self._kept), (later.frame, later._kept))
        return IndexBecoming(self, later, worlds)

    def after(self, cause: Cause, worlds: Worlds) -> "IndexView":
        """The graph once a cause and those before it have been applied."""
        return IndexView(self._tables, self.frame, worlds.kept(cause), self._looks)

    def under(self, scenarios: Scenarios) -> IndexAlternates:
        grounds = Grounds(self._tables, self.frame, self._seen, self.supply)
        return IndexAlternates(grounds, scenarios)

    def held_back(self, actors: Iterable[int]) -> int:
        codes = np.array(list(actors), np.int32)
        projection = self._projection
        held = np.isin(projection.held_lo, codes) | np.isin(projection.held_hi, codes)
        return int(held.sum())


class IndexBecoming:
    """How one view becomes a later one."""

    def __init__(self, one: IndexView, two: IndexView, worlds: Worlds) -> None:
        self._one, self._two, self._worlds = one, two, worlds

    @property
    def causes(self) -> tuple[Cause, ...]:
        return self._worlds.causes

    def after(self, cause: Cause) -> IndexView:
        last = cause is self.causes[-1]
        return self._two if last else self._one.after(cause, self._worlds)

    def changed(self, actors: Sequence[int], *, together: bool = False) -> Changed:
        return self._worlds.changed(actors, together=together)
