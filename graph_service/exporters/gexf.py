"""GEXF 1.3 with time: an edge for each claim, from the first day that it may touch to the last.

A side that is open or unknown is left out. A claim has one period, so that no edge needs spells.
The claims are read twice, since nodes stand before edges. What it cannot carry is in
`CANNOT_CARRY`.
"""

from collections.abc import Iterator

from graph_service.exporters.flat import EDGE, LOST, NODE, TYPES, Edge, Node, Values, edge, node
from graph_service.exporters.part import Part
from graph_service.exporters.xml_text import xml

CANNOT_CARRY = f"GEXF leaves out {LOST}."

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd">
<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">
"""
_TAIL = "</edges>\n</graph>\n</gexf>\n"
_OWN = frozenset({"label", "start", "end"})
"""What edges have attributes of XML for."""


def gexf(part: Part) -> Iterator[bytes]:
    """The document, piece by piece."""
    of_nodes = tuple(name for name in NODE if name != "name")
    of_edges = tuple(name for name in EDGE if name not in _OWN)
    yield f"{_HEAD}{_attributes('node', of_nodes)}{_attributes('edge', of_edges)}<nodes>\n".encode()
    known: set[str] = set()
    for told in part.claims():
        for end in (told.claim.subject, told.claim.object):
            if end not in known:
                known.add(end)
                yield _node(node(part, end)).encode()
    yield b"</nodes>\n<edges>\n"
    for told in part.claims():
        # What was written meanwhile may be about actors that are no nodes.
        if known.issuperset((told.claim.subject, told.claim.object)):
            yield _edge(edge(part, told)).encode()
    yield _TAIL.encode()


def _attributes(of: str, names: tuple[str, ...]) -> str:
    each = "".join(
        f'<attribute id="{of}_{name}" title="{name}" type="{TYPES.get(name, "string")}"/>\n'
        for name in names
    )
    return f'<attributes class="{of}" mode="static">\n{each}</attributes>\n'


def _node(one: Node) -> str:
    values = {name: value for name, value in one.values.items() if name != "name"}
    label = xml(one.values["name"])
    return f'<node id="{xml(one.id)}" label="{label}">{_values("node", values)}</node>\n'


def _edge(one: Edge) -> str:
    own = "".join(f' {name}="{xml(value)}"' for name, value in one.values.items() if name in _OWN)
    values = {name: value for name, value in one.values.items() if name not in _OWN}
    ends = f'source="{xml(one.source)}" target="{xml(one.target)}"'
    return f'<edge id="{xml(one.id)}" {ends}{own}>{_values("edge", values)}</edge>\n'


def _values(of: str, values: Values) -> str:
    each = "".join(
        f'<attvalue for="{of}_{name}" value="{xml(value)}"/>' for name, value in values.items()
    )
    return f"<attvalues>{each}</attvalues>"
