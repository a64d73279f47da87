"""`docs/cli.md`: what `--help` says of every command, on one page."""

from typing import Any

import typer
from typer.cli import get_docs_for_click
from typer.main import get_command

from graph_service.cli import command_line

HEAD = """\
# The command line

What `--help` says of every command, written down by `make pages`. Exit codes: 0 an answer, 1 no result, 2 usage, 3
refused, 4 unavailable. What answers look like is shown in the [tutorial](tutorial.md) and in
[questions.md](questions.md)."""


def cli_page() -> str:
    """The page as it stands in the tree."""
    program = get_command(command_line())
    _say_all(program)
    ctx = typer.Context(program)
    told = get_docs_for_click(obj=program, ctx=ctx, name="graph-service", indent=1)
    return f"{HEAD}\n\n{told.strip()}\n"


def _say_all(command: Any) -> None:  # noqa: ANN401 - typer has no public name for its commands
    """In a list of commands, too, what one does is told whole."""
    command.short_help = " ".join((command.help or "").partition("\n\n")[0].split())
    for one in getattr(command, "commands", {}).values():
        _say_all(one)
