"""The pages about the service: what can be asked, and what can go wrong."""

import orjson
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_service.api.docs import STYLE_POLICY, page
from graph_service.api.problems import KINDS
from graph_service.api.respond import JSON, document

router = APIRouter(include_in_schema=False)
_PROBLEMS = frozenset(kind.name for kind in KINDS)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Everything that can be asked, on a page that needs nothing from anywhere else."""
    body = page(request.app.openapi(), KINDS)
    return document(request, body, "text/html", {"Content-Security-Policy": STYLE_POLICY})


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The same for programs."""
    return document(request, orjson.dumps(request.app.openapi()), JSON)


@router.get("/problems/{name}")
async def problem(name: str) -> Response:
    """Where a `type` of a problem leads: what it means."""
    if name not in _PROBLEMS:
        raise HTTPException(404)
    return RedirectResponse(f"/docs#problem-{name}")
