"""Graphs as JSON: node-link, which networkx reads, and the elements of Cytoscape.

Both are written piece by piece: edges as they come, then the nodes that they need. What they cannot
carry is in `NODE_LINK_CANNOT_CARRY` and `CYTOSCAPE_CANNOT_CARRY`.
"""

from collections.abc import Callable, Iterable, Iterator

import orjson

from graph_service.exporters.flat import LOST, Edge, Node, Values, edge, node
from graph_service.exporters.part import Part

NODE_LINK_CANNOT_CARRY = f"Node-link JSON leaves out {LOST}."
CYTOSCAPE_CANNOT_CARRY = f"Cytoscape JSON leaves out {LOST}."


def node_link(part: Part) -> Iterator[bytes]:
    """What `networkx.node_link_graph(data, edges="edges")` takes, edges keyed by claim."""
    head = b'{"directed":true,"multigraph":true,"graph":{},"edges":['
    yield from _written(part, head, _linked, lambda one: {"id": one.id} | one.values)


def cytoscape(part: Part) -> Iterator[bytes]:
    """What `cytoscape({elements})` takes: `{"elements": {"edges": […], "nodes": […]}}`."""
    yield from _written(
        part,
        b'{"elements":{"edges":[',
        lambda one: {
            "data": {"id": one.id, "source": one.source, "target": one.target} | one.values
        },
        lambda one: {"data": {"id": one.id} | one.values},
    )


def _linked(one: Edge) -> Values:
    return {"source": one.source, "target": one.target, "key": one.id} | one.values


def _written(
    part: Part,
    head: bytes,
    of_edge: Callable[[Edge], Values],
    of_node: Callable[[Node], Values],
) -> Iterator[bytes]:
    yield head
    known: dict[str, None] = {}
    yield from _items(of_edge(one) for one in _edges(part, known))
    yield b'],\n"nodes":['
    yield from _items(of_node(node(part, id_)) for id_ in part.at_hand(known))
    yield b"]}}\n" if head.startswith(b'{"elements"') else b"]}\n"


def _edges(part: Part, known: dict[str, None]) -> Iterator[Edge]:
    for told in part.claims():
        known |= dict.fromkeys((told.claim.subject, told.claim.object))
        yield edge(part, told)


def _items(values: Iterable[Values]) -> Iterator[bytes]:
    before = b"\n"
    for value in values:
        yield before + orjson.dumps(value)
        before = b",\n"
