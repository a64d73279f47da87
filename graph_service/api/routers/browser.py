"""`/browser`: what makes Neo4j Browser a guided, coloured place: guides, a style, favourites.

Pages of other origins may read here, see `sharing`. Nothing in here needs a key but the guides to
actors, which tell what the graph knows, on a private service.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from graph_service.api.access import ACTOR_GUIDES
from graph_service.api.asking import Ask
from graph_service.api.favourites import favourite, favourites
from graph_service.api.guides import Guide, guide, style
from graph_service.api.links import service_at
from graph_service.api.parameters import ActorId
from graph_service.api.respond import Seen, Text, document, noun_meta
from graph_service.api.standpoint import AsOf, Standpoint
from graph_service.domain.errors import NotFound
from graph_service.graph.view import View
from graph_service.queries.budget import Budget
from graph_service.queries.parameters import as_of_from
from graph_service.stores.explorations import explorations

router = APIRouter(prefix="/browser", include_in_schema=False)
_MARKDOWN = "text/markdown"
_PLAIN = "text/plain"


@router.get("/guides/{name}.md")
def one_guide(request: Request, name: str) -> Response:
    """A guide that ships with the product."""
    return document(request, guide(name, service_at(request)), _MARKDOWN)


@router.get(f"{ACTOR_GUIDES.removeprefix('/browser')}{{id}}.md")
async def actor_guide(ask: Ask, request: Request, id: ActorId, as_of: AsOf = None) -> Response:
    """All about one actor as of a day: ties, who has leverage over it, sources and dissent."""

    def told(view: View, budget: Budget) -> Seen:
        text = Guide(view, id, service_at(request), budget).text()
        return Seen(Text(text, _MARKDOWN), noun_meta(view))

    return await ask.question(Standpoint(as_of=as_of_from(as_of)), told)


@router.get("/style.grass")
def grass(request: Request) -> Response:
    """Colours by kind of actor, lines by sign."""
    return document(request, style(), _PLAIN)


@router.get("/favourites.zip")
def all_favourites(request: Request) -> Response:
    """Every question, for Browser to take in when the file is dropped on its window."""
    return document(request, favourites(explorations()), "application/zip")


@router.get("/favourites/{name}.cypher")
def one_favourite(request: Request, name: str) -> Response:
    """One question, to be kept as a favourite."""
    known = {one.name: one for one in explorations()}
    if name not in known:
        raise NotFound("favourite", name, suggestions=tuple(known))
    return document(request, favourite(known[name]), _PLAIN)
