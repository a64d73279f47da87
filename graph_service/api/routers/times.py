"""`/v1/timeline` and `/v1/changes`: what is asked of time."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from graph_service import questions
from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, described
from graph_service.api.parameters import Cursor, Families, Limit, Relations, Sign
from graph_service.api.parameters_others import (
    Actors,
    Changing,
    Earlier,
    HoldsSince,
    HoldsUntil,
    KnownEarlier,
    KnownLater,
    Later,
    OtherActor,
    Together,
)
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import At, without_eaten_plus
from graph_service.queries.changes import Changes
from graph_service.queries.parameters import RANKED_LIMIT, TIMELINE_LIMIT
from graph_service.queries.timeline import Timeline
from graph_service.questions.times import one_of_two

router = APIRouter(prefix="/v1")
_TAG = "Time"


@router.get(
    "/timeline",
    summary="What was told of actors, in the order of time",
    **described(
        Answered[Timeline],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/timeline?actors=hamas&as_of=2024-09-30",
            "/v1/timeline?actors=russia,israel&together=true&as_of=2024-09-30",
            "/v1/timeline?actors=hamas&since=2023-10&until=2023-12&sign=-&limit=10",
        ),
        tag=_TAG,
    ),
)
async def timeline_of(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    actors: Actors,
    at: At,
    together: Together = False,
    since: HoldsSince = None,
    until: HoldsUntil = None,
    relations: Relations = None,
    families: Families = None,
    sign: Sign = None,
    limit: Limit = TIMELINE_LIMIT.usual,
    cursor: Cursor = None,
) -> Response:
    """Every claim about the actors that counts and had begun, what has ended since as well; the
    claims of an episode stand together. `years` counts them all."""
    asked = questions.Timeline(
        actors=actors,
        together=together,
        since=since,
        until=until,
        relations=relations,
        families=families,
        sign=sign,
        limit=limit,
        cursor=cursor,
    )
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


@router.get(
    "/changes",
    summary="What changed, and why leverage did",
    **described(
        Answered[Changes],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/changes?actor=hamas&from=2024-06-30&to=2024-09-30",
            "/v1/changes?actor=russia&other=israel&from=2023-10-01&as_of=2024-09-30",
            "/v1/changes?actor=hamas&known_from=2026-11-01",
        ),
        tag=_TAG,
    ),
)
async def changes_of(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    actor: Changing,
    at: At,
    other: OtherActor = None,
    from_: Earlier = None,
    to: Later = None,
    known_from: KnownEarlier = None,
    known_to: KnownLater = None,
    limit: Limit = RANKED_LIMIT.usual,
) -> Response:
    """The claims about an actor, or between two, that came, ended, faded, were retracted,
    corroborated or disputed between two days or two states of knowledge; and whose influence over
    it changed, split over those causes so that the parts add up."""
    asked = questions.Changes(
        actor=actor,
        other=other,
        from_=from_,
        to=to,
        known_from=without_eaten_plus(known_from),
        known_to=without_eaten_plus(known_to),
        limit=limit,
    )
    as_of, known_at = asked.where()
    later = replace(
        at,
        as_of=one_of_two(as_of, at.as_of, ("to", "as_of")),
        known_at=one_of_two(known_at, at.known_at, ("known_to", "known_at")),
    )
    return await ask.question(later, asked.query(ask.graph.ontology), about=asked.named)
