"""The explorer: one page, its code and its style, from this service alone."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph_service.api.respond import document
from graph_service.web import built

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}


async def page(request: Request) -> Response:
    """The page; what its query says is read by the page itself."""
    return _bundle(request, "explore.html")


async def part(request: Request) -> Response:
    """Its code or its style."""
    return _bundle(request, request.url.path.rpartition("/")[2])


def _bundle(request: Request, name: str) -> Response:
    media_type = _TYPES[name.rpartition(".")[2]]
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        name, headers["Content-Encoding"] = f"{name}.gz", "gzip"
    return document(request, built(name), media_type, headers)


# Outside of FastAPI's routes, which refuse a query that they do not declare: the whole state of the
# page is its query, and a key is asked for where its data is.
ROUTES = (
    Route("/", page),
    Route("/explore", page),
    Route("/explore/explore.js", part),
    Route("/explore/explore.css", part),
)
