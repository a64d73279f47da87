from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, foreseen, nouns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    store.append(nouns(), by="desk")
    yield store
    store.close()
