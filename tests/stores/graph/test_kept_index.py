from pathlib import Path

import pytest

from graph_service.domain.episodes import Episode
from graph_service.domain.errors import StoreUnavailable
from graph_service.stores.graph import open_graph
from graph_service.stores.keeping import SNAPSHOT_EVERY
from tests.stores.graph.views import LATER, same
from tests.stores.telling import actor, claim, decided, nouns


def test_a_kept_index_is_taken_up_and_followed_from_there(path: Path) -> None:
    graph = open_graph(str(path))
    talks = Episode("talks", "talks", "The talks", "2023/..")
    graph.write([*nouns(), talks, claim(status="accepted")], by="desk")
    graph.save_snapshot()
    graph.write([claim(locator="p. 2", source="paper")], by="desk")
    graph.write([decided(claim(locator="p. 2"), "accepted")], by="curator")
    expected = graph.view(as_of=LATER)
    graph.close()

    again = open_graph(str(path))

    assert (path.parent / "claims.sqlite.index").is_dir()
    assert same(again.view(as_of=LATER), expected)
    assert {id_: again.view().episode_name(id_) for id_ in ("talks", "none")} == {
        "talks": "The talks", "none": "none",
    }  # fmt: skip
    again.close()


def test_the_index_is_kept_after_a_large_import_and_not_after_a_small_one(path: Path) -> None:
    graph = open_graph(str(path))
    folder = graph.store.snapshot_folder
    assert folder is not None
    graph.write(nouns(), by="desk")
    assert not folder.exists()

    graph.write((actor(f"a{n}") for n in range(SNAPSHOT_EVERY)), by="desk")

    assert folder.exists()
    graph.close()


def test_the_index_of_another_log_is_not_taken_up(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write([*nouns(), claim(status="accepted")], by="desk")
    graph.save_snapshot()
    graph.close()
    for file in path.parent.glob("claims.sqlite*"):
        if file.is_file():
            file.unlink()
    other = open_graph(str(path))
    other.write([actor(f"a{n}") for n in range(10)], by="desk")
    other.close()

    again = open_graph(str(path))

    assert len(again.view().actors) == 10
    again.close()


def test_a_graph_opened_for_reading_keeps_nothing(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write(nouns(), by="desk")
    reader = open_graph(str(path), read_only=True)

    reader.save_snapshot()
    reader.close()

    assert not (path.parent / "claims.sqlite.index").exists()
    graph.close()


def test_an_index_that_cannot_be_kept_is_said_to_be_so_and_hurts_no_write(path: Path) -> None:
    graph = open_graph(str(path))
    (path.parent / "claims.sqlite.index").write_text("in the way")

    graph.write((actor(f"a{n}") for n in range(SNAPSHOT_EVERY + 1)), by="desk")
    with pytest.raises(StoreUnavailable, match="cannot be kept"):
        graph.save_snapshot()

    graph.close()
