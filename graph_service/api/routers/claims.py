"""`/v1/claims`: what is said, by whom, and what became of it."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Listed, Noun, described
from graph_service.api.listings import ClaimFilter, claims_after
from graph_service.api.parameters import (
    ClaimId,
    Cursor,
    EitherEnd,
    EpisodeName,
    Limit,
    Object,
    RelationName,
    SourceName,
    Subject,
    one_of,
)
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.shapes import ClaimShown, claim_shown
from graph_service.stores.graph import Graph
from graph_service.stores.history import ClaimInFull, claim_in_full

router = APIRouter(prefix="/v1/claims")
_TAG = "Claims"


@router.get(
    "",
    summary="List claims",
    **described(
        Listed[ClaimShown],
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/claims?actor=hamas", "/v1/claims?subject=iran&relation=backs"),
        tag=_TAG,
    ),
)
async def list_claims(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    subject: Subject = None,
    relation: RelationName = None,
    object: Object = None,
    source: SourceName = None,
    actor: EitherEnd = None,
    episode: EpisodeName = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The claims that answer to every filter given, in order of arrival, whatever their state."""
    one_of(relation, "relation", ask.graph.ontology.relations)
    wanted = ClaimFilter(
        subject=subject,
        relation=relation,
        object_=object,
        source=source,
        actor=actor,
        episode=episode,
    )
    return await ask.listing(
        lambda graph, place: claims_after(graph, place, wanted=wanted),
        show=lambda ids: (claim_shown(one.record) for one in ask.graph.histories(ids)),
        cursor=cursor,
        limit=limit,
    )


@router.get(
    "/{id}",
    summary="One claim",
    **described(
        Noun[ClaimInFull],
        NOT_FOUND,
        INVALID_PARAMETER,
        examples=("/v1/claims/c_zmkik5n6mvssngcsh2bbwykulm",),
        tag=_TAG,
    ),
)
async def one_claim(ask: Ask, id: ClaimId) -> Response:
    """A claim with all evidence on it, for and against, and its whole history: every entry of the
    log about it, with the link of the chain that holds it in place."""

    def found(graph: Graph) -> ClaimInFull:
        claim = graph.claim(id)
        return claim_in_full(claim.record, claim.history)

    return await ask.noun(found)
