"""What a write of proposals would come to: admitted as a store admits them, and not written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from graph_service.domain.actors import Actor
from graph_service.domain.admission import Admission, admit
from graph_service.domain.claims import ClaimRecord, Evidence
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Identities
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.base import Receipt, Store
from graph_service.stores.standing import fold_evidence

N = TypeVar("N", Actor, Source, Episode)


def rehearse(
    store: Store, records: Iterable[Record], ontology: Ontology, *, at: datetime
) -> Receipt:
    """The receipt that writing these actors, sources, episodes and claims would give at a time,
    but that its sequence is the one now; raises what writing them would raise."""
    return Rehearsal(store, ontology, at=at).take(records)


class Rehearsal:
    """Several writes one after the other, none of them made. The nouns of each are known to those
    after it; of claims and evidence that is so only within one write, so that millions may pass."""

    def __init__(self, store: Store, ontology: Ontology, *, at: datetime) -> None:
        self._known = _Rehearsal(store)
        self._terms = Admission(ontology, at)

    def take(self, records: Iterable[Record]) -> Receipt:
        """The receipt that writing these records would give; raises what it would raise."""
        known = self._known
        known.claims, known.pieces = {}, {}
        written = already = 0
        for record in records:
            admitted = admit(record, known, self._terms)
            known.note(record, admitted)
            written += admitted is not None
            already += admitted is None
        claims, evidence = tuple(known.claims), tuple(known.pieces)
        return Receipt(known.store.head().sequence, written, already, claims, evidence)


@dataclass(slots=True)
class _Rehearsal:
    """What the store knows, and what was admitted before."""

    store: Store
    claims: dict[str, None] = field(default_factory=dict)
    pieces: dict[str, Evidence] = field(default_factory=dict)
    nouns: dict[tuple[type, str], Record] = field(default_factory=dict)

    def actor(self, id_: str) -> Actor | None:
        return self._noun(id_, Actor)

    def source(self, id_: str) -> Source | None:
        return self._noun(id_, Source)

    def episode(self, id_: str) -> Episode | None:
        return self._noun(id_, Episode)

    def evidence(self, id_: str) -> Evidence | None:
        if id_ in self.pieces:
            return self.pieces[id_]
        folded = fold_evidence(id_, self.store.about(id_))
        return None if folded is None else folded[1]

    def identities(self) -> Identities:
        return Identities()  # judgements are no proposals

    def last_change(self, claim: str) -> int:
        entries = self.store.about(claim)
        return entries[-1].sequence if entries else 0

    def note(self, record: Record, admitted: Record | None) -> None:
        if isinstance(record, ClaimRecord):
            self.claims[record.claim.id] = None
            self.pieces.update((piece.id, piece) for piece in record.evidence)
        if isinstance(admitted, Actor | Source | Episode):
            self.nouns[type(admitted), admitted.id] = admitted

    def _noun(self, id_: str, kind: type[N]) -> N | None:
        found = self.nouns.get((kind, id_))
        if found is None:
            entries = self.store.about(f"{kind.__name__.lower()}:{id_}")
            found = entries[-1].record if entries else None
        return found if isinstance(found, kind) else None
