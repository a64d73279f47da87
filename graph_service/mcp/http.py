"""Over HTTP at `/mcp`: every request needs a key, and must come from where it may."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx2
from anyio.from_thread import run
from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graph_service.api import holder_of
from graph_service.client.client import Client
from graph_service.client.local import HERE
from graph_service.mcp.extra import sdk
from graph_service.mcp.server import server_of
from graph_service.settings import Settings

with sdk():
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"
_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


@asynccontextmanager
async def answering_assistants(app: FastAPI) -> AsyncIterator[None]:
    """While the app runs, assistants are answered at `/mcp`. Nothing is kept between requests, so
    that any of several workers may answer."""
    settings: Settings = app.state.context.settings

    @contextmanager
    def clients(request: Request) -> Iterator[Client]:
        token = request.headers["authorization"].partition(" ")[2].strip()
        with Client(HERE, key=token, transport=_Within(app)) as client:
            yield client

    server = server_of(app.openapi(), clients, writes=not settings.read_only)
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, security_settings=security(settings)
    )
    app.router.routes.append(Route(PATH, _Door(manager), methods=["POST", "GET", "DELETE"]))
    async with manager.run():
        yield


def security(settings: Settings) -> TransportSecuritySettings:
    """Which names `/mcp` may be asked for by, and pages of which sites may ask: those of this
    machine, of the address that is listened on, and of `settings.mcp_hosts`."""
    named = [host.strip() for host in settings.mcp_hosts.split(",") if host.strip()]
    hosts = list(dict.fromkeys((*_THIS_MACHINE, settings.host, *named)))
    every = [form for host in hosts for form in (host, f"{host}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in every]
    return TransportSecuritySettings(allowed_hosts=every, allowed_origins=origins)


class _Door:
    """Lets in whoever holds a key."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        holder_of(Request(scope))
        await self._manager.handle_request(scope, receive, send)


class _Within(httpx2.BaseTransport):
    """Carries the requests of a tool, which works in a thread, to the app on its own loop."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = httpx2.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 0))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return run(self._answer, request)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        whole = httpx2.Request(
            request.method, request.url, headers=request.headers, content=request.read()
        )
        reply = await self._app.handle_async_request(whole)
        return httpx2.Response(
            reply.status_code, headers=reply.headers, content=await reply.aread()
        )
