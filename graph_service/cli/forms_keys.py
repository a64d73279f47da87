"""The arguments and options of `serve` and of the commands that make, list and revoke keys."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.desk import Format
from graph_service.keys import Scope

Name = Annotated[str, Argument(metavar="NAME", help="Whose key it is, as the log will say.")]
KeysFile = Annotated[
    Path | None,
    Option(
        "--keys",
        metavar="FILE",
        envvar="GRAPH_SERVICE_KEYS",
        help="The file of keys (default: beside the store).",
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class ServeForm:
    """Where the API listens, and what may be done over it."""

    host: Annotated[str, Option(envvar="GRAPH_SERVICE_HOST", help="The address to listen on.")] = (
        "127.0.0.1"
    )
    port: Annotated[
        int,
        Option(envvar="GRAPH_SERVICE_PORT", min=0, max=65535, help="The port; 0 takes a free one."),
    ] = 8000
    workers: Annotated[
        int,
        Option(envvar="GRAPH_SERVICE_WORKERS", min=1, max=64, help="How many processes answer."),
    ] = 1
    read_only: Annotated[
        bool,
        Option("--read-only", envvar="GRAPH_SERVICE_READ_ONLY", help="Let nobody write."),
    ] = False
    private: Annotated[
        bool,
        Option("--private", envvar="GRAPH_SERVICE_PRIVATE", help="Let nobody read without a key."),
    ] = False
    mcp: Annotated[
        bool,
        Option("--mcp", envvar="GRAPH_SERVICE_MCP", help="Answer assistants at /mcp, by key."),
    ] = False
    keys: KeysFile = None


@dataclass(frozen=True, kw_only=True, slots=True)
class McpForm:
    """What assistants may do."""

    read_only: Annotated[
        bool, Option("--read-only", envvar="GRAPH_SERVICE_READ_ONLY", help="Let nobody propose.")
    ] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AddKeyForm:
    """A key to make."""

    name: Name
    scope: Annotated[Scope, Option(help="What it allows; who may write may read.")] = Scope.READ
    keys: KeysFile = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListKeysForm:
    """The keys to show."""

    format: Annotated[
        Format | None, Option(help="Default: table on a terminal, JSON when piped.")
    ] = None
    keys: KeysFile = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RevokeKeyForm:
    """A key to make worthless."""

    name: Name
    keys: KeysFile = None
