"""Exports of small graphs, and what can be read out of them again."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph_service.domain.cells import plain
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.records import Record
from graph_service.exporters.formats import write
from graph_service.exporters.selection import EVERYTHING, Selection
from graph_service.stores.graph import Graph, open_graph
from graph_service.stores.memory import MemoryStore
from tests.stores.kept import stretch_of
from tests.stories import Story

if TYPE_CHECKING:
    Multigraph = nx.MultiDiGraph[str]
else:
    Multigraph = nx.MultiDiGraph
Json = dict[str, Any]


def graph_of(records: Iterable[Record]) -> Graph:
    graph = open_graph("memory:")
    graph.write(records, by="desk", keep_history=True)
    return graph


def told_graph(story: Story) -> Graph:
    """A story, whatever it tells, as a store keeps it."""
    store = MemoryStore(story.ontology)
    store.take(stretch_of(story))
    return Graph(store, story.ontology)


def exported(name: str, graph: Graph, selection: Selection = EVERYTHING) -> bytes:
    stream = BytesIO()
    write(name, graph, selection, stream)
    return stream.getvalue()


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of an exported table, their cells as they were before they were neutralised."""
    found = csv.DictReader(StringIO(data.decode(), newline=""))
    return [{name: plain(cell) for name, cell in row.items()} for row in found]


def lines(data: bytes) -> list[Json]:
    return [json.loads(line) for line in data.splitlines()]


def graphml(data: bytes) -> Multigraph:
    return nx.MultiDiGraph(nx.read_graphml(BytesIO(data), force_multigraph=True))


def gexf(data: bytes) -> Multigraph:
    return nx.MultiDiGraph(nx.read_gexf(BytesIO(data), version="1.3"))


def node_link(data: bytes) -> Multigraph:
    found = nx.node_link_graph(json.loads(data), edges="edges")
    assert isinstance(found, nx.MultiDiGraph)
    return found


def cytoscape(data: bytes) -> Multigraph:
    elements = json.loads(data)["elements"]
    graph: Multigraph = nx.MultiDiGraph()
    for one in elements["nodes"]:
        graph.add_node(one["data"]["id"], **one["data"])
    for one in elements["edges"]:
        edge = one["data"]
        assert {edge["source"], edge["target"]} <= graph.nodes
        graph.add_edge(edge["source"], edge["target"], key=edge["id"], **edge)
    return graph


GRAPHS: Mapping[str, Callable[[bytes], Multigraph]] = {
    "graphml": graphml,
    "gexf": gexf,
    "node-link": node_link,
    "cytoscape": cytoscape,
}


def edges(graph: Multigraph) -> dict[str, tuple[str, str, Json]]:
    """Ends and attributes by the id of the claim; each stands once."""
    found = [
        (str(told.get("id", key)), (source, target, told))
        for source, target, key, told in graph.edges(keys=True, data=True)
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def claims(graph: Graph) -> dict[str, ClaimRecord]:
    return {one.claim.id: one for one in graph.records() if isinstance(one, ClaimRecord)}
