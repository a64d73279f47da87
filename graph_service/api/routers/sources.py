"""`/v1/sources`: who says so."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Listed, Noun, described
from graph_service.api.listings import sources_after
from graph_service.api.parameters import Cursor, Limit, SourceId
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.domain.sources import Source

router = APIRouter(prefix="/v1/sources")
_TAG = "Sources"


@router.get(
    "",
    summary="List sources",
    **described(Listed[Source], INVALID_PARAMETER, OVERLOADED, examples=("/v1/sources",), tag=_TAG),
)
async def list_sources(ask: Ask, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Every source, in order of arrival. What one says: `/v1/claims?source=ID`."""
    return await ask.listing(
        sources_after,
        show=lambda ids: ask.graph.nouns(Source, ids),
        total=lambda graph: len(graph.index.tables.sources.ids),
        cursor=cursor,
        limit=limit,
    )


@router.get(
    "/{id}",
    summary="One source",
    **described(
        Noun[Source],
        NOT_FOUND,
        INVALID_PARAMETER,
        examples=("/v1/sources/article-2024-09",),
        tag=_TAG,
    ),
)
async def one_source(ask: Ask, id: SourceId) -> Response:
    """A source: its publisher and origin, when it was published, and how far it is believed."""
    return await ask.noun(lambda graph: graph.source(id))
