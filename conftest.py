"""What the examples in docstrings of the client begin with: `graph`, over the dossier that ships."""

from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.doctest import DoctestItem

from graph_service.client import Client, open_graph


@pytest.fixture(scope="session")
def example_graph() -> Iterator[Client]:
    """A graph in this process; no example writes to it."""
    with open_graph(dossier="gaza-mediation") as graph:
        yield graph


@pytest.fixture(autouse=True)
def graph_in_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give `graph` to the examples of the client, and to them only."""
    if isinstance(request.node, DoctestItem) and "client" in request.node.name:
        doctest_namespace["graph"] = request.getfixturevalue("example_graph")
