from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.dossiers import dossier
from graph_service.importers.native import import_native
from graph_service.settings import Settings
from graph_service.stores.graph import Graph, open_graph
from tests.api.sent import take_in_the_example

TODAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


def gaza_graph(url: str = "memory:") -> Graph:
    """The dossier that ships, in a store of its own, on a day that does not pass."""
    graph = open_graph(url, clock=lambda: TODAY)
    import_native(
        lambda records: graph.write(records, by="desk", keep_history=True),
        dossier("gaza-mediation"),
        graph.ontology,
    )
    return graph


@pytest.fixture
def graph() -> Iterator[Graph]:
    graph = gaza_graph()
    yield graph
    graph.close()


@pytest.fixture(scope="module")
def app() -> Iterator[FastAPI]:
    """An app whose graph no test changes."""
    graph = gaza_graph()
    yield create_app(graph, Settings())
    graph.close()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        take_in_the_example(client)
        yield client
