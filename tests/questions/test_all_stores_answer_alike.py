"""Generated questions over generated worlds: memory, a file and Neo4j answer with the same JSON, and
the naive view, which no index has a part in, answers like them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import GraphError
from graph_service.domain.identity import Verdict
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.graph.view import Frame, View
from graph_service.queries.answers import as_json
from graph_service.questions import QUESTIONS, Question, put
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph
from graph_service.stores.memory import MemoryStore
from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of, clearing
from tests.neo4j.server import Neo4j
from tests.questions.generated import questions
from tests.stores.kept import stretch_of
from tests.stories import Story, naive_view
from tests.worlds import TIMES, World, dense_worlds, tight_worlds, vocabulary, worlds

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

WORLDS, QUESTIONS_OF_EACH = 40, 30
NOW = datetime(2024, 12, 1, tzinfo=UTC)
CLOSE = 1e-9
FADED = 1e-12


@dataclass(frozen=True)
class Naive:
    """Passes for a graph, as far as questions ask it: views are folded anew, without an index."""

    story: Story
    unread_since: None = None
    seen: list[View] = field(default_factory=list)

    @property
    def ontology(self) -> Ontology:
        return self.story.ontology

    def view(
        self,
        *,
        as_of: int | None,
        known_at: datetime | None,
        dates: Dates,
        min_confidence: float,
    ) -> View:
        day = NOW.date().toordinal() if as_of is None else as_of
        self.seen.append(naive_view(self.story, Frame(day, known_at, dates, min_confidence)))
        return self.seen[-1]

    def can_judge(self) -> bool:
        """Whether it has seen no tie so faded that rounding decides whether it is there."""
        return all((view.links.strength > FADED).all() for view in self.seen)


def answered(graph: Graph, question: Question) -> Any:  # noqa: ANN401 - JSON
    """The whole answer as JSON, or the error and what it says."""
    try:
        answer = put(graph, question)
    except GraphError as error:
        return [type(error).__name__, error.message, list(error.suggestions)]
    return as_json(answer)


def alike(one: object, other: object) -> bool:
    """The same JSON, numbers equal to 1e-9."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and one == other


def judged(world: World, draw: Random) -> Story:
    """The story, in which perhaps two actors are judged to be one, and perhaps no longer."""
    story, known = world.story(), [name for name in world.names if name != "unknown"]
    for verdict in draw.choice(((), (), (Verdict.SAME,), (Verdict.SAME, Verdict.UNSURE))):
        left, right = draw.sample(known, 2)
        story.at(TIMES[-1].isoformat()).judged(left, right, verdict)
    return story


@pytest.fixture(scope="module")
def stores(
    neo4j: Neo4j, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], list[Store]]]:
    """Called, it gives an empty store of each sort; Neo4j's is cleared each time."""
    folder, opened = tmp_path_factory.mktemp("stores"), Counter[str]()
    words, files = vocabulary(), list[Store]()
    with clearing(neo4j) as clear:
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
    @given(st.one_of(worlds(), dense_worlds(), tight_worlds()), st.randoms())
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
    assert sum(asked[name] for name in QUESTIONS) >= 1_000
    assert asked["judged"] >= 900
    assert min(asked.values()) >= 10
