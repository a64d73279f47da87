"""Keeping the service: serve it, find out what is wrong, measure it."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import typer

from graph_service.cli.desk import Desk
from graph_service.cli.doctor import examine
from graph_service.cli.failures import ANSWERED, UNAVAILABLE
from graph_service.cli.forms import NoForm
from graph_service.cli.forms_keys import McpForm, ServeForm

if TYPE_CHECKING:
    from graph_service.api import Also


def serve(desk: Desk, form: ServeForm) -> int:
    """Answer over HTTP until interrupted: the explorer is at /, the documentation at /docs."""
    # The web framework is a second's worth of imports, which no other command should wait for.
    from graph_service.api import check_listening, serve_with_workers
    from graph_service.api import serve as serve_api
    from graph_service.settings import Settings

    settings = Settings(store=desk.store, **asdict(form))
    check_listening(settings)
    also = _assistants() if form.mcp else None
    announce = partial(_announce, desk)
    with desk.graph(to_write=not form.read_only, read_only=form.read_only) as graph:
        if form.workers == 1:
            serve_api(graph, settings, announce=announce, also=also)
            return ANSWERED
    # Opened once before, the store is there and sound when the workers open it.
    serve_with_workers(settings, announce=announce, also=also)
    return ANSWERED


def mcp(desk: Desk, form: McpForm) -> int:
    """Answer an assistant over standard input and output, by the Model Context Protocol."""
    from graph_service.mcp.stdio import serve_stdio

    with desk.graph(read_only=form.read_only) as graph:
        serve_stdio(graph, writes=not form.read_only)
    return ANSWERED


def _assistants() -> "Also":
    from graph_service.mcp.http import answering_assistants

    return answering_assistants


def _announce(desk: Desk, url: str) -> None:
    desk.err.print(
        f"Listening on {url}, where the explorer is; {url}/docs has the API. Ctrl-C ends it.",
        soft_wrap=True,
    )


def doctor(desk: Desk, _: NoForm) -> int:
    """Look at the installation and the store; says what is wrong and what to do."""
    findings = list(examine(desk.store))
    for finding in findings:
        mark = "well " if finding.is_well else "WRONG"
        desk.out.print(f"{mark}  {finding.text}", markup=False, soft_wrap=True)
        if finding.remedy:
            desk.out.print(f"       do: {finding.remedy}", markup=False, soft_wrap=True)
    return ANSWERED if all(finding.is_well for finding in findings) else UNAVAILABLE


def bench(ctx: typer.Context) -> int:
    """Measure the service beside its peers; --json for a machine."""
    from graph_service.bench.run import main

    return main(ctx.args)
