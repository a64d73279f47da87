"""The server of the protocol: lists the tools, calls them, and turns errors into words."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from importlib.metadata import version
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from graph_service.client.client import Client
from graph_service.client.errors import GraphServiceError
from graph_service.mcp.extra import sdk
from graph_service.mcp.telling import Said
from graph_service.mcp.tools import Json, Tool, tools_of

with sdk():
    import mcp_types as types
    from mcp.server import Server, ServerRequestContext

AT_ONCE = 4
"""So many calls are worked on at a time; each waits in a thread that is not one of the service's."""
INSTRUCTIONS = (
    "A graph of claims about actors in world politics: who backs, heads, sanctions, mediates with "
    "or attacks whom, each with a date and a source. Answers are what sources say, not what is "
    "true: attribute them, give date and source, and pass on what is said to be uncertain, "
    "disputed, inferred or told by one source only. Values are an index from 0 to 1, not "
    "probabilities. Give as_of for any day but today."
)

Clients = Callable[[Any], AbstractContextManager[Client]]
"""Gives the client that a request is answered with, from the request of the protocol's transport
(None on stdio)."""


def server_of(openapi: Json, clients: Clients, *, writes: bool) -> "Server[Any]":
    """A server whose tools ask a client; with `writes`, claims can be proposed."""
    tools = tools_of(openapi, writes=writes)
    limiter = CapacityLimiter(AT_ONCE)

    async def listed(_: ServerRequestContext[Any], __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in tools.values()])

    async def called(
        context: ServerRequestContext[Any], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            return _refusal(f"there is no tool {asked.name!r}: there are {', '.join(tools)}")
        act = partial(_call, tool, clients, context.request, asked.arguments or {})
        return await run_sync(act, limiter=limiter)

    return Server(
        "graph-service",
        version=version("graph-service"),
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _call(tool: Tool, clients: Clients, request: object, given: Json) -> types.CallToolResult:
    try:
        with clients(request) as client:
            return _result(tool.call(client, given))
    except GraphServiceError as error:
        return _refusal("\n".join(_lines(error)))


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=dict(tool.schema),
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.writes,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _result(told: Said) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=told.text)], structured_content=dict(told.data)
    )


def _lines(error: GraphServiceError) -> Iterator[str]:
    """What went wrong and what may be meant; which request it was means nothing to an assistant."""
    yield from (line for line in str(error).splitlines() if not line.startswith("(request "))


def _refusal(why: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=why)], is_error=True)
