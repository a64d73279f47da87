"""Lists the claims of an index, in the order of their arrival."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph_service.graph.citations import EPISODE, SEQUENCE, SOURCE, TIE, Citer, Row, claims_in
from graph_service.graph.packing import direction, relation_of
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables
from graph_service.graph.view import Frame
from graph_service.graph.weights import Scale

NOWHERE = -2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims to list: all of what is given must fit."""

    subject: str | None = None
    relation: str | None = None
    object: str | None = None
    source: str | None = None
    episode: str | None = None


def listed(tables: Tables, state: State, wanted: Wanted) -> Iterator[tuple[int, str]]:
    """(sequence of its first entry, id) of every claim that fits, ascending."""
    return iter(sorted(_Listing(tables, state, wanted).found()))


class _Listing:
    def __init__(self, tables: Tables, state: State, wanted: Wanted) -> None:
        self._tables = tables
        self._state = state
        self._wanted = wanted
        self._relations = list(tables.ontology.relations)
        self._citer = Citer(Scale(tables, Frame(0)))
        self._source = _code(tables.sources.ids.find, wanted.source)
        self._episode = _code(tables.episodes.find, wanted.episode)

    def found(self) -> Iterator[tuple[int, str]]:
        for pair in self._pairs():
            for claim, members in claims_in(self._state.rows(pair)):
                if self._fits(pair, members):
                    first = min(row[SEQUENCE] for row in members)
                    yield first, self._citer.id_of(*pair, claim)

    def _pairs(self) -> list[Pair]:
        given = [name for name in (self._wanted.subject, self._wanted.object) if name is not None]
        ends = [self._tables.actors.ids.find(name) for name in given]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return []
        if len(known) == 2:
            return [(min(known), max(known))]
        if known:
            return self._state.pairs_of(known[0])
        base = self._state.base
        pairs = zip(base.lo.tolist(), base.hi.tolist(), strict=True)
        return sorted({*pairs, *self._state.overlay})

    def _fits(self, pair: Pair, members: list[Row]) -> bool:
        row, wanted, ids = members[0], self._wanted, self._tables.actors.ids
        subject, object_ = pair if direction(row[TIE]) else (pair[1], pair[0])
        return (
            wanted.relation in (None, self._relations[relation_of(row[TIE])])
            and wanted.subject in (None, ids[subject])
            and wanted.object in (None, ids[object_])
            and (wanted.episode is None or row[EPISODE] == self._episode)
            and (wanted.source is None or any(r[SOURCE] == self._source for r in members))
        )


def _code(find: Callable[[str], int | None], name: str | None) -> int:
    """The code of a name; one that nothing has, where the name is not known."""
    code = None if name is None else find(name)
    return NOWHERE if code is None else code
