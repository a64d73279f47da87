"""Lets Neo4j Browser, a page of another origin, read what is under `/browser/`, and nothing else.

What ships with the product is for every page. A guide that tells what the graph knows is for pages
of this machine and for the Neo4j Browser that the service links to: any site that somebody visits
could otherwise read in a graph that only their own machine can reach.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_service.api.access import ACTOR_GUIDES, host_in, is_loopback
from graph_service.api.links import BrowserAt

_SHARED = "/browser/"
_ASKED_WITH = "cache-control, pragma, sentry-trace"
_A_DAY = "86400"


class Sharing:
    """ASGI middleware that answers what Browser asks before it reads (the preflight), and allows it
    to read every answer, so that it can also show what went wrong."""

    def __init__(self, app: ASGIApp, *, browser: BrowserAt | None) -> None:
        self._app = app
        self._trusted = browser.origin if browser is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is not shared passes through."""
        if scope["type"] != "http" or not scope["path"].startswith(_SHARED):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        allowed = self._allowed(scope["path"], headers.get("origin"))

        async def shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowed)
            await send(message)

        is_preflight = "access-control-request-method" in headers
        if scope["method"] == "OPTIONS" and is_preflight:
            await _preflight()(scope, receive, shared)
        else:
            await self._app(scope, receive, shared)

    def _allowed(self, path: str, origin: str | None) -> dict[str, str]:
        if not path.startswith(ACTOR_GUIDES):
            return {"Access-Control-Allow-Origin": "*"}
        if origin is None or not (origin == self._trusted or is_loopback(host_in(origin))):
            return {"Vary": "Origin"}
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": _ASKED_WITH,
            "Access-Control-Max-Age": _A_DAY,
        },
    )
