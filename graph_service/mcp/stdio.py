"""Over standard input and output, for an assistant on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import httpx2

from graph_service.client.client import Client
from graph_service.client.local import HERE, transport_of
from graph_service.mcp.extra import sdk
from graph_service.mcp.server import server_of
from graph_service.stores.graph import Graph

with sdk():
    from mcp.server.stdio import stdio_server


def serve_stdio(graph: Graph, *, writes: bool) -> None:
    """Answer until the input ends; the graph is closed then. Standard output carries the protocol
    alone."""
    transport = transport_of(graph)
    with Client(HERE, transport=transport) as client:
        openapi = httpx2.Client(transport=transport, base_url=HERE).get("/openapi.json").json()

        @contextmanager
        def clients(_: object) -> Iterator[Client]:
            yield client

        server = server_of(openapi, clients, writes=writes)

        async def run() -> None:
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

        anyio.run(run)
