"""Generated questions over generated worlds: memory, a file and Neo4j answer with the same JSON, and
the naive view, which no index has a part in, answers like them."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph_service.questions import QUESTIONS
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph
from graph_service.stores.memory import MemoryStore
from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of, clearing
from tests.neo4j.server import Neo4j
from tests.questions.generated import questions
from tests.questions.naive import NOW, Naive, alike, answered, judged
from tests.stores.kept import stretch_of
from tests.worlds import (
    World,
    dense_worlds,
    tight_worlds,
    vocabulary,
    worlds,
    worlds_of_states,
)

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

WORLDS, QUESTIONS_OF_EACH = 40, 50


@pytest.fixture(scope="module")
def stores(
    neo4j: Neo4j, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], list[Store]]]:
    """Called, it gives an empty store of each sort; Neo4j's is cleared each time."""
    folder, opened = tmp_path_factory.mktemp("stores"), Counter[str]()
    words, files = vocabulary(), list[Store]()
    with clearing(neo4j) as clear:
        # What another test left there is no store.
        neo4j.wipe()
        at_server = Neo4jStore(address_of(neo4j), words)

        def empty() -> list[Store]:
            clear()
            while files:
                files.pop().close()
            opened["files"] += 1
            files.append(EmbeddedStore(Path(folder) / f"{opened['files']}.sqlite", words))
            return [MemoryStore(words), files[0], at_server]

        yield empty
        for file in files:
            file.close()
        at_server.close()


def test_all_stores_answer_alike(stores: Callable[[], list[Store]]) -> None:
    asked: Counter[str] = Counter()

    # To shrink what fails would take minutes: it is a world and a question already.
    @settings(max_examples=WORLDS, phases=[Phase.generate])
    @given(st.one_of(worlds(), dense_worlds(), tight_worlds(), worlds_of_states()), st.randoms())
    def asks(world: World, draw: Random) -> None:
        story = judged(world, draw)
        stretch = stretch_of(story)
        graphs = []
        for store in stores():
            assert store.take(stretch) == store.verify()
            graphs.append(Graph(store, story.ontology, clock=lambda: NOW))
        assert len({graph.seen for graph in graphs}) == 1
        for question in questions(draw, world.names, QUESTIONS_OF_EACH):
            memory, file, server = (answered(graph, question) for graph in graphs)
            assert alike(memory, file), question
            assert alike(memory, server), question
            naive = Naive(story)
            told = answered(cast(Graph, naive), question)
            if naive.can_judge():
                assert alike(memory, told), question
                asked["judged"] += 1
            asked["refused" if isinstance(memory, list) else question.name] += 1

    asks()
    assert sum(asked[name] for name in QUESTIONS) >= 1_700
    assert asked["judged"] >= 1_500
    assert min(asked.values()) >= 10
