from pathlib import Path

import pytest

from graph_service.stores.memory import MemoryStore
from tests.stores.contract import StoreContract
from tests.stores.telling import ONTOLOGY, foreseen


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> MemoryStore:
        return MemoryStore(ONTOLOGY, around=foreseen())

    def test_it_has_no_place_for_a_snapshot(self, store: MemoryStore) -> None:
        assert store.snapshot_folder is None
