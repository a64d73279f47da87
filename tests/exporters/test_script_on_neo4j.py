"""The script runs on a real server, and texts come out of it as they went in."""

import pytest
from neo4j import Session

from graph_service.stores.graph import Graph
from tests.exporters.exporting import exported, graph_of
from tests.exporters.hostile import HOSTILE
from tests.neo4j.server import Neo4j
from tests.stores.telling import actor, claim, source

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def hostile_graph() -> Graph:
    names = [name.replace("\ufffe", "") for name in HOSTILE]
    actors = [
        actor(f"n{place}", name=name, description=f"{name}\n\t{name}")
        for place, name in enumerate(names)
    ]
    claims = [
        claim(f"n{place}", "arms", f"n{place + 1}", status="accepted")
        for place in range(len(names) - 1)
    ]
    return graph_of([source(), *actors, *claims])


def run(session: Session, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            session.run(statement).consume()


@pytest.mark.parametrize("prefix", ["", "CYPHER 5 "])
def test_a_script_that_is_run_twice_makes_the_graph_once(empty_neo4j: Neo4j, prefix: str) -> None:
    graph = hostile_graph()
    script = exported("cypher", graph).decode()
    assert script.count(";\n") > 2

    with empty_neo4j.driver() as driver, driver.session() as session:
        for _ in range(2):
            run(session, script.replace("UNWIND", f"{prefix}UNWIND"))
        nodes = session.run(
            "MATCH (n:Actor:State) RETURN n.id AS id, n.name AS name, n.description AS told"
        )
        found = {row["id"]: (row["name"], row["told"]) for row in nodes}
        ties = session.run(
            "MATCH ()-[r:ARMS]->() RETURN count(r) AS ties, min(r.start) AS start"
        ).single()
        session.run("DROP CONSTRAINT actor_id IF EXISTS").consume()

    assert found == {one.id: (one.name, one.description) for one in graph.actors()}
    assert ties is not None
    assert ties["ties"] == len(HOSTILE) - 1
    assert ties["start"].iso_format() == "2024-05-01"
