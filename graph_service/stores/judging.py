"""What was judged of actors, as the log has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from graph_service.domain.actors import Actor
from graph_service.domain.errors import StoreCorrupt
from graph_service.domain.identity import Judgement
from graph_service.graph.tables import microseconds
from graph_service.names.candidates import Pair, candidates
from graph_service.stores.graph import Graph


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with its place in the log, and whether it holds: no later one replaced it."""

    sequence: int
    record: Judgement
    holds: bool


def joined(
    graph: Graph, id_: str, known_at: datetime | None = None
) -> Iterator[tuple[Actor, Judged]]:
    """Every other actor that goes by this id, with the judgement that made it one with those
    before it."""
    referents = graph.referents(id_, known_at)
    if not referents:
        return
    identities = graph.index.identities(known_at)
    holding = graph.index.tables.judgements.holding(microseconds(known_at))
    for referent in referents:
        step = identities.chain(id_, referent)[-1]
        yield graph.actor(referent), judged(graph, holding[step.pair], holds=True)


def alike(graph: Graph, actor: str | None = None, *, limit: int = 20) -> list[Pair]:
    """Actors who may be one and were not judged, the likeliest first; only pairs of one actor, if
    it is named. Raises `NotFound` where nobody has that id."""
    about = None if actor is None else graph.canonical(graph.actor(actor).id)
    known = graph.index.identities()

    def settled(left: str, right: str) -> bool:
        if known.on(left, right) is not None:
            return True
        return bool(known.chain(left, right)) or any(known.apart(left, right))

    return candidates(graph.actors(), settled=settled, about=about)[:limit]


def judged(graph: Graph, sequence: int, *, holds: bool) -> Judged:
    """The judgement in that place of the log."""
    for entry in graph.store.entries(after=sequence - 1, until=sequence):
        if isinstance(entry.record, Judgement):
            return Judged(sequence, entry.record, holds)
    raise StoreCorrupt(f"entry {sequence} is no judgement: run graph-service verify")
