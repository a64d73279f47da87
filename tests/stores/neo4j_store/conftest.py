from collections.abc import Callable, Iterator

import pytest

from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of, clearing
from tests.neo4j.server import Neo4j
from tests.stores.telling import ONTOLOGY, foreseen


@pytest.fixture(scope="session")
def clear(neo4j: Neo4j) -> Iterator[Callable[[], None]]:
    with clearing(neo4j) as clear:
        yield clear


@pytest.fixture
def server(neo4j: Neo4j, clear: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Neo4j:
    """The server of this worker with nothing but a schema in it; its credentials are those of the
    environment."""
    clear()
    monkeypatch.setenv("NEO4J_USERNAME", neo4j.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    return neo4j


@pytest.fixture
def store(server: Neo4j) -> Iterator[Neo4jStore]:
    store = Neo4jStore(address_of(server), ONTOLOGY, around=foreseen())
    yield store
    store.close()
