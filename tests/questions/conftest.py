from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from graph_service.dossiers import dossier
from graph_service.importers.native import import_native
from graph_service.stores.graph import Graph, open_graph

NOW = datetime(2024, 10, 15, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def dossier_graph() -> Iterator[Graph]:
    """The dossier that ships, on a day that does not pass; tests only read it."""
    graph = open_graph("memory:", clock=lambda: NOW)
    import_native(
        lambda records: graph.write(records, by="desk", keep_history=True),
        dossier("gaza-mediation"),
        graph.ontology,
    )
    yield graph
    graph.close()
