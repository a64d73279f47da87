"""`/v1/actors/{id}/latent`: who may support a group unseen. *Inferred*, and kept apart."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import ActorId, Limit
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At
from graph_service.queries.latent import LatentPatrons
from graph_service.queries.parameters import RANKED_LIMIT
from graph_service.questions import Latent

router = APIRouter(prefix="/v1/actors")


@router.get(
    "/{id}/latent",
    summary="Which states may support a group unseen (inferred)",
    **described(
        Answered[LatentPatrons],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/actors/hamas/latent?as_of=2024-09-30",),
        moves=True,
        tag="Actors",
    ),
)
async def latent_patrons_of(
    ask: Ask, id: ActorId, at: At, limit: Limit = RANKED_LIMIT.usual
) -> Response:
    """States that stand where supporters of such a group usually stand. It is inferred by a formula
    from the ties of others, asserted by no source, and no part of leverage; each reason cites the
    claims that it rests on."""
    asked = Latent(id=id, limit=limit)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)
