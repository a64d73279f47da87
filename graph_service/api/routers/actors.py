"""`/v1/actors`: who acts, who they are tied to, and who has leverage over them."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Answered, Listed, Noun, described
from graph_service.api.listings import actors_after, merged
from graph_service.api.parameters import (
    ActorId,
    ActorKind,
    Among,
    By,
    Channels,
    Cursor,
    Direction,
    Families,
    LeverageHops,
    Limit,
    NeighbourHops,
    Paths,
    Relations,
    Search,
    Sign,
    Since,
    Uncertainty,
    one_of,
)
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.respond import Seen, noun_meta
from graph_service.api.shapes import ActorFound, ActorShown, actor_shown
from graph_service.api.standpoint import At
from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidQuestion
from graph_service.graph.view import View
from graph_service.names.index import Match
from graph_service.queries.budget import Budget
from graph_service.queries.leverage import LeverageOver
from graph_service.queries.neighbours import Neighbourhood
from graph_service.queries.parameters import (
    LEVERAGE_HOPS,
    LEVERAGE_LIMIT,
    NEIGHBOUR_HOPS,
    NEIGHBOUR_LIMIT,
    PATHS_OF_EACH,
)
from graph_service.queries.summary import ties_of
from graph_service.questions import Leverage, Neighbours
from graph_service.stores.graph import Graph
from graph_service.stores.judging import joined

router = APIRouter(prefix="/v1/actors")
_TAG = "Actors"


@router.get(
    "",
    summary="Search or list actors",
    **described(
        Listed[ActorFound],
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/actors?q=Tehran", "/v1/actors?kind=state&limit=20"),
        tag=_TAG,
    ),
)
async def find_actors(
    ask: Ask,
    q: Search = None,
    kind: ActorKind = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """With `q`, the actors whose name, alias, acronym or metonym matches, the best match first:
    exact before prefix before similar. Without it, every actor in order of arrival."""
    one_of(kind, "kind", ask.graph.ontology.kinds)
    if q is None:
        return await ask.listing(
            lambda graph, place: actors_after(graph, place, kind=kind),
            show=lambda ids: map(_listed, ask.graph.nouns(Actor, ids)),
            total=_how_many if kind is None else None,
            cursor=cursor,
            limit=limit,
        )
    if cursor is not None:
        raise InvalidQuestion("a search has one page: raise limit", parameter="cursor")
    return await ask.listing(
        lambda graph, _: enumerate(graph.search(q, kind, limit=limit), 1),
        show=lambda found: map(_matched, found),
        cursor=None,
        limit=limit,
    )


@router.get(
    "/{id}",
    summary="One actor",
    **described(
        Noun[ActorShown],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/actors/hamas", "/v1/actors/iran?as_of=2024-09-30"),
        moves=True,
        tag=_TAG,
    ),
)
async def one_actor(ask: Ask, id: ActorId, at: At) -> Response:
    """An actor with its names, identifiers and description, how many ties it has of each relation,
    each way, and who else goes by its id: `referents`, each with the judgement that made it so.
    `neo4j_browser`, which is also a `Link` of every answer about an actor, opens Neo4j Browser with
    a guide to it, where the graph is kept in a Neo4j."""

    def found(view: View, _: Budget) -> Seen:
        others = joined(ask.graph, id, view.frame.known_at)
        opened = ask.opened_in_browser(view)
        data = actor_shown(ask.graph.actor(id), ties_of(view, id), others, opened)
        return Seen(data, noun_meta(view))

    return await ask.question(at, found, about=(id,), cheap=ask.knows(id))


@router.get(
    "/{id}/neighbours",
    summary="Who an actor is tied to",
    **described(
        Answered[Neighbourhood],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/actors/hamas/neighbours?as_of=2024-09-30",
            "/v1/actors/hamas/neighbours?families=patronage,mediation&direction=in",
            "/v1/actors/russia/neighbours?since=2024-07",
        ),
        moves=True,
        tag=_TAG,
    ),
)
async def neighbours_of(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    id: ActorId,
    at: At,
    hops: NeighbourHops = NEIGHBOUR_HOPS.usual,
    relations: Relations = None,
    families: Families = None,
    sign: Sign = None,
    direction: Direction = "both",
    among: Among = None,
    since: Since = None,
    limit: Limit = NEIGHBOUR_LIMIT.usual,
    cursor: Cursor = None,
) -> Response:
    """The ties at an actor, hop by hop, each with its claims, dates and sources. When nothing
    answers to the filters, the answer says which relations there are around the actor."""
    asked = Neighbours(
        id=id,
        hops=hops,
        relations=relations,
        families=families,
        sign=sign,
        direction=direction,
        among=among,
        since=since,
        limit=limit,
        cursor=cursor,
    )
    return await ask.question(
        at,
        asked.query(ask.graph.ontology),
        about=asked.named,
        cheap=hops == 1 and among is None and since is None and ask.knows(id),
    )


@router.get(
    "/{id}/leverage",
    summary="Who has leverage over an actor",
    **described(
        Answered[LeverageOver],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/actors/hamas/leverage?as_of=2024-09-30",
            "/v1/actors/hamas/leverage?by=iran&as_of=2024-09-30",
            "/v1/actors/hamas/leverage?channels=carrots,access&hops=2&limit=5",
            "/v1/actors/hamas/leverage?uncertainty=true&as_of=2024-09-30",
        ),
        moves=True,
        tag=_TAG,
    ),
)
async def leverage_over(  # noqa: PLR0913 - an argument for each parameter
    ask: Ask,
    id: ActorId,
    at: At,
    by: By = None,
    channels: Channels = None,
    hops: LeverageHops = LEVERAGE_HOPS.usual,
    limit: Limit = LEVERAGE_LIMIT.usual,
    paths: Paths = PATHS_OF_EACH.usual,
    uncertainty: Uncertainty = False,
) -> Response:
    """Ranks who could move the actor, and by what: influence and coercion side by side, each with
    its channels and its strongest paths, every step with claims, sources and dates, and with what
    is missing. The values are an index in [0, 1), not probabilities."""
    asked = Leverage(
        id=id,
        by=by,
        channels=channels,
        hops=hops,
        limit=limit,
        paths=paths,
        uncertainty=uncertainty,
    )
    return await ask.question(at, asked.query(ask.graph.ontology), about=asked.named)


def _how_many(graph: Graph) -> int:
    return len(graph.index.tables.actors.kinds) - len(merged(graph))


def _listed(actor: Actor) -> ActorFound:
    return ActorFound(actor.id, actor.name, actor.kind)


def _matched(match: Match) -> ActorFound:
    actor = match.actor
    return ActorFound(actor.id, actor.name, actor.kind, match.matched, match.scope, match.score)
