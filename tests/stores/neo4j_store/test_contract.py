"""The store on Neo4j keeps what every store keeps."""

import pytest

from graph_service.stores.neo4j_store import Neo4jStore
from tests.stores.contract import StoreContract

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


class TestNeo4jStore(StoreContract):
    @pytest.fixture
    def store(self, store: Neo4jStore) -> Neo4jStore:
        return store
