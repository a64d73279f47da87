"""`/v1/mediators`, `/v1/alignment` and `/v1/comparison`: what is asked of two actors."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service import questions
from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import Limit
from graph_service.api.parameters_others import (
    Belligerents,
    Between,
    OneSided,
    TrendSince,
    TrendStep,
)
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At
from graph_service.queries.alignment import Alignment
from graph_service.queries.comparison import Comparison
from graph_service.queries.mediators import Mediators
from graph_service.queries.parameters import COMPARISON_LIMIT, RANKED_LIMIT

router = APIRouter(prefix="/v1")
_TAG = "Two actors"


@router.get(
    "/mediators",
    summary="Who could mediate between two actors",
    **described(
        Answered[Mediators],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/mediators?between=israel,hamas&as_of=2024-09-30",
            "/v1/mediators?between=israel,hamas&one_sided=true&belligerents=true&limit=5",
        ),
        tag=_TAG,
    ),
)
async def mediators_between(
    ask: Ask,
    between: Between,
    at: At,
    limit: Limit = RANKED_LIMIT.usual,
    belligerents: Belligerents = False,
    one_sided: OneSided = False,
) -> Response:
    """Ranks who is tied to both parties by access, mediation, appeal, support and patronage. Bias,
    leverage over each party, recent force and past mediations stand beside the score, and do not
    count in it."""
    asked = questions.Mediators(
        between=between, limit=limit, belligerents=belligerents, one_sided=one_sided
    )
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/alignment",
    summary="How aligned two actors are, and were",
    **described(
        Answered[Alignment],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/alignment?between=israel,hamas&as_of=2024-09-30",
            "/v1/alignment?between=iran,hamas&since=2024&step=month&as_of=2024-09-30",
        ),
        tag=_TAG,
    ),
)
async def alignment_of(
    ask: Ask, between: Between, at: At, since: TrendSince = None, step: TrendStep = "year"
) -> Response:
    """Alignment, above 0 for friends and below for foes, by relation with its claims; and on
    earlier days, by what is known now."""
    asked = questions.AlignmentOf(between=between, since=since, step=step)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/comparison",
    summary="Two actors side by side",
    **described(
        Answered[Comparison],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/comparison?between=iran,russia&as_of=2024-09-30&limit=5",),
        tag=_TAG,
    ),
)
async def comparison_of(
    ask: Ask, between: Between, at: At, limit: Limit = COMPARISON_LIMIT.usual
) -> Response:
    """Over whom either has influence and who has it over either, with the strongest path of each;
    their tie; and to whom both lean, alike or apart."""
    asked = questions.Comparison(between=between, limit=limit)
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)
