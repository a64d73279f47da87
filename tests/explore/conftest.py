from collections.abc import Iterator

import pytest

from graph_service.domain.ontology import load_ontology
from graph_service.dossiers import dossier
from graph_service.importers.native import import_native
from tests.explore.asking import Explored, explored_on
from tests.neo4j.server import Neo4j
from tests.worlds import vocabulary


@pytest.fixture
def explored(empty_neo4j: Neo4j) -> Iterator[Explored]:
    """A store with nothing in it, in which anybody may do anything to anybody."""
    with explored_on(empty_neo4j, vocabulary()) as found:
        yield found


@pytest.fixture
def narrow(empty_neo4j: Neo4j) -> Iterator[Explored]:
    """The same, where leverage looks at the two widest ties only."""
    with explored_on(empty_neo4j, vocabulary(2)) as found:
        yield found


@pytest.fixture
def told_dossier(empty_neo4j: Neo4j) -> Iterator[Explored]:
    """The dossier that ships, as it is imported."""
    with explored_on(empty_neo4j, load_ontology()) as found:
        graph = found.graph
        import_native(
            lambda records: graph.write(records, by="desk"),
            dossier("gaza-mediation"),
            graph.ontology,
        )
        yield found
