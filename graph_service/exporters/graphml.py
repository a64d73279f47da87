"""GraphML: a directed graph with several edges between two nodes, an edge for each claim.

Nodes stand before the first edge that needs them, so that the file is written in one pass. What it
cannot carry is in `CANNOT_CARRY`.
"""

from collections.abc import Iterator

from graph_service.exporters.flat import EDGE, LOST, NODE, TYPES, Node, Values, flat
from graph_service.exporters.part import Part
from graph_service.exporters.xml_text import xml

CANNOT_CARRY = f"GraphML leaves out {LOST}."

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TAIL = "</graph>\n</graphml>\n"


def graphml(part: Part) -> Iterator[bytes]:
    """The document, piece by piece."""
    keys = "".join([*_keys("node", NODE), *_keys("edge", EDGE)])
    yield f'{_HEAD}{keys}<graph edgedefault="directed">\n'.encode()
    for one in flat(part):
        if isinstance(one, Node):
            text = f'<node id="{xml(one.id)}">{_data("node", one.values)}</node>\n'
        else:
            ends = f'source="{xml(one.source)}" target="{xml(one.target)}"'
            text = f'<edge id="{xml(one.id)}" {ends}>{_data("edge", one.values)}</edge>\n'
        yield text.encode()
    yield _TAIL.encode()


def _keys(of: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        type_ = TYPES.get(name, "string")
        yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n'


def _data(of: str, values: Values) -> str:
    return "".join(f'<data key="{of}_{name}">{xml(value)}</data>' for name, value in values.items())
