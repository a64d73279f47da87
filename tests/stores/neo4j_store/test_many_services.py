"""Several services, each with processes and threads of its own, that write one Neo4j."""

import json
import os
import subprocess
import sys

import pytest

from graph_service.stores.base import Once
from graph_service.stores.graph import open_graph
from graph_service.stores.urls import open_store
from tests.neo4j.server import Neo4j
from tests.stores.telling import ONTOLOGY, actor, claim, decided, nouns
from tests.stores.test_many_writers import pairs_in

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

SERVICES, WRITERS, TURNS = 2, 16, 5
PROCESS = """
import json, sys
from graph_service.stores.log import Surroundings
from graph_service.stores.urls import open_store
from tests.stores.telling import ONTOLOGY
from tests.stores.test_many_writers import written_by_threads
url, first, writers, turns = sys.argv[1], *map(int, sys.argv[2:])
store = open_store(url, ONTOLOGY, around=Surroundings(patience=60))
print(json.dumps(written_by_threads(store.append, range(first, first + writers), turns)))
store.close()
"""
ONCE = """
import sys
from graph_service.stores.base import Once
from graph_service.stores.urls import open_store
from tests.stores.telling import ONTOLOGY, actor
store = open_store(sys.argv[1], ONTOLOGY)
sys.stdin.readline()
receipt = store.append([actor("iran")], by="desk", once=Once("one", "1" * 64))
print(receipt.sequence, receipt.written, receipt.replayed)
store.close()
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )


def test_two_services_that_find_nothing_make_one_store(server: Neo4j) -> None:
    server.wipe()
    first = [started(PROCESS, server.url, f"{n * WRITERS}", f"{WRITERS}", f"{TURNS}")
             for n in range(SERVICES)]  # fmt: skip
    printed = [process.communicate(timeout=120)[0] for process in first]

    acknowledged = [tuple(pair) for text in printed for pair in json.loads(text)]
    graph = open_graph(server.url)
    assert len(acknowledged) == SERVICES * WRITERS * TURNS
    assert sorted(pairs_in(graph.store)) == sorted(acknowledged)
    assert graph.store.verify().sequence == 2 * len(acknowledged)
    graph.close()


def test_of_several_services_with_one_key_one_writes(server: Neo4j) -> None:
    processes = [started(ONCE, server.url) for _ in range(3)]
    told = [process.communicate("go\n", timeout=120)[0].split() for process in processes]

    assert sorted(told) == [["1", "1", "False"], *[["1", "1", "True"]] * 2]
    store = open_store(server.url, ONTOLOGY)
    assert store.append([actor("iran")], by="desk", once=Once("one", "1" * 64)).replayed
    assert store.verify().sequence == 1
    store.close()


def test_two_graphs_see_what_the_other_one_writes(server: Neo4j) -> None:
    one, other = open_graph(server.url), open_graph(server.url)
    one.write([*nouns(), claim()], by="one")
    assert other.claim(claim().claim.id).record.evidence[0].status == "proposed"
    assert other.view().sequence == 5

    receipt = other.write([decided(claim(), "accepted")], by="other")

    assert one.view().sequence == receipt.sequence == 6
    assert one.claim(claim().claim.id).record.evidence[0].status == "accepted"
    other.write([actor("egypt", aliases=[{"text": "Cairo", "scope": "metonym"}])], by="other")
    assert one.resolve("Cairo") == "egypt"
    one.close()
    other.close()
