from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service.stores.graph import Graph, open_graph
from tests.stores.telling import nouns, ticking


@pytest.fixture(params=["memory", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return "memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'claims.sqlite'}"


@pytest.fixture
def graph(url: str) -> Iterator[Graph]:
    graph = open_graph(url, clock=ticking())
    graph.write(nouns(), by="desk")
    yield graph
    graph.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.sqlite"
