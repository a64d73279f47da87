"""What erasing leaves in the database, in other services, and in the indexes that they keep."""

from pathlib import Path

import pytest

from graph_service.stores.graph import open_graph
from graph_service.stores.neo4j_store import Neo4jStore
from graph_service.stores.urls import open_store
from tests.neo4j.server import Neo4j
from tests.stores.telling import ONTOLOGY, actor, claim, nouns

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def names_drawn(server: Neo4j) -> list[str]:
    with server.driver() as driver:
        records, _, _ = driver.execute_query("MATCH (a:Actor) RETURN a.name AS name ORDER BY name")
    return [record["name"] for record in records]


def test_what_is_drawn_stays_as_it_was_told_last(store: Neo4jStore, server: Neo4j) -> None:
    store.append([actor("iran", name="Old Name", description="about it")], by="desk")
    store.append([actor("iran", name="New Name")], by="desk")

    assert store.erase("actor:iran") == 1
    assert names_drawn(server) == ["New Name"]


def test_a_name_erased_elsewhere_is_not_taken_for_known(server: Neo4j) -> None:
    one, other = (open_store(server.url, ONTOLOGY) for _ in range(2))
    ann = actor("ann", "person", name="Ann Smith")
    one.append([ann], by="desk")
    other.erase("actor:ann")

    assert names_drawn(server) == ["[erased]"]
    assert one.append([ann], by="desk").written == 1
    assert names_drawn(server) == ["Ann Smith"]
    one.close()
    other.close()


def test_a_kept_index_does_not_bring_an_erased_name_back(
    server: Neo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "one"))
    graph = open_graph(server.url)
    backing = claim("ann", "backs", "hamas", when="2020/..", status="accepted")
    graph.write([*nouns(), actor("ann", "person", name="Ann Smith"), backing], by="desk")
    graph.refresh()
    graph.save_snapshot()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    other = open_store(server.url, ONTOLOGY)
    other.erase("actor:ann")
    other.close()
    graph.save_snapshot()
    graph.close()

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "one"))
    again = open_graph(server.url)

    view = again.view()
    assert view.actors.name(view.actors.code("ann")) == "[erased]"
    again.close()
