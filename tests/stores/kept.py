"""Stories as a store keeps them, line by line, and views of what a store gives back.

Lines are taken as they are: stories tell of sources before they were published, and of evidence at
each turn of its life, which no desk would admit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_service.domain.periods import instant
from graph_service.graph.view import Frame, View
from graph_service.stores.base import Head, Kept, Store, Stretch
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph
from graph_service.stores.log import GENESIS, link
from graph_service.stores.neo4j_store import Neo4jStore
from graph_service.stores.sealing import seal
from tests.neo4j.clearing import address_of, clearing
from tests.neo4j.server import Neo4j
from tests.sayings import vocabulary
from tests.stories import Story

WRITER = "desk"


def stretch_of(story: Story) -> Stretch:
    """The log of a story; the same story gives the same hashes."""
    numbers = count()
    return Stretch(
        list(_lines(story, lambda size: next(numbers).to_bytes(size, "big"))), frozenset()
    )


def _lines(story: Story, salts: Callable[[int], bytes]) -> Iterator[Kept]:
    head = Head(0, GENESIS)
    for at, record in story.told:
        sealed = seal(record, None, salts)
        line = link(head, sealed.kind, sealed.payload, WRITER, instant(at))
        yield Kept(line, tuple(sealed.texts))
        head = Head(line.sequence, line.hash)


def view_of(store: Store, story: Story, where: Frame) -> View:
    """The view of a story that was taken by an empty store."""
    store.take(stretch_of(story))
    graph = Graph(store, story.ontology)
    assert graph.seen.sequence == len(story.told)
    return graph.index.view(where)


def embedded_view(story: Story, where: Frame) -> View:
    """The view of a story that lay in a file."""
    with TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "claims.sqlite", vocabulary())
        try:
            return view_of(store, story, where)
        finally:
            store.close()


@contextmanager
def neo4j_views(server: Neo4j) -> Iterator[Callable[[Story, Frame], View]]:
    """Views of stories that lay in a Neo4j, one after the other."""
    with clearing(server) as clear:
        store = Neo4jStore(address_of(server), vocabulary())

        def view(story: Story, where: Frame) -> View:
            clear()
            return view_of(store, story, where)

        yield view
        store.close()
