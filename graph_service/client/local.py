"""A graph in this process, behind the same client."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph_service.client.client import Client
from graph_service.client.errors import (
    Failed,
    GraphServiceError,
    NotFound,
    Refused,
    Unavailable,
)
from graph_service.client.progress import Progress, where_somebody_looks
from graph_service.domain import errors
from graph_service.domain.errors import GraphError

if TYPE_CHECKING:
    from graph_service.client.in_process import InProcess
    from graph_service.stores.graph import Graph

_KINDS: Sequence[tuple[type[GraphError], type[GraphServiceError]]] = (
    (errors.NotFound, NotFound),
    (errors.StoreMissing, NotFound),
    (errors.StoreUnavailable, Unavailable),
    (errors.StoreError, Failed),
    (GraphError, Refused),
)
HERE = "http://localhost"
WRITER = "local"
MUCH = 2**31


def open_graph(
    url: str = "memory:",
    *,
    dossier: str | None = None,
    create: bool = False,
    read_only: bool = False,
) -> Client:
    """A client of the graph that a URL names: `memory:`, `sqlite:PATH`, or just a path.

    A file that is not there is an error, unless it is to be made: by `create`, or for a `dossier`
    that ships, whose records are put in first. Several programs may have one file open. Raises
    `NotFound`, `Unavailable`, `Failed` for a file that is damaged, or `Refused`.

    >>> with open_graph("memory:", dossier="gaza-mediation") as graph:
    ...     graph.leverage("Hamas", as_of="2024-09-30").ranking[0].actor.name
    'Iran'
    """
    from graph_service.stores.graph import open_graph as open_stored

    made = create or dossier is not None or url.startswith("memory:")
    with Progress(where_somebody_looks()).on("the graph to open"), _told():
        graph = open_stored(url, create=made, read_only=read_only)
        try:
            if dossier is not None:
                _take_in(graph, dossier)
            return Client(HERE, transport=transport_of(graph))
        except BaseException:
            graph.close()
            raise


def _take_in(graph: "Graph", dossier: str) -> None:
    from graph_service import dossiers
    from graph_service.importers.native import import_native

    import_native(
        lambda records: graph.write(records, by=WRITER), dossiers.dossier(dossier), graph.ontology
    )


@contextmanager
def _told() -> Iterator[None]:
    """Errors of a store as a client has them."""
    try:
        yield
    except GraphError as error:
        kind = next(kind for of, kind in _KINDS if isinstance(error, of))
        raise kind(str(error), suggestions=error.suggestions) from error


def transport_of(graph: "Graph") -> "InProcess":
    """What carries requests to the app over a graph, and closes the graph in the end."""
    from graph_service.api.app import STOP_SECONDS, create_app
    from graph_service.client.in_process import InProcess
    from graph_service.settings import Settings

    # Nobody else can reach this app, so that what guards a service from strangers is not needed.
    settings = Settings(
        host="localhost",
        private=False,
        read_only=False,
        body_limit=MUCH,
        bundle_limit=MUCH,
        import_limit=2**63 - 1,
    )
    app = create_app(graph, settings)

    def release() -> None:
        app.state.context.imports.stop(STOP_SECONDS)
        graph.close()

    return InProcess(app, release=release)
