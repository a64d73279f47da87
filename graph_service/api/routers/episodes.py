"""`/v1/episodes`: talks, wars and crises, with the claims that belong to them."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Listed, Noun, described
from graph_service.api.listings import ClaimFilter, claims_after, episodes_after
from graph_service.api.parameters import Cursor, EpisodeId, Limit
from graph_service.api.parts import part_of
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.api.respond import Seen
from graph_service.api.shapes import EpisodeInFull, episode_in_full
from graph_service.domain.episodes import Episode
from graph_service.queries.answers import NounMeta
from graph_service.stores.graph import Graph

router = APIRouter(prefix="/v1/episodes")
_TAG = "Episodes"
MOST_CLAIMS = 200


@router.get(
    "",
    summary="List episodes",
    **described(
        Listed[Episode], INVALID_PARAMETER, OVERLOADED, examples=("/v1/episodes",), tag=_TAG
    ),
)
async def list_episodes(ask: Ask, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Every episode, in order of arrival."""
    return await ask.listing(
        episodes_after,
        show=lambda ids: ask.graph.nouns(Episode, ids),
        total=lambda graph: len(graph.index.tables.episodes),
        cursor=cursor,
        limit=limit,
    )


@router.get(
    "/{id}",
    summary="One episode",
    **described(
        Noun[EpisodeInFull],
        NOT_FOUND,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=("/v1/episodes/gaza-talks-2024",),
        tag=_TAG,
    ),
)
async def one_episode(ask: Ask, id: EpisodeId) -> Response:
    """An episode with the claims that belong to it, the first two hundred of them; all of them, by
    page: `/v1/claims?episode=ID`."""

    def found(graph: Graph) -> Seen:
        episode = graph.episode(id)
        begun = graph.store.about(f"episode:{id}")[0].sequence
        claims = claims_after(graph, begun, wanted=ClaimFilter(episode=id))
        part = part_of(claims, limit=MOST_CLAIMS, budget=ask.budget())
        more = f"/v1/claims?episode={id}" if part.goes_on_after is not None else None
        shown = (history.record for history in graph.histories(part.items))
        return Seen(episode_in_full(episode, shown), NounMeta(graph.refresh(), truncated=more))

    return await ask.noun(found, cheap=False)
