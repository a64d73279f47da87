from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service.stores.embedded import EmbeddedStore
from tests.stores.contract import StoreContract
from tests.stores.telling import ONTOLOGY, foreseen


class TestEmbeddedStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[EmbeddedStore]:
        store = EmbeddedStore(tmp_path / "claims.sqlite", ONTOLOGY, around=foreseen())
        yield store
        store.close()
