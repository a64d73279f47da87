"""What waits for a decision, what became of claims by decisions, and what came between."""

from collections.abc import Iterable, Sequence

import orjson
from rich.console import Console

from graph_service.cli.desk import Desk, Format
from graph_service.cli.show_written import written_body
from graph_service.cli.telling import at_second, cited, names_in, said, sheet_of
from graph_service.domain.claims import Decision, Stance, claim_fields, state_of
from graph_service.domain.errors import LostUpdate
from graph_service.queries.answers import NounMeta, as_json
from graph_service.queries.words import count
from graph_service.stores.base import Entry, Receipt
from graph_service.stores.graph import Graph
from graph_service.stores.history import Change, changes_after, evidence_shown
from graph_service.stores.standing import fold_claim
from graph_service.stores.waiting import Queue, Undecided

MOST_TOLD = 50


def show_decided(desk: Desk, graph: Graph, receipt: Receipt, wanted: Format | None) -> None:
    """Each claim with its state before and after a write of decisions, and what was decided."""
    if desk.shown_as(wanted) is Format.JSON:
        desk.write(orjson.dumps(written_body(receipt)))
        return
    sheet = sheet_of(desk, graph)
    if receipt.replayed:
        sheet.line("Done before, under this key:")
    for id_ in receipt.claims[:MOST_TOLD]:
        claim = graph.claim(id_)
        became = _became(claim.history, receipt)
        sheet.line(f"{said(claim.record.claim, graph.ontology, sheet.name_of)}: {became}", hang=2)
        for entry in claim.history:
            if _is_of(entry, receipt) and isinstance(entry.record, Decision):
                sheet.line(f"{entry.record.evidence} {entry.record.verdict}", indent=2)
    if len(receipt.claims) > MOST_TOLD:
        sheet.line(f"and {len(receipt.claims) - MOST_TOLD} more claims")
    if not receipt.written:
        sheet.line("All of it was decided so already.")


def _became(history: Sequence[Entry], receipt: Receipt) -> str:
    before, after = (
        _state_at(history, at) for at in (receipt.sequence - receipt.written, receipt.sequence)
    )
    return f"{after}, as before" if before == after else f"{before} → {after}"


def _state_at(history: Iterable[Entry], sequence: int) -> str:
    record = fold_claim(entry for entry in history if entry.sequence <= sequence)
    return "unknown" if record is None else str(state_of(record.evidence))


def _is_of(entry: Entry, receipt: Receipt) -> bool:
    return receipt.sequence - receipt.written < entry.sequence <= receipt.sequence


def show_waiting(desk: Desk, graph: Graph, queue: Queue, limit: int, wanted: Format | None) -> int:
    """The evidence that waits, oldest first, up to a limit; answers how many pieces were shown."""
    pieces = [piece for piece, _ in zip(queue.pieces, range(limit), strict=False)]
    if desk.shown_as(wanted) is Format.JSON:
        total = {"value": queue.total, "relation": "eq"}
        meta = as_json(NounMeta(queue.sequence)) | {"total": total}
        desk.write(orjson.dumps({"data": list(map(_waiting_body, pieces)), "meta": meta}))
        return len(pieces)
    sheet = sheet_of(desk, graph)
    waits = "piece of evidence waits" if queue.total == 1 else "pieces of evidence wait"
    sheet.line(f"{queue.total} {waits} for a decision, up to entry {queue.sequence}")
    for piece in pieces:
        sheet.line()
        sheet.line(piece.evidence.id)
        sheet.line(undecided_in_words(graph, piece), indent=2, hang=2)
        if piece.evidence.passage:
            sheet.line(f"“{piece.evidence.passage}”", indent=2, hang=2)
        sheet.line(_recorded(piece), indent=2)
    if queue.total > len(pieces):
        sheet.line()
        sheet.line(f"and {queue.total - len(pieces)} more: see with --limit")
    return len(pieces)


def undecided_in_words(graph: Graph, piece: Undecided) -> str:
    """A piece of evidence on one line: its claim, its source, and how sure its reading is."""
    claimed = said(piece.claim, graph.ontology, names_in(graph), piece.evidence)
    return f"{claimed}{',' * (piece.evidence.stance is Stance.DENIED)} {cited(piece.evidence)}"


def _recorded(piece: Undecided) -> str:
    at = piece.evidence.recorded_at
    return f"recorded by {piece.recorded_by}" + ("" if at is None else f" at {at_second(at)}")


def _waiting_body(piece: Undecided) -> dict[str, object]:
    return {
        "claim": claim_fields(piece.claim),
        "evidence": as_json(evidence_shown(piece.evidence)),
        "recorded_by": piece.recorded_by,
    }


def show_came_between(err: Console, graph: Graph, error: LostUpdate) -> None:
    """What happened to a claim after the decider had seen it: who, when, what."""
    later = changes_after(graph.store.about(error.claim), error.seen)
    err.print(f"After entry {error.seen}, {count(len(later), 'change')}:")
    for each in later:
        err.print(f"  {change_in_words(each)}", markup=False, soft_wrap=True)


def change_in_words(told: Change) -> str:
    """An entry of the log about a claim: when, who, what and why."""
    pieces = ", ".join(told.evidence)
    reason = f": {told.reason}" if told.reason else ""
    return f"{told.sequence}  {at_second(told.at)}  {told.by} {told.what} {pieces}{reason}"
