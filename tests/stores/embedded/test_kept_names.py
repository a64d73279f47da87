from pathlib import Path

from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import open_graph
from tests.stores.telling import ONTOLOGY, actor, claim, nouns


def test_an_index_that_holds_an_erased_name_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "claims.sqlite"
    graph = open_graph(f"sqlite:{path}")
    backing = claim("ann", "backs", "hamas", when="2020/..", status="accepted")
    graph.write([*nouns(), actor("ann", "person", name="Ann Smith"), backing], by="desk")
    graph.refresh()
    other = EmbeddedStore(path, ONTOLOGY)
    other.erase("actor:ann")
    other.close()
    graph.save_snapshot()
    graph.close()

    again = open_graph(f"sqlite:{path}")

    view = again.view()
    assert view.actors.name(view.actors.code("ann")) == "[erased]"
    again.close()
