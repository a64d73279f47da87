from graph_service.bench.asking_in_words import asking_in_words
from graph_service.bench.synthetic import Size, synthetic
from graph_service.domain.ontology import load_ontology
from graph_service.stores.graph import open_graph


def test_every_text_that_is_timed_is_one_that_is_understood() -> None:
    world = synthetic(load_ontology(), Size(claims=600, actors=80, seed=4))
    graph = open_graph("memory:")
    graph.write(world.actors, by="bench")

    rows = {row.name: row.figure for row in asking_in_words(world, graph)}

    assert [rows[name] for name in rows if "not understood" in name] == [0]
