"""`/healthz`, `/readyz` and `/metrics`: for whoever keeps the service running."""

from anyio import fail_after
from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph_service.api.context import Context
from graph_service.api.describe import Noun, described
from graph_service.api.metrics import CONTENT_TYPE
from graph_service.api.problems import (
    INVALID_PARAMETER,
    STORE_UNAVAILABLE,
    Problem,
)
from graph_service.api.respond import answer
from graph_service.api.vital import Alive, Ready
from graph_service.queries.answers import NounMeta
from graph_service.questions import unread

router = APIRouter()
_TAG = "Operation"
_PING_SECONDS = 2.0


@router.get(
    "/healthz",
    summary="Is the service alive?",
    **described(
        Noun[Alive], INVALID_PARAMETER, STORE_UNAVAILABLE, examples=("/healthz",), tag=_TAG
    ),
)
async def healthz(request: Request) -> Response:
    """200 when the process is alive and the store answers; else 503. Whom this wakes has something
    to mend; whether questions can be sent here is told by `/readyz`."""
    context: Context = request.app.state.context
    try:
        with fail_after(_PING_SECONDS):
            head = await run_sync(context.graph.store.head, abandon_on_cancel=True)
    except Exception:
        context.log.exception("store does not answer")
        return Problem(STORE_UNAVAILABLE, STORE_UNAVAILABLE.meaning).response(
            request.state.request_id
        )
    alive = Alive("ok", head.sequence, context.version)
    return answer(alive, NounMeta(head.sequence), request=request)


@router.get(
    "/readyz",
    summary="Can questions be sent here?",
    **described(Noun[Ready], INVALID_PARAMETER, STORE_UNAVAILABLE, examples=("/readyz",), tag=_TAG),
)
async def readyz(request: Request) -> Response:
    """200 when questions can be answered: the index has caught up with the store, or the server of
    the store does not answer and the index goes on with what was read before, up to the time in
    `unread_since`. A service that was taken out of use for that would answer nobody."""
    graph = request.app.state.context.graph
    sequence = await run_sync(graph.refresh)
    meta = unread(NounMeta(sequence), graph)
    return answer(Ready("ready", sequence), meta, request=request)


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=PlainTextResponse,
    **described(None, INVALID_PARAMETER, examples=("/metrics",), tag=_TAG),
)
async def metrics(request: Request) -> Response:
    """Requests and times by route, questions waiting and cut, and where the index stands. With
    several workers these are the counters of the one that answers."""
    context: Context = request.app.state.context
    return Response(
        context.metrics.text(),
        headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE},
    )
