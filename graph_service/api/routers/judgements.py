"""`/v1/judgements`: whether two actors are one."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Listed, described
from graph_service.api.listings import judgements_after
from graph_service.api.parameters import Cursor, JudgedActor, Limit, VerdictName
from graph_service.api.problems import INVALID_PARAMETER, OVERLOADED
from graph_service.api.shapes import JudgementShown, judgement_shown

router = APIRouter(prefix="/v1/judgements")


@router.get(
    "",
    summary="List judgements on actors",
    **described(
        Listed[JudgementShown],
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/judgements", "/v1/judgements?actor=hamas&verdict=same"),
        tag="Actors",
    ),
)
async def list_judgements(
    ask: Ask,
    actor: JudgedActor = None,
    verdict: VerdictName = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Who judged which actors to be the same, different or unsure, and why, in order of arrival. A
    later judgement on the same two replaces an earlier one, which then no longer `holds`."""
    return await ask.listing(
        lambda graph, place: judgements_after(graph, place, actor=actor, verdict=verdict),
        show=lambda found: map(judgement_shown, found),
        cursor=cursor,
        limit=limit,
    )
