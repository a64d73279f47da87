"""`/v1/resolve` and `/v1/identity`: who is meant by a name, and who may be one with whom."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Listed, Noun, described
from graph_service.api.parameters import ActorKind, AnyActor, Limit, NameMeant, one_of
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.standpoint import AsOf
from graph_service.names.candidates import Pair
from graph_service.names.resolution import Resolution
from graph_service.queries.parameters import as_of_from
from graph_service.stores.judging import alike

router = APIRouter(prefix="/v1")
_TAG = "Actors"


@router.get(
    "/resolve",
    summary="Who is meant by a name",
    **described(
        Noun[Resolution],
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/resolve?name=Tehran", "/v1/resolve?name=the%20Kremlin&as_of=2024-09-30"),
        tag=_TAG,
    ),
)
async def who_is_meant(
    ask: Ask, name: NameMeant, kind: ActorKind = None, as_of: AsOf = None
) -> Response:
    """The one actor who is called exactly so, and why: by its name, an alias, an acronym, a seat
    that stands for it. Where several are, none is taken, and all are listed; where nobody is, names
    that come near. `kind` and `as_of` narrow a name down that stands for somebody only for a time."""
    one_of(kind, "kind", ask.graph.ontology.kinds)
    day = as_of_from(as_of)
    return await ask.noun(lambda graph: graph.meant(name, kind=kind, as_of=day), cheap=False)


@router.get(
    "/identity/candidates",
    summary="Actors who may be one",
    **described(
        Listed[Pair],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/identity/candidates?limit=20",),
        tag=_TAG,
    ),
)
async def who_may_be_one(ask: Ask, actor: AnyActor = None, limit: Limit = 20) -> Response:
    """Pairs of actors that share identifiers or names, the likeliest first, with reasons for and
    against. Proposals only: a judgement makes two actors one, and what was judged is not proposed
    again. With `actor`, only pairs of that one."""
    return await ask.listing(
        lambda graph, _: enumerate(alike(graph, actor, limit=limit), 1),
        show=list,
        cursor=None,
        limit=limit,
    )
