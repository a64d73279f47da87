"""Databases for stores: cleared of what was written, where wiping them costs half a second more at
the next opening."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph_service.stores.neo4j import Address
from tests.neo4j.server import Neo4j

CLEAR = """
MATCH (n) WHERE NOT n:Migration AND NOT n:Ontology AND NOT n:Family AND NOT n:Relation AND NOT n:Kind
CALL (n) { DETACH DELETE n } IN TRANSACTIONS
"""


def address_of(server: Neo4j) -> Address:
    """Where a store finds the server, and as whom."""
    return Address(server.url, None, server.username, server.password)


@contextmanager
def clearing(server: Neo4j) -> Iterator[Callable[[], None]]:
    """Called, it removes what was written and keeps the schema and the words."""
    with server.driver() as driver:

        def clear() -> None:
            with driver.session() as session:
                session.run(CLEAR).consume()

        yield clear
