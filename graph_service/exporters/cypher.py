"""A Cypher script: actors as nodes, claims as relationships of the type of their relation.

It makes no difference how often it is run: nodes and relationships are merged by their ids. Types
and labels come from the ontology only; every text of the data is a literal that ends where it should
however the server reads escapes. What it cannot carry is in `CANNOT_CARRY`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from graph_service.domain.errors import OntologyError
from graph_service.exporters.flat import LOST, Edge, Node, Values, flat
from graph_service.exporters.part import Part

CANNOT_CARRY = (
    f"The script leaves out {LOST}. It draws a graph for questions of one's own; `graph-service "
    "copy` to a Neo4j takes everything."
)

TOGETHER = 200
"""So many actors or claims go into one statement at most."""

_BEFORE_U = re.compile(r"(?<=\\)(?=[uU])")
_NAME = re.compile("[a-z]+(_[a-z]+)*")
_HEAD = """// Actors and claims; run it with: cypher-shell -f FILE
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
"""
_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPES = str.maketrans(_ESCAPED)
_DAYS = frozenset({"start", "end", "certain_start", "certain_end"})
_LISTS = frozenset({"sources", "denied_by"})


def cypher(part: Part) -> Iterator[bytes]:
    """The statements, each ended by a semicolon."""
    yield _HEAD.encode()
    rest = flat(part)
    while some := list(islice(rest, TOGETHER)):
        nodes = [one for one in some if isinstance(one, Node)]
        edges = [one for one in some if isinstance(one, Edge)]
        yield "".join([*_actors(nodes), *_claims(edges)]).encode()


def literal(value: object) -> str:
    """A value as Cypher writes it.

    Servers differ in whether they look for `\\u0027` before or after they look for `\\\\`, so that
    no backslash ever stands before a u: the text is put together from two.

    >>> print(literal("it's"), literal(True), literal(["a", 0.5]))
    'it\\'s' true ['a', 0.5]
    >>> print(literal("\\\\u0027"))
    '\\\\' + 'u0027'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    text = _BEFORE_U.sub("' + '", str(value).translate(_ESCAPES))
    return f"'{text}'"


def _actors(nodes: Iterable[Node]) -> Iterator[str]:
    for kind, some in _by("kind", nodes).items():
        label = "".join(word.capitalize() for word in _checked(kind).split("_"))
        yield (
            f"UNWIND [\n{_rows(some)}\n] AS row\n"
            f"MERGE (n:Actor {{id: row.id}}) SET n:{label}, n += row.told;\n"
        )


def _claims(edges: Iterable[Edge]) -> Iterator[str]:
    for relation, some in _by("relation", edges).items():
        yield (
            f"UNWIND [\n{_rows(some)}\n] AS row\n"
            "MATCH (a:Actor {id: row.subject}) MATCH (b:Actor {id: row.object})\n"
            f"MERGE (a)-[r:{_checked(relation).upper()} {{id: row.id}}]->(b) SET r += row.told;\n"
        )


def _by(name: str, some: Iterable[Node] | Iterable[Edge]) -> dict[str, list[Node | Edge]]:
    found: dict[str, list[Node | Edge]] = {}
    for one in some:
        found.setdefault(one.values[name], []).append(one)
    return found


def _rows(some: Iterable[Node | Edge]) -> str:
    return ",\n".join(map(_row, some))


def _row(one: Node | Edge) -> str:
    ends = ""
    if isinstance(one, Edge):
        ends = f"subject: {literal(one.source)}, object: {literal(one.target)}, "
    return f"{{id: {literal(one.id)}, {ends}told: {_map(one.values)}}}"


def _map(values: Values) -> str:
    told = (f"{_checked(name)}: {_value(name, value)}" for name, value in values.items())
    return f"{{{', '.join(told)}}}"


def _value(name: str, value: object) -> str:
    if name in _DAYS:
        return f"date({literal(value)})"
    return literal(str(value).split(",") if name in _LISTS else value)


def _checked(name: str) -> str:
    # Types, labels and names of properties are the only words of a statement that are no literals.
    if not _NAME.fullmatch(name):
        raise OntologyError(f"{name!r} cannot be drawn: name it in the letters a to z and _")
    return name
