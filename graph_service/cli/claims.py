"""One claim: what is said for and against it, and everything that happened to it."""

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_writing import ClaimForm
from graph_service.cli.sheet import Sheet
from graph_service.cli.show_decided import change_in_words
from graph_service.cli.telling import according, placed, said, sheet_of
from graph_service.domain.claims import (
    ClaimRecord,
    Evidence,
    Modality,
    Stance,
    Status,
    state_of,
)
from graph_service.domain.errors import NotFound
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import NounMeta, as_json
from graph_service.queries.words import source_in_words, two_decimals
from graph_service.stores.graph import Graph
from graph_service.stores.history import change, claim_in_full
from graph_service.stores.standing import ClaimHistory


def claim(desk: Desk, form: ClaimForm) -> int:
    """One claim with the evidence for and against it, and what became of it when and why."""
    with desk.graph() as graph:
        found = graph.claim(_claim_meant(graph, form.id))
        if desk.shown_as(form.format) is Format.JSON:
            data = as_json(claim_in_full(found.record, found.history))
            meta = as_json(NounMeta(graph.index.sequence))
            desk.write(orjson.dumps({"data": data, "meta": meta}))
        else:
            _show(sheet_of(desk, graph), graph, found)
    return ANSWERED


def _claim_meant(graph: Graph, id_: str) -> str:
    """The id of a claim, or of the claim that a piece of evidence is about."""
    if not id_.startswith("e_"):
        return id_
    told = (entry.record for entry in graph.store.about(id_))
    found = next((record.claim.id for record in told if isinstance(record, ClaimRecord)), None)
    if found is None:
        raise NotFound("evidence", id_)
    return found


def _show(sheet: Sheet, graph: Graph, found: ClaimHistory) -> None:
    record = found.record
    accepted = [piece for piece in record.evidence if piece.status is Status.ACCEPTED]
    sheet.title(
        said(record.claim, graph.ontology, sheet.name_of) + according(accepted, sheet.name_of)
    )
    sheet.line(f"{record.claim.id}: {state_of(record.evidence)}")
    if record.claim.episode:
        sheet.line(f"part of {graph.episode(record.claim.episode).name}")
    for stance, heading in ((Stance.ASSERTED, "For it"), (Stance.DENIED, "Against it")):
        pieces = [piece for piece in record.evidence if piece.stance is stance]
        if pieces:
            sheet.line()
            sheet.title(heading)
            for piece in pieces:
                _evidence(sheet, piece)
    sheet.line()
    sheet.title("What happened")
    for entry in found.history:
        sheet.line(change_in_words(change(entry)), indent=1, hang=4)
    sheet.line()
    sheet.title("Sources")
    for id_ in dict.fromkeys(piece.source for piece in record.evidence):
        source = graph.source(id_)
        shown = CitedSource(id_, source.title, source.published, source.reliability.value)
        sheet.line(f"[{id_}] {source_in_words(shown)}", indent=1, hang=4)
    sheet.line()
    sheet.line(f"Up to entry {graph.index.sequence}.")


def _evidence(sheet: Sheet, piece: Evidence) -> None:
    sheet.line(f"{piece.id} {piece.status}", indent=1)
    told = [
        placed(piece.source, piece.locator),
        f"confidence {two_decimals(piece.confidence)}",
        *([piece.modality] if piece.modality is not Modality.DONE else []),
        *(mark for mark in (piece.strength, piece.outcome) if mark is not None),
        *([f"{piece.amount:g} {piece.unit or ''}".strip()] if piece.amount is not None else []),
        *([f"attributed to {sheet.name_of(piece.attributed_to)}"] if piece.attributed_to else []),
        *([f"coded by {piece.coder}"] if piece.coder else []),
    ]
    sheet.line(", ".join(told), indent=3, hang=2)
    if piece.passage:
        sheet.line(f"“{piece.passage}”", indent=3, hang=2)
    if piece.reason:
        sheet.line(f"because: {piece.reason}", indent=3, hang=2)
