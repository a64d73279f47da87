"""The evidence that waits for a decision, with its claim and who recorded it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph_service.domain.claims import Claim, Evidence, Status
from graph_service.graph.waiting import Place, Waiting
from graph_service.stores.damage import legible
from graph_service.stores.graph import Graph
from graph_service.stores.parts import in_parts
from graph_service.stores.standing import ClaimHistory

TOGETHER = 50
"""So many pieces are asked for at once."""


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
    for places in in_parts(found, TOGETHER):
        histories = graph.histories(place.claim for place in places)
        pieces = [_told(place, history) for place, history in zip(places, histories, strict=True)]
        about = graph.store.about_each([piece.id for _, piece in pieces])
        for (claim, piece), entries in zip(pieces, about, strict=True):
            if piece.status is Status.PROPOSED:
                yield Undecided(claim, piece, entries[0].by)


def _told(place: Place, history: ClaimHistory) -> tuple[Claim, Evidence]:
    claim, evidence = history.record.claim, history.record.evidence
    with legible(lambda: f"the lookup table under {claim.id!r}"):
        [piece] = (piece for piece in evidence if place.holds(piece.id))
    return claim, piece
