"""`/v1/decisions`: what becomes of evidence."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.bundles import decisions_from
from graph_service.api.describe import Noun, described_write
from graph_service.api.native import DECIDED, DECISIONS
from graph_service.api.writing import Write, Written

router = APIRouter(prefix="/v1/decisions")


@router.post(
    "",
    summary="Decide on evidence",
    **described_write(Noun[Written], body=DECISIONS, examples=DECIDED, tag="Writing"),
)
async def write_decisions(write: Write) -> Response:
    """Takes one decision or a list of them. Proposed evidence is accepted or rejected, accepted
    evidence is retracted. `evidence` is an id or a list of ids; all are decided, or none. With
    `expected`, the `meta.sequence` that the decider had seen, a claim that changed after it makes
    the decision a conflict, and `changes` shows what came between. To decide the same again changes
    nothing."""
    return await write.put(lambda data, ontology, by: decisions_from(data, ontology, by=by))
