"""`/v1/balance`, `/v1/blocs`, `/v1/brokers` and `/v1/coverage`: what is asked of many actors."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service import questions
from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import Limit
from graph_service.api.parameters_others import OneActor, OverActor, Size, SomeActors
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At
from graph_service.queries.balance import Balance
from graph_service.queries.blocs import Blocs
from graph_service.queries.brokers import Brokers
from graph_service.queries.gaps import Gaps
from graph_service.queries.parameters import CAMP_SIZE, RANKED_LIMIT

router = APIRouter(prefix="/v1")
_TAG = "Many actors"


@router.get(
    "/balance",
    summary="Who does not go together",
    **described(
        Answered[Balance],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/balance?as_of=2024-09-30",
            "/v1/balance?actors=israel,hamas,iran,united-states&limit=5&as_of=2024-09-30",
        ),
        tag=_TAG,
    ),
)
async def balance_of(
    ask: Ask,
    at: At,
    actors: SomeActors = None,
    size: Size = CAMP_SIZE.usual,
    limit: Limit = RANKED_LIMIT.usual,
) -> Response:
    """The triads of actors whose signs do not go together, the tensest first, and the share of
    balanced triads beside what it is where the same signs are dealt by chance."""
    asked = questions.Balance(actors=actors, size=size, limit=limit)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/blocs",
    summary="Who stands with whom against whom",
    **described(
        Answered[Blocs],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/blocs?as_of=2024-09-30", "/v1/blocs?actors=israel,hamas,iran&size=50"),
        tag=_TAG,
    ),
)
async def blocs_of(
    ask: Ask, at: At, actors: SomeActors = None, size: Size = CAMP_SIZE.usual
) -> Response:
    """Actors that stand together, how sure that is when the evidence is drawn anew, what holds
    each bloc together and what strains it, and how blocs stand to each other."""
    asked = questions.Blocs(actors=actors, size=size)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/brokers",
    summary="Through whom others have influence",
    **described(
        Answered[Brokers],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/brokers?over=hamas&as_of=2024-09-30", "/v1/brokers?limit=5"),
        tag=_TAG,
    ),
)
async def brokers_of(
    ask: Ask, at: At, over: OverActor = None, limit: Limit = RANKED_LIMIT.usual
) -> Response:
    """Ranks actors by how much influence others would lose if they passed nothing on."""
    asked = questions.Brokers(over=over, limit=limit)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/coverage",
    summary="What the graph does not know",
    **described(
        Answered[Gaps],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/coverage?as_of=2024-09-30", "/v1/coverage?actor=hamas&limit=5"),
        tag=_TAG,
    ),
)
async def coverage_of(
    ask: Ask, at: At, actor: OneActor = None, limit: Limit = RANKED_LIMIT.usual
) -> Response:
    """Of an actor, or of all: ties by one origin alone, stale ties, actors of whom one origin
    alone speaks, and stretches of time of which nothing is known."""
    asked = questions.Coverage(actor=actor, limit=limit)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)
