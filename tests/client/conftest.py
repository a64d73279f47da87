import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from graph_service.api.app import create_app
from graph_service.api.server import Server, listening_socket, url_of
from graph_service.client import Client, open_graph
from graph_service.settings import Settings
from tests.api.conftest import gaza_graph

PATIENCE = 20.0


@contextmanager
def serving() -> Iterator[str]:
    """The URL of a service over the dossier, in a thread, stopped at the end."""
    graph, settings = gaza_graph(), Settings(port=0)
    server = Server(create_app(graph, settings), settings)
    with listening_socket(settings) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield url_of(listener)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            graph.close()


@pytest.fixture(scope="module")
def there() -> Iterator[Client]:
    """A client over HTTP; what a test writes stays."""
    with serving() as url, Client(url) as client:
        yield client


@pytest.fixture(scope="module")
def here() -> Iterator[Client]:
    """A client of a graph in this process; what a test writes stays."""
    with open_graph("memory:", dossier="gaza-mediation") as client:
        yield client


@pytest.fixture
def own() -> Iterator[Client]:
    """A graph in this process that is only the test's."""
    with open_graph("memory:", dossier="gaza-mediation") as client:
        yield client
