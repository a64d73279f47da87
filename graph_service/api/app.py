"""The app: everything plugged together, once, from a graph and settings."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

import structlog
from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI
from structlog.typing import FilteringBoundLogger

from graph_service.api.access import Gate, ring_of
from graph_service.api.context import Chain, Context, installed_version
from graph_service.api.declared import DeclaredOnly
from graph_service.api.describe import operation_id
from graph_service.api.document import DESCRIPTION, SUMMARY, TITLE, VERSION, document_of
from graph_service.api.edge import Edge
from graph_service.api.errors import handlers
from graph_service.api.import_queue import Imports
from graph_service.api.links import browser_at
from graph_service.api.metrics import Metrics
from graph_service.api.routers import ROUTERS, explorer
from graph_service.api.sharing import Sharing
from graph_service.api.turns import Turns
from graph_service.settings import Settings
from graph_service.stores.graph import Graph

STOP_SECONDS = 2.5
"""So long a part of an import may take when the service stops."""


Also = Callable[[FastAPI], AbstractAsyncContextManager[None]]
"""What else an app answers while it runs."""


def create_app(
    graph: Graph,
    settings: Settings,
    *,
    log: FilteringBoundLogger | None = None,
    also: Also | None = None,
) -> FastAPI:
    """The service over this graph. Whoever opened the graph closes it; faults go to `log`, by
    default as JSON lines on standard error; `also` is entered when the app starts."""
    context = _context(graph, settings, log if log is not None else log_to_stderr())
    _watch(context)
    app = _Service(
        title=TITLE,
        summary=SUMMARY,
        description=DESCRIPTION,
        version=VERSION,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_warm(context, also),
        dependencies=[Depends(Gate()), Depends(DeclaredOnly())],
        exception_handlers=handlers(),
        generate_unique_id_function=operation_id,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    app.state.context = context
    app.add_middleware(Sharing, browser=browser_at(settings, graph.store.url))
    app.add_middleware(Edge, settings=settings, metrics=context.metrics, log=context.log)
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.extend(explorer.ROUTES)
    return app


def _context(graph: Graph, settings: Settings, log: FilteringBoundLogger) -> Context:
    return Context(
        graph=graph,
        settings=settings,
        chain=Chain(graph),
        turns=Turns(concurrency=settings.concurrency, waiting=settings.waiting),
        # Apart from questions: a write mostly waits for the disk, and many of them share a sync.
        writes=Turns(concurrency=settings.writers, waiting=settings.waiting),
        # One part of one export at a time, so that exports never keep questions waiting.
        exports=Turns(concurrency=1, waiting=settings.waiting),
        imports=Imports(graph, log, most=1 + settings.imports_waiting),
        keys=ring_of(settings, graph.store.url),
        metrics=Metrics(),
        log=log,
        version=installed_version(),
    )


class _Service(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = document_of(self)
        return self.openapi_schema


def log_to_stderr() -> FilteringBoundLogger:
    """A log of its own, whatever else in the process is logged how."""
    log: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    return log


def _warm(
    context: Context, also: Also | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Before the first question, fold today's graph, so that nobody waits for it; after the last
    one, stop what is being taken in."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await run_sync(_fold, context.graph)
        except Exception:
            context.log.exception("the graph cannot be folded")
            raise
        try:
            async with nullcontext() if also is None else also(app):
                yield
        finally:
            await run_sync(context.imports.stop, STOP_SECONDS)

    return lifespan


def _fold(graph: Graph) -> None:
    view = graph.view()
    _ = view.supply, view.links


def _watch(context: Context) -> None:
    turns, metrics = context.turns, context.metrics
    metrics.watch("questions_working", "Questions being worked on.", lambda: turns.working)
    metrics.watch("questions_waiting", "Questions waiting for a turn.", lambda: turns.waiting)
    writes = context.writes
    metrics.watch("writes_working", "Writes being made.", lambda: writes.working)
    metrics.watch("writes_waiting", "Writes waiting for a turn.", lambda: writes.waiting)
    imports = context.imports
    metrics.watch("imports_under_way", "Files that arrive, wait or are taken in.",
                  lambda: imports.under_way)  # fmt: skip
    index = context.graph.index
    metrics.watch("index_sequence", "The index has this entry.", lambda: index.sequence)
