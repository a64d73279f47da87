"""`/v1/records`: what is put in."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.bundles import records_from
from graph_service.api.describe import Noun, described_write
from graph_service.api.native import BUNDLE, BUNDLES
from graph_service.api.writing import Write, Written

router = APIRouter(prefix="/v1/records")


@router.post(
    "",
    summary="Propose records",
    **described_write(Noun[Written], body=BUNDLE, examples=BUNDLES, tag="Writing"),
)
async def write_records(write: Write) -> Response:
    """Takes in a list of native records: actors, sources, episodes, claims with evidence,
    judgements, decisions, in any order. All of it is written, or nothing; writing the same again
    changes nothing. Evidence is proposed unless it says otherwise, and its clocks are those of the
    store. The answer names the claims and the evidence that the bundle is about, and in
    `meta.sequence` the entry of the log after which a question sees it (`min_sequence`)."""
    return await write.put(lambda data, ontology, by: records_from(data, ontology, by=by))
