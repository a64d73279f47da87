"""Speaking to the server with the SDK's own client, from synchronous tests."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import anyio
import httpx2
import mcp_types as types
from mcp import Client as Assistant

from graph_service.client.client import Client
from graph_service.client.local import HERE, transport_of
from graph_service.dossiers import dossier
from graph_service.importers.native import read_native
from graph_service.mcp.server import server_of
from graph_service.stores.graph import open_graph

T = TypeVar("T")


class Conversation:
    """A server over the first dossier, in this process, and the client that it asks."""

    def __init__(self, *, writes: bool = True, much: int = 0) -> None:
        graph = open_graph("memory:")
        graph.write(read_native(dossier("gaza-mediation"), graph.ontology), by="tests")
        transport = transport_of(graph)
        self.client = Client(HERE, transport=transport)
        self.openapi = httpx2.Client(transport=transport, base_url=HERE).get("/openapi.json").json()
        self._server = server_of(self.openapi, self._clients, writes=writes)

    @contextmanager
    def _clients(self, _: object) -> Iterator[Client]:
        yield self.client

    def tools(self) -> dict[str, types.Tool]:
        """The tools by name."""
        listed = self._speak(lambda assistant: assistant.list_tools())
        return {tool.name: tool for tool in listed.tools}

    def call(self, name: str, **given: object) -> types.CallToolResult:
        """What a tool says."""
        return self._speak(lambda assistant: assistant.call_tool(name, given))

    def _speak(self, say: Callable[[Assistant], Awaitable[T]]) -> T:
        async def spoken() -> T:
            async with Assistant(self._server) as assistant:
                return await say(assistant)

        return anyio.run(spoken)


def text(result: types.CallToolResult) -> str:
    """The text of what a tool says."""
    [content] = result.content
    assert isinstance(content, types.TextContent)
    return content.text


def data(result: types.CallToolResult) -> Mapping[str, Any]:
    """Its data."""
    found: Mapping[str, Any] = result.structured_content
    return found
