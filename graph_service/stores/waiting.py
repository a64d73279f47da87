"""The evidence that waits for a decision, with its claim and who recorded it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph_service.domain.claims import Claim, Evidence, Status
from graph_service.graph.waiting import Waiting
from graph_service.stores.damage import legible
from graph_service.stores.graph import Graph


@dataclass(frozen=True, slots=True)
class Undecided:
    """A piece of evidence that is proposed, and who recorded it."""

    claim: Claim
    evidence: Evidence
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What waited for a decision at a sequence number, oldest first; how many pieces there are in
    all. A piece that was decided since is left out."""

    sequence: int
    total: int
    pieces: Iterator[Undecided]


def waiting(graph: Graph, actors: Collection[str] | None = None) -> Queue:
    """What waits for a decision now; with `actors`, only what is about one of these ids."""
    graph.refresh()
    state = graph.index.state
    found = Waiting(graph.index.tables, state, actors)
    return Queue(state.sequence, len(found), _pieces(graph, found))


def _pieces(graph: Graph, found: Waiting) -> Iterator[Undecided]:
    for place in found:
        with legible(lambda: f"the lookup table under {place.claim!r}"):  # noqa: B023 - used within
            record = graph.claim(place.claim).record
            [piece] = (piece for piece in record.evidence if place.holds(piece.id))
            by = graph.store.about(piece.id)[0].by
        if piece.status is Status.PROPOSED:
            yield Undecided(record.claim, piece, by)
