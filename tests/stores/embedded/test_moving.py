import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_service.domain.errors import StoreUnavailable
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph
from tests.stores.telling import ONTOLOGY, actor


def replace(path: Path) -> None:
    other = path.with_name("other.sqlite")
    EmbeddedStore(other, ONTOLOGY).close()
    os.replace(other, path)  # noqa: PTH105 - as a restored backup does


def move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite"))


@pytest.mark.parametrize("change", [replace, move, Path.unlink])
def test_a_file_that_was_moved_or_replaced_is_noticed(
    store: EmbeddedStore, path: Path, change: Callable[[Path], None]
) -> None:
    graph = Graph(store, ONTOLOGY)

    change(path)

    for ask in (
        store.head,
        graph.view,
        lambda: store.append([actor("egypt")], by="desk"),
        lambda: store.append(iter([actor("egypt")]), by="desk"),
        lambda: store.erase("actor:iran"),
    ):
        with pytest.raises(StoreUnavailable, match=r"moved or replaced.*restart"):
            ask()


def test_a_file_that_comes_back_is_used_again(store: EmbeddedStore, path: Path) -> None:
    head = store.head()
    away = path.with_name("away.sqlite")
    path.rename(away)
    away.rename(path)

    assert store.head() == head


def test_a_change_of_directory_moves_no_file(
    store: EmbeddedStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    nearby = EmbeddedStore(Path(path.name), ONTOLOGY)

    monkeypatch.chdir("/")

    assert nearby.head() == store.head()
    nearby.close()


def test_a_store_for_reading_goes_on_with_the_file_that_it_opened(
    store: EmbeddedStore, path: Path
) -> None:
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)
    head = reader.head()

    move(path)

    assert reader.head() == head
    reader.close()
