import json
from contextlib import closing
from pathlib import Path

import pytest

from graph_service.bench.asking import asked
from graph_service.bench.neo4j_duels import duels, targets_in
from graph_service.bench.neo4j_peer import InCypher, Indexed
from graph_service.bench.run import main
from graph_service.bench.synthetic import Size, synthetic
from graph_service.bench.worlds import TOLD
from graph_service.domain.errors import Conflict
from graph_service.domain.ontology import load_ontology
from graph_service.stores.graph import open_graph
from graph_service.stores.neo4j import Neo4jServer
from tests.neo4j.clearing import address_of
from tests.neo4j.server import Neo4j

YEARS = 5 * 365


@pytest.mark.slow
@pytest.mark.neo4j
def test_a_run_on_neo4j_prints_its_rows_and_every_answer_agrees(
    empty_neo4j: Neo4j, capsys: pytest.CaptureFixture[str]
) -> None:
    url = empty_neo4j.url

    code = main(["--neo4j", url, "--claims", "2000", "--actors", "200", "--json"])

    told = capsys.readouterr()
    rows = {row["name"]: row for row in json.loads(told.out)["rows"]}
    assert code == 0
    assert all(set(row) == {"name", "figure", "goal", "unit", "met"} for row in rows.values())
    assert {row["figure"] for row in rows.values() if row["unit"] in ("differ", "lost")} == {0}
    assert rows["Neo4j: answers of 306 compared that"]["goal"] == 0
    assert rows["Neo4j: copied from a file, claims"]["goal"] == 5000
    assert rows["Neo4j: leverage in two steps over actors of 100 claims, questions"]["figure"] == 3
    assert "packed" in told.err
    with pytest.raises(Conflict, match="holds claims already: name an empty database"):
        main(["--neo4j", url, "--claims", "200", "--actors", "20"])


@pytest.mark.slow
@pytest.mark.neo4j
def test_answers_for_another_day_are_found_to_differ(empty_neo4j: Neo4j, tmp_path: Path) -> None:
    world = synthetic(load_ontology(), Size(300, 40))
    with (
        closing(open_graph(empty_neo4j.url, clock=lambda: TOLD)) as graph,
        closing(Neo4jServer(address_of(empty_neo4j), patience=5)) as server,
    ):
        graph.write(world.records(), by="bench", keep_history=True)
        cypher = InCypher(server, world.as_of - YEARS)
        index = Indexed(graph.view(as_of=world.as_of))

        found = [asked(duel)[1:] for duel in duels(world, index, cypher, seed=1)]

    assert all(differing > 0 for _, differing in found)


def test_targets_take_part_in_about_as_many_claims_as_asked_for() -> None:
    world = synthetic(load_ontology(), Size(2000, 200))
    degrees = dict(zip((actor.id for actor in world.actors), world.degrees(), strict=True))

    assert all(5 <= degrees[target] <= 20 for target in targets_in(world, 10))
    assert targets_in(world, 1000) == ()
