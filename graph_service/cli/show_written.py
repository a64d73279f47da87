"""What became of a proposal, as a page for people or as the body that the API gives."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.forms_writing import ProposeForm
from graph_service.cli.sheet import Sheet
from graph_service.cli.telling import cited, names_in, said, sheet_of
from graph_service.domain.actors import Actor
from graph_service.domain.admission import ANEW
from graph_service.domain.claims import ClaimRecord, Evidence, Status
from graph_service.domain.records import Record
from graph_service.queries.answers import NounMeta, as_json
from graph_service.stores.base import Receipt
from graph_service.stores.graph import Graph

MOST_TOLD = 20


class Proposed:
    """Records on their way to the store; the first claims among them and the names of actors are
    remembered, to be told."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.claims: dict[str, ClaimRecord] = {}
        self.names: dict[str, str] = {}
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if isinstance(record, Actor):
                self.names[record.id] = record.name
            elif isinstance(record, ClaimRecord):
                self._remember(record)
            yield record

    def _remember(self, record: ClaimRecord) -> None:
        there = self.claims.get(record.claim.id)
        if there is not None:
            pieces = (*there.evidence, *record.evidence)
            self.claims[record.claim.id] = ClaimRecord(record.claim, pieces)
        elif len(self.claims) < MOST_TOLD:
            self.claims[record.claim.id] = record


def written_body(receipt: Receipt) -> dict[str, Any]:
    """What a write was about, as JSON, the same over HTTP."""
    data = {"claims": list(receipt.claims), "evidence": list(receipt.evidence)}
    return {"data": data, "meta": as_json(NounMeta(receipt.sequence))}


def show_proposed(
    desk: Desk, graph: Graph, form: ProposeForm, proposed: Proposed, receipt: Receipt
) -> None:
    """How much was taken, the claims in words, and the ids of claims and evidence."""
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps(written_body(receipt)))
        return
    known = names_in(graph)
    sheet = sheet_of(desk, graph, lambda id_: proposed.names.get(id_) or known(id_))
    sheet.line(_done(receipt, form))
    about, waits = set(receipt.evidence), len(receipt.claims) > MOST_TOLD
    for id_ in receipt.claims[:MOST_TOLD]:
        record = proposed.claims.get(id_) or graph.claim(id_).record
        sheet.line()
        sheet.line(said(record.claim, graph.ontology, sheet.name_of), hang=2)
        sheet.line(id_, indent=2)
        standing = _standing(graph, id_)
        for piece in record.evidence:
            if piece.id in about:
                now = standing.get(piece.id, piece)
                waits |= now.status is Status.PROPOSED
                _show_piece(sheet, now)
    sheet.line()
    if len(receipt.claims) > MOST_TOLD:
        sheet.line(f"and {len(receipt.claims) - MOST_TOLD} more claims")
    if waits and not form.dry_run:
        sheet.line("Nothing rests on it before it is accepted: graph-service decide accept ID")


def _standing(graph: Graph, claim: str) -> dict[str, Evidence]:
    """The evidence on a claim by its id, as it stands; none where nothing was written of it yet."""
    known = graph.claim(claim).record.evidence if graph.store.about(claim) else ()
    return {piece.id: piece for piece in known}


def _show_piece(sheet: Sheet, piece: Evidence) -> None:
    sheet.line(f"{piece.id} {cited(piece)}", indent=2, hang=2)
    if piece.status is not Status.PROPOSED:
        decided = piece.retracted_at or piece.decided_at
        on = f" on {decided.date()}" if decided else ""
        because = f", because: {piece.reason}" if piece.reason else ""
        sheet.line(f"it was {piece.status}{on}{because}", indent=4, hang=2)
    if piece.status in (Status.REJECTED, Status.RETRACTED):
        sheet.line(ANEW, indent=4, hang=2)


def _done(receipt: Receipt, form: ProposeForm) -> str:
    if form.dry_run:
        return f"{receipt.written} would be taken, {receipt.known} known already; nothing written"
    again = f"Done before, under the key {form.idempotency_key!r}: " if receipt.replayed else ""
    return (
        f"{again}{receipt.written} taken, {receipt.known} known already, "
        f"up to entry {receipt.sequence}"
    )
