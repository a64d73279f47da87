"""`/v1/paths`: how two actors connect."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service import questions
from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import (
    Direction,
    Families,
    From,
    K,
    Order,
    PathHops,
    Relations,
    Sign,
    To,
)
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At
from graph_service.queries.parameters import PATH_HOPS, PATHS
from graph_service.queries.paths import Paths

router = APIRouter(prefix="/v1/paths")


@router.get(
    "",
    summary="How two actors connect",
    **described(
        Answered[Paths],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/paths?from=united-states&to=hamas&as_of=2024-09-30",
            "/v1/paths?from=iran&to=israel&order=strongest&k=5&hops=2",
        ),
        tag="Paths",
    ),
)
async def paths_between(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    from_: From,
    to: To,
    at: At,
    k: K = PATHS.usual,
    hops: PathHops = PATH_HOPS.usual,
    order: Order = "fewest",
    sign: Sign = None,
    relations: Relations = None,
    families: Families = None,
    direction: Direction = "both",
) -> Response:
    """The first `k` simple paths between two actors, every step with its claims and sources."""
    asked = questions.Paths(
        from_=from_,
        to=to,
        k=k,
        hops=hops,
        order=order,
        sign=sign,
        relations=relations,
        families=families,
        direction=direction,
    )
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)
