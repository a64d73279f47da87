"""`/v1/actors/{id}/influence`: over whom an actor has leverage."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import ActorId, Channels, LeverageHops, Limit, Paths
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At
from graph_service.queries.influence import InfluenceOf
from graph_service.queries.parameters import LEVERAGE_HOPS, LEVERAGE_LIMIT, PATHS_OF_EACH
from graph_service.questions import Influence

router = APIRouter(prefix="/v1/actors")


@router.get(
    "/{id}/influence",
    summary="Over whom an actor has leverage",
    **described(
        Answered[InfluenceOf],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/actors/iran/influence?as_of=2024-09-30",
            "/v1/actors/united-states/influence?channels=sticks&hops=2&limit=5",
        ),
        moves=True,
        tag="Actors",
    ),
)
async def influence_of(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    id: ActorId,
    at: At,
    channels: Channels = None,
    hops: LeverageHops = LEVERAGE_HOPS.usual,
    limit: Limit = LEVERAGE_LIMIT.usual,
    paths: Paths = PATHS_OF_EACH.usual,
) -> Response:
    """Ranks whom the actor could move: influence and coercion side by side, each with its strongest
    paths, every step with claims, sources and dates, and with what is missing. `leverage` is the
    value that `/leverage` gives for the actor there, `net` less what the other has in return."""
    asked = Influence(id=id, channels=channels, hops=hops, limit=limit, paths=paths)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)
